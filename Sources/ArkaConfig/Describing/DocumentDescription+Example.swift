import ArkaDocuments

extension DocumentDescription {
    /// A document with every key, each with a word on what it does; a document of this kind as it stands.
    ///
    /// A key without a value that would suit everybody is written as a comment. So is a secret, which the
    /// example would have to take from an environment, and a key that may only stand in the place of another.
    public var example: String {
        var writer = ExampleWriter()
        writer.section(declarations, indentation: "")
        return writer.text
    }
}

/// Writes a document by what is declared of its keys.
private struct ExampleWriter {
    private(set) var text = ""

    /// Columns that comments fill.
    private static let width = 100

    mutating func section(_ fields: [FieldDeclaration], indentation: String) {
        for (index, field) in fields.enumerated() {
            if index > 0, indentation.isEmpty || field.shape.isSection { text += "\n" }
            comment(field, indentation)
            self.field(field, indentation)
        }
    }

    private mutating func field(_ field: FieldDeclaration, _ indentation: String) {
        if let other = field.alternative { return alternative(to: other, field, indentation) }
        switch field.shape {
        case .section(let inner):
            text += "\(indentation)\(field.name):\n"
            section(inner, indentation: indentation + "  ")
        case .list(.section(let inner)):
            list(of: inner, field, indentation)
        default:
            let example = field.exampleText
            let mark = example == nil || field.isSecret ? "# " : ""
            text += "\(indentation)\(mark)\(field.name): \(example ?? "…")\n"
        }
    }

    /// A key that may stand in the place of another: as a comment, whatever is below it.
    private mutating func alternative(
        to other: String, _ field: FieldDeclaration, _ indentation: String
    ) {
        var field = field
        field.alternative = nil
        var writer = ExampleWriter()
        writer.field(field, "")
        text += "\(indentation)# In the place of '\(other)':\n"
        comment(writer, indentation)
    }

    /// A list of sections: one item with all keys; where there is an example, since not all of them go
    /// together, that, and an item with all keys as a comment.
    private mutating func list(
        of fields: [FieldDeclaration], _ field: FieldDeclaration, _ indentation: String
    ) {
        guard let example = field.example else {
            text += "\(indentation)\(field.name):\n"
            return item(fields, indentation: indentation + "  ")
        }
        text += "\(indentation)\(field.name): \(example)\n"
        var writer = ExampleWriter()
        writer.item(fields, indentation: "")
        comment(writer, indentation)
    }

    /// Takes over what another writer has written, as comments.
    private mutating func comment(_ writer: ExampleWriter, _ indentation: String) {
        for line in writer.text.split(separator: "\n") {
            text += line.hasPrefix("#") ? "\(indentation)\(line)\n" : "\(indentation)# \(line)\n"
        }
    }

    /// One item of a list of sections: its first key stands behind the dash.
    private mutating func item(_ fields: [FieldDeclaration], indentation: String) {
        text += "\(indentation)-\n"
        section(fields, indentation: indentation + "  ")
    }

    private mutating func comment(_ field: FieldDeclaration, _ indentation: String) {
        var line = indentation + "#"
        for word in field.summary.split(separator: " ") {
            if line.count + word.count >= Self.width {
                text += line + "\n"
                line = indentation + "#"
            }
            line += " " + word
        }
        text += line + "\n"
    }
}

extension FieldShape {
    fileprivate var isSection: Bool {
        switch self {
        case .section, .list(.section): true
        default: false
        }
    }
}

extension FieldDeclaration {
    /// The value that an example shows: one that people write, else what holds anyway, else any.
    fileprivate var exampleText: String? {
        if let example { return example }
        if let defaultText, !defaultText.hasPrefix("(") { return defaultText }
        switch shape {
        case .boolean: return "true"
        case .integer(let range): return String(max(range.lowerBound, min(1, range.upperBound)))
        case .choice(let words): return words.first
        default: return nil
        }
    }
}
