public import ArkaModel

/// Why a text is no pattern.
///
/// Whoever read the pattern from a file makes a diagnostic of it, at the pattern's place there.
public struct PatternFailure: Error, Sendable, Hashable {
    /// The kind of failure.
    public let code: DiagnosticCode
    /// What is wrong, one sentence without a full stop.
    public let message: String
    /// What to write instead, if that can be said.
    public let expectation: String?
    /// The faulty bytes, as offsets into the pattern; `nil` if it is the pattern as a whole, or if
    /// RE2 does not say.
    public let place: SourceRange?

    init(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        at place: SourceRange? = nil
    ) {
        self.code = code
        self.message = message
        self.expectation = expectation
        self.place = place
    }

    /// The compiled pattern would need more memory than it may have.
    static let tooLarge = PatternFailure(
        .patternTooLarge, "the pattern needs more memory than a pattern may have",
        expected: "smaller repetitions or fewer alternatives; many names belong into a list")
}
