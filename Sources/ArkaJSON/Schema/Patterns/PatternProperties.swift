/// Properties of characters, as ECMA-262 names them and as RE2 does.
enum PatternProperties {
    /// RE2's name; `nil` for a property that it does not have.
    static func re2Name(of name: String) -> String? {
        let parts = name.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: return category(parts[0])
        case 2 where ["General_Category", "gc"].contains(parts[0]): return category(parts[1])
        case 2 where ["Script", "sc"].contains(parts[0]) && isName(parts[1]): return parts[1]
        default: return nil
        }
    }

    private static func category(_ name: String) -> String? {
        if let short = categories[name] { return short }
        return categories.values.contains(name) ? name : nil
    }

    private static func isName(_ name: String) -> Bool {
        // A category would be taken for a script of the same name; scripts have longer names.
        name.utf8.count > 2
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0 == "_")
            }
    }

    private static let categories: [String: String] = [
        "Letter": "L", "Lowercase_Letter": "Ll", "Modifier_Letter": "Lm", "Other_Letter": "Lo",
        "Titlecase_Letter": "Lt", "Uppercase_Letter": "Lu", "Mark": "M", "Combining_Mark": "M",
        "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Nonspacing_Mark": "Mn", "Number": "N",
        "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
        "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd",
        "Close_Punctuation": "Pe", "Final_Punctuation": "Pf", "Initial_Punctuation": "Pi",
        "Other_Punctuation": "Po", "Open_Punctuation": "Ps", "Symbol": "S",
        "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Math_Symbol": "Sm",
        "Other_Symbol": "So", "Separator": "Z", "Line_Separator": "Zl",
        "Paragraph_Separator": "Zp", "Space_Separator": "Zs", "Control": "Cc", "cntrl": "Cc",
        "Format": "Cf", "Private_Use": "Co",
    ]
}
