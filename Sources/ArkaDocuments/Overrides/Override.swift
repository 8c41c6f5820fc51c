import ArkaModel

/// One `--set key=value`: a dotted path below `spec`, and the text to stand there.
struct Override {
    /// The steps of the path.
    let keys: [Substring]
    /// The text behind the equals sign.
    let value: String
    /// The option as a text to point into.
    private let source: SourceText
    private let keyLength: Int

    /// Splits an option at its first equals sign; `nil` if it has none, or nothing before it.
    init?(_ option: String) {
        guard let equals = option.firstIndex(of: "="), equals > option.startIndex else {
            return nil
        }
        keys = option[..<equals].split(separator: ".", omittingEmptySubsequences: false)
        value = String(option[option.index(after: equals)...])
        source = SourceText(name: "--set", text: option)
        keyLength = option[..<equals].utf8.count
    }

    /// The path as it was written.
    var path: String { keys.joined(separator: ".") }

    /// Where the path stands.
    var keyPlace: SourcePlace { SourcePlace(source, SourceRange(0, keyLength)) }

    /// The value as a node; its text is taken as it is.
    var node: YAMLNode {
        YAMLNode(
            .scalar(YAMLScalar(value, origin: .option)),
            at: SourcePlace(source, SourceRange(keyLength + 1, source.utf8.count)))
    }

    /// A diagnostic about the path. It does not show the value, which may be a secret: only fields
    /// know that, and no field takes this one.
    func refusal(_ message: String, expected: String, suggestion: String? = nil) -> Diagnostic {
        Diagnostic(
            .documentOverride, message, expected: expected, suggestion: suggestion,
            in: SourceText(name: "--set", text: path + "=…"), at: keyPlace.range)
    }
}
