/// A place in a text that people wrote, kept so that whoever finds fault with it later can point there.
public struct SourcePlace: Sendable, Hashable {
    /// The text.
    public let source: SourceText
    /// The bytes meant.
    public let range: SourceRange

    /// Names a range of a text.
    public init(_ source: SourceText, _ range: SourceRange) {
        self.source = source
        self.range = range
    }
}

extension Diagnostic {
    /// Makes a diagnostic about a place that was kept. Messages start in lower case and carry no full
    /// stop.
    public init(
        _ code: DiagnosticCode, _ message: String, severity: Severity = .error,
        expected expectation: String? = nil, suggestion: String? = nil, at place: SourcePlace
    ) {
        self.init(
            code, message, severity: severity, expected: expectation, suggestion: suggestion,
            in: place.source, at: place.range)
    }
}
