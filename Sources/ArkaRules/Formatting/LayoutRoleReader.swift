import ArkaModel

/// Finds the role of each token from what stands before it.
struct LayoutRoleReader {
    private let bytes: [UInt8]
    private var previous: LayoutRole?
    private var beforePrevious: LayoutRole?
    private var openBrackets = 0

    /// Starts at the beginning of a text.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Operators in letters that are names where no operand stands before them.
    private static let wordOperators: Set<String> = [
        "contains", "starts_with", "ends_with", "matches",
    ]

    /// The role of the next token.
    mutating func role(of token: Token) -> LayoutRole {
        let role = previous == .dot && token.kind.isWordLike ? .name : ownRole(of: token)
        switch role {
        case .opening: openBrackets += 1
        case .closing: openBrackets = max(0, openBrackets - 1)
        default: break
        }
        beforePrevious = previous
        previous = role
        return role
    }

    private func ownRole(of token: Token) -> LayoutRole {
        switch token.kind {
        case .rule: .declaration
        case .when, .then, .let: .keyword
        case .and, .or: .junction
        case .not: .operation
        case .word: isWordOperator(token) ? .operation : .name
        case .minus: followsOperand(token) ? .operation : .sign
        case .assign: .assign
        case .dot: .dot
        case .comma: .comma
        case .colon: .colon
        case .leftParen: .opening(isAttached(token) ? .attached : .group)
        case .leftBracket: .opening(isAttached(token) ? .attached : .list)
        case .rightParen, .rightBracket: .closing
        case .leftBrace: .blockOpening
        case .rightBrace: .blockClosing
        case .endOfFile: .endOfFile
        case .number, .duration: .number
        // Where errors are no matter, an invalid token is most likely a text with values in it.
        case .text, .invalid: .text
        case let kind: kind.isBinaryOperator ? .operation : .name
        }
    }

    /// Whether the token goes on with an operand before it, rather than starting a statement.
    private func followsOperand(_ token: Token) -> Bool {
        previous?.endsOperand == true && (!token.startsLine || openBrackets > 0)
    }

    private func isWordOperator(_ token: Token) -> Bool {
        guard followsOperand(token) else { return false }
        let spelling = bytes[token.range.start..<token.range.end]
        return Self.wordOperators.contains(String(decoding: spelling, as: UTF8.self))
    }

    /// Whether a bracket belongs to what stands before it; that of a rule's head does so on any
    /// line.
    private func isAttached(_ token: Token) -> Bool {
        if beforePrevious == .declaration, token.kind == .leftParen { return true }
        return (previous == .name || previous == .closing) && followsOperand(token)
    }
}
