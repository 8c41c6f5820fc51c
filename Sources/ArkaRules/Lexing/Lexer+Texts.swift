import ArkaModel

extension Lexer {
    /// Takes a text up to its closing quote, which must stand on the same line.
    ///
    /// Escapes are decoded by ``TextLiteral`` when the text is used; here only `\"` matters, and
    /// `\(`, inside which further texts may stand.
    mutating func lexText() {
        let start = offset
        offset += 1
        var interpolated = false
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
            switch (bytes[offset], peek(1)) {
            case (UInt8(ascii: "\""), _):
                offset += 1
                return append(interpolated ? .invalid : .text, from: start)
            case (UInt8(ascii: "\\"), UInt8(ascii: "(")):
                skipInterpolation()
                interpolated = true
            case (UInt8(ascii: "\\"), let next) where next != UInt8(ascii: "\n"):
                offset += 2
            default:
                offset += 1
            }
        }
        offset = min(offset, bytes.count)
        report(
            .unterminatedText, "a text does not end on its line",
            expected: "a closing '\"'; a line end inside a text is written \\n",
            at: SourceRange(start, start + 1))
        append(.invalid, from: start)
    }

    /// Skips `\( … )` with the brackets and texts in it, and says that it means nothing yet.
    private mutating func skipInterpolation() {
        let start = offset
        offset += 2
        var depth = 1
        var inText = false
        while depth > 0, offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
            switch bytes[offset] {
            case UInt8(ascii: "\""): inText.toggle()
            case UInt8(ascii: "(") where !inText: depth += 1
            case UInt8(ascii: ")") where !inText: depth -= 1
            default: break
            }
            offset += 1
        }
        report(
            .notAvailable, "values inside texts are not available yet",
            expected: "a plain text; a bracket after a backslash starts a value",
            at: SourceRange(start, offset))
    }
}
