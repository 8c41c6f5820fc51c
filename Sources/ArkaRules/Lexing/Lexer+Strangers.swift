import ArkaModel

/// What no token starts with. Each is reported once, with what the author may have meant.
extension Lexer {
    mutating func lexStranger() {
        if peek() == UInt8(ascii: "#") {
            lexForeignComment()
        } else if let quote = foreignQuote(at: offset) {
            lexForeignText(quoteLength: quote)
        } else if let (kind, word, length) = foreignOperator() {
            lexForeignOperator(kind, word, length)
        } else {
            lexCharacter()
        }
    }

    /// Takes a comment of other languages up to the end of the line, and leaves no token of it.
    private mutating func lexForeignComment() {
        let start = offset
        while offset < end, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
        report(
            .unexpectedCharacter, "'#' begins no comment here",
            expected: "comments to start with //",
            at: SourceRange(start, start + 1))
    }

    /// Takes a name with letters outside ASCII as a whole.
    mutating func lexForeignWord(from start: Int) {
        while peek().continuesWord || peek() >= 0x80 { offset += 1 }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        reject(
            from: start, "'\(word)' is not a name here",
            expected: "letters a-z and A-Z, digits and _")
    }

    private mutating func reject(from start: Int, _ message: String, expected: String?) {
        report(
            .unexpectedCharacter, message, expected: expected, at: SourceRange(start, offset))
        append(.invalid, from: start)
    }

    // MARK: Texts

    /// Quotes that are none here.
    private static let foreignQuotes = ["'", "“", "”", "„", "‘", "’", "`"].map { Array($0.utf8) }

    /// The length of a foreign quote; `nil` if there is none at this place.
    private func foreignQuote(at place: Int) -> Int? {
        Self.foreignQuotes.first { bytes[place...].starts(with: $0) }?.count
    }

    /// Takes a text in foreign quotes up to the next one on the line, or else to the line's end.
    private mutating func lexForeignText(quoteLength: Int) {
        let start = offset
        offset += quoteLength
        while offset < end, bytes[offset] != UInt8(ascii: "\n") {
            if let closing = foreignQuote(at: offset) {
                offset += closing
                break
            }
            offset += 1
        }
        reject(
            from: start, "a text cannot stand in these quotes",
            expected: "double quotes such as \"text\"")
    }

    // MARK: Operators

    /// Operators of other languages are read as ours after the message, so that the rest of the
    /// line is checked as it was meant.
    private mutating func lexForeignOperator(_ kind: TokenKind, _ word: String, _ length: Int) {
        let start = offset
        offset += length
        let written = String(decoding: bytes[start..<offset], as: UTF8.self)
        report(
            .unexpectedCharacter, "'\(written)' means nothing here", suggestion: word,
            at: SourceRange(start, offset))
        append(kind, from: start)
    }

    private func foreignOperator() -> (kind: TokenKind, word: String, length: Int)? {
        switch (peek(), peek(1)) {
        case (UInt8(ascii: "&"), UInt8(ascii: "&")): (.and, "and", 2)
        case (UInt8(ascii: "&"), _): (.and, "and", 1)
        case (UInt8(ascii: "|"), UInt8(ascii: "|")): (.or, "or", 2)
        case (UInt8(ascii: "|"), _): (.or, "or", 1)
        case (UInt8(ascii: "!"), _): (.not, "not", 1)
        default: nil
        }
    }

    // MARK: Characters

    private mutating func lexCharacter() {
        let start = offset
        let byte = bytes[offset]
        guard byte < 0x80 else { return lexForeignWord(from: start) }
        offset += 1
        let isControl = byte < 0x20 || byte == 0x7F
        let shown = isControl ? "a control character" : "'\(Character(Unicode.Scalar(byte)))'"
        reject(from: start, "\(shown) means nothing here", expected: Self.advice(on: byte))
    }

    private static func advice(on byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: ";"): "nothing; a statement ends with its line"
        case UInt8(ascii: "?"): "'??' between a value and its default"
        case UInt8(ascii: "%"): "+, -, * or /"
        default: nil
        }
    }
}
