import ArkaModel

extension Parser {
    /// Reads `name(argument: value, …)` or a call of a plugin's function.
    mutating func parseAction() throws(Unparsable) -> ActionSyntax {
        guard at(.word) else {
            throw unexpected("an action such as reject(reason: \"…\")")
        }
        let start = current.range
        let path = try parsePath()
        guard at(.leftParen), !current.startsLine else {
            let name = path.map(\.text).joined(separator: ".")
            report(
                .unexpectedToken, "an action needs brackets", expected: "\(name)(…)",
                at: start.union(previous.range))
            throw .statement
        }
        let arguments = try parseArguments("an argument such as reason: \"…\"")
        return ActionSyntax(
            path: path, arguments: arguments, range: start.union(previous.range))
    }

    /// Reads `( name: value, … )`.
    mutating func parseArguments(_ expectation: String) throws(Unparsable) -> [ArgumentSyntax] {
        var arguments: [ArgumentSyntax] = []
        let opening = current
        try parseBracketed(.rightParen) { (parser) throws(Unparsable) in
            // The next action, and not an argument of this one.
            if parser.current.startsLine, parser.at(.word),
                parser.following.kind == .leftParen || parser.following.kind == .dot
            {
                throw parser.unclosed(opening, .rightParen)
            }
            let name = try parser.parseArgumentName(expectation)
            let value = try parser.parseExpression()
            arguments.append(ArgumentSyntax(name: name, value: value))
        }
        return arguments
    }

    /// Arguments have names, always: `reject("x")` does not say what "x" is.
    private mutating func parseArgumentName(
        _ expectation: String
    ) throws(Unparsable) -> NameSyntax {
        guard at(.word), following.kind == .colon else {
            if at(.word) || !current.kind.isOperandStart { throw unexpected(expectation) }
            throw unexpected("the name of the argument and ':' before its value")
        }
        let name = try expectName(expectation)
        advance()
        return name
    }

    /// Reads elements between the current bracket and its partner, separated by commas; one may
    /// follow the last. Line ends mean nothing inside.
    mutating func parseBracketed(
        _ closing: TokenKind, element: (inout Parser) throws(Unparsable) -> Void
    ) throws(Unparsable) {
        let opening = current
        advance()
        openBrackets += 1
        while !at(closing) {
            try element(&self)
            if !at(closing), !take(.comma) { throw unclosed(opening, closing) }
        }
        openBrackets -= 1
        advance()
    }

    /// Reports that something other than `,` or the closing bracket follows an element.
    mutating func unclosed(
        _ opening: Token, _ closing: TokenKind, takesCommas: Bool = true
    ) -> Unparsable {
        // A text that does not end has taken the bracket with it.
        if previous.kind == .invalid { return .statement }
        let bracket = closing == .rightParen ? "')'" : "']'"
        if at(.endOfFile) || at(.rightBrace) || atDeclaration || current.startsLine {
            report(
                .unclosedBracket, "this '\(spelling(of: opening))' is never closed",
                expected: "\(bracket) behind it", at: opening.range)
            return .statement
        }
        return unexpected(takesCommas ? "',' or \(bracket)" : bracket)
    }
}

extension TokenKind {
    /// Whether a value can start with it.
    var isOperandStart: Bool {
        switch self {
        case .word, .number, .duration, .text, .true, .false, .null, .not, .minus, .leftParen,
            .leftBracket, .invalid:
            true
        default: false
        }
    }
}
