import ArkaModel

/// The smallest unit of a rule text.
struct Token {
    let kind: TokenKind
    /// Whether a line end stands between this token and the one before it.
    let startsLine: Bool
    private let start: UInt32
    private let end: UInt32

    /// Makes a token; offsets must lie below ``Limits/sourceBytesMax``.
    init(_ kind: TokenKind, startsLine: Bool, _ start: Int, _ end: Int) {
        self.kind = kind
        self.startsLine = startsLine
        self.start = UInt32(start)
        self.end = UInt32(end)
    }

    /// The bytes it stands on.
    var range: SourceRange { SourceRange(Int(start), Int(end)) }
}

/// What a token is. Operands and punctuation by shape, reserved words by name.
enum TokenKind: UInt8 {
    case word, number, duration, text
    case rule, when, then, `let`, and, or, not, `in`, `is`, `true`, `false`, null
    case leftBrace, rightBrace, leftParen, rightParen, leftBracket, rightBracket
    case dot, comma, colon, assign
    case plus, minus, star, slash, alternative
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    /// Something that was reported already; whoever meets it keeps silent.
    case invalid
    case endOfFile

    /// Reserved words. After a `.` they are ordinary names.
    static let keywords: [String: TokenKind] = [
        "rule": .rule, "when": .when, "then": .then, "let": .let, "and": .and, "or": .or,
        "not": .not, "in": .in, "is": .is, "true": .true, "false": .false, "null": .null,
    ]

    /// Whether it is a name or a reserved word.
    var isWordLike: Bool {
        rawValue == TokenKind.word.rawValue
            || (TokenKind.rule.rawValue...TokenKind.null.rawValue).contains(rawValue)
    }

    /// Whether it joins the operand before it with the one after it.
    var isBinaryOperator: Bool {
        switch self {
        case .and, .or, .in, .is, .assign: true
        default:
            (TokenKind.plus.rawValue...TokenKind.greaterOrEqual.rawValue).contains(rawValue)
        }
    }
}
