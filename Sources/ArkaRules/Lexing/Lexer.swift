import ArkaModel

/// Cuts a rule text into tokens. Blanks and comments vanish; line ends become
/// ``Token/startsLine``.
struct Lexer {
    /// The text; valid UTF-8.
    let bytes: [UInt8]
    /// Where to stop.
    let end: Int
    /// The next byte to look at.
    var offset = 0
    private var startsLine = true
    private(set) var tokens: [Token] = []
    private(set) var collector: DiagnosticCollector

    init(_ source: SourceText) {
        bytes = source.utf8
        end = bytes.count
        collector = DiagnosticCollector(source: source)
        tokens.reserveCapacity(bytes.count / 5)
    }

    /// Cuts the whole text; the last token is ``TokenKind/endOfFile``.
    mutating func run() {
        skipByteOrderMark()
        while skipBlanks() { lexToken() }
        append(.endOfFile, from: end)
    }

    /// Starts on a part of a text, such as a value inside a text literal: the last token is
    /// ``TokenKind/endOfFile`` where the part ends.
    init(_ source: SourceText, part: SourceRange) {
        bytes = source.utf8
        end = part.end
        collector = DiagnosticCollector(source: source)
        offset = part.start
        startsLine = false
    }

    /// The byte some places ahead; zero behind the end.
    func peek(_ distance: Int = 0) -> UInt8 {
        offset + distance < end ? bytes[offset + distance] : 0
    }

    mutating func append(_ kind: TokenKind, from start: Int) {
        tokens.append(Token(kind, startsLine: startsLine, start, offset))
        startsLine = false
    }

    mutating func report(
        _ code: DiagnosticCode, _ message: String, expected: String? = nil,
        suggestion: String? = nil, at range: SourceRange
    ) {
        collector.report(code, message, expected: expected, suggestion: suggestion, at: range)
    }

    /// Some editors put one at the start of a file.
    private mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// Moves to the next token; false at the end of the text.
    private mutating func skipBlanks() -> Bool {
        while offset < end {
            switch bytes[offset] {
            case UInt8(ascii: "\n"):
                startsLine = true
                offset += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                offset += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                offset = bytes[offset..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
            default:
                return true
            }
        }
        return false
    }

    private mutating func lexToken() {
        let byte = bytes[offset]
        if byte.startsWord {
            lexWord()
        } else if byte.isDigit {
            lexNumber()
        } else if byte == UInt8(ascii: "\"") {
            lexText()
        } else if let (kind, length) = punctuation() {
            let start = offset
            offset += length
            append(kind, from: start)
        } else {
            lexStranger()
        }
    }

    private mutating func lexWord() {
        let start = offset
        while peek().continuesWord { offset += 1 }
        if peek() >= 0x80 { return lexForeignWord(from: start) }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        append(TokenKind.keywords[word] ?? .word, from: start)
    }

    /// The operator or bracket here, longest first.
    private func punctuation() -> (TokenKind, length: Int)? {
        switch (peek(), peek(1)) {
        case (UInt8(ascii: "="), UInt8(ascii: "=")): (.equal, 2)
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): (.notEqual, 2)
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): (.lessOrEqual, 2)
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): (.greaterOrEqual, 2)
        case (UInt8(ascii: "?"), UInt8(ascii: "?")): (.alternative, 2)
        case (let byte, _): Self.single(byte).map { ($0, 1) }
        }
    }

    private static func single(_ byte: UInt8) -> TokenKind? {
        switch byte {
        case UInt8(ascii: "{"): .leftBrace
        case UInt8(ascii: "}"): .rightBrace
        case UInt8(ascii: "("): .leftParen
        case UInt8(ascii: ")"): .rightParen
        case UInt8(ascii: "["): .leftBracket
        case UInt8(ascii: "]"): .rightBracket
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "="): .assign
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .star
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: ">"): .greater
        default: nil
        }
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var startsWord: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
    }
    var continuesWord: Bool { startsWord || isDigit }
}
