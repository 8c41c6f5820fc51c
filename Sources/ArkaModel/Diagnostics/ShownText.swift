/// A text from outside as it may stand in a message: control characters replaced, so that it cannot
/// drive a terminal or break a log line, and cut after 60 characters.
public func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(61).map { scalar in
        scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
    }
    let cut = scalars.count > 60 ? scalars[..<60] + ["…"] : scalars[...]
    return String(String.UnicodeScalarView(cut))
}

/// A text from outside that is shown as a whole, such as a path: control characters but tabs replaced, so
/// that it cannot drive a terminal.
public func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { printable($0) }))
}

/// The character, or what stands for one that a terminal would obey.
func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.properties.generalCategory == .control && scalar != "\t" ? "\u{FFFD}" : scalar
}
