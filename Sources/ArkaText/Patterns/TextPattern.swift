/// A pattern that texts are tested with: RE2's language, as a search.
///
/// A pattern matches a text if it matches anywhere in it; `^` and `$` stand for the beginning and
/// the end of the text (of a line only after `(?m)`). Time is linear in the text, whatever the
/// pattern, and nothing is allocated for a test. Patterns that are a plain comparison in disguise
/// are tested as one: see ``shape``.
public final class TextPattern: Sendable {
    /// The pattern as it was written.
    public let source: [UInt8]
    /// How texts are tested.
    public let shape: PatternShape
    /// RE2's form of the pattern; `nil` where the shape says everything.
    private let program: RE2Program?

    /// Compiles a pattern.
    /// - Parameter source: UTF-8, without delimiters.
    /// - Throws: What is wrong with it, or which form RE2 does not have and what to write instead.
    public init(_ source: [UInt8]) throws(PatternFailure) {
        // Also for patterns that end as plain comparisons: only RE2 says what a pattern is.
        let program = try RE2Program(source)
        self.source = source
        shape = PatternShape.shape(of: source)
        self.program = shape == .general ? program : nil
    }

    /// Tests a text.
    ///
    /// Texts should be UTF-8. Bytes that are not match no character of a pattern, except that a lone
    /// surrogate, written as UTF-8 would write it, is a character.
    public func matches(_ text: [UInt8]) -> Bool {
        // SAFETY: the buffer is used within the closure only.
        text.withUnsafeBufferPointer { matches($0) }
    }

    /// Tests a text that lies in memory of the caller's, which must stay as it is meanwhile.
    public func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if let program { return program.matches(text) }
        return shape.matches(text)
    }
}
