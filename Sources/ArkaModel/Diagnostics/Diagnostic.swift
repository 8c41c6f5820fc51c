/// One thing that is wrong in a text that people wrote, with its place and a way out.
///
/// Every message says what is wrong; `expectation` says what would be right and `suggestion` names
/// a near word, where there is one. All diagnostics of all files are reported together.
public struct Diagnostic: Sendable, Hashable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable {
        /// Nothing is run or loaded.
        case error
        /// It works, but probably not as meant.
        case warning
    }

    /// Stable code such as `ARKA-RULE-0012`, listed in `docs/spec/error-codes.md`.
    public let code: DiagnosticCode
    /// How bad it is.
    public let severity: Severity
    /// What is wrong, one sentence without a full stop.
    public let message: String
    /// What was expected instead, if that can be said.
    public let expectation: String?
    /// A name close to the one that was written, if there is one.
    public let suggestion: String?
    /// The text in which it was found.
    public let source: SourceText
    /// The bytes that are wrong.
    public let range: SourceRange

    /// Makes a diagnostic. Messages start in lower case and carry no full stop.
    public init(
        _ code: DiagnosticCode, _ message: String, severity: Severity = .error,
        expected expectation: String? = nil, suggestion: String? = nil,
        in source: SourceText, at range: SourceRange
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.expectation = expectation
        self.suggestion = suggestion
        self.source = source
        self.range = range
    }

    /// Where the faulty bytes begin.
    public var position: SourcePosition { source.position(at: range.start) }
}

/// The name of a kind of diagnostic or error: `ARKA-<area>-<number>`.
///
/// Areas declare theirs as static members in an extension; a test fails if two are equal or one is
/// missing from `docs/spec/error-codes.md`.
public struct DiagnosticCode: Sendable, Hashable, CustomStringConvertible {
    /// The code as printed.
    public let description: String

    /// Makes a code of an area, such as `("RULE", 12)` for `ARKA-RULE-0012`.
    public init(_ area: String, _ number: Int) {
        precondition((1...9999).contains(number), "code numbers have four digits")
        let digits = String(number)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        description = "ARKA-\(area)-\(zeros)\(digits)"
    }
}
