import ArkaModel

/// Conditions: `or` binds weakest, then `and`, `not`, comparisons.
extension Parser {
    /// Reads an expression of any kind.
    mutating func parseExpression() throws(Unparsable) -> ExpressionSyntax {
        try nested { parser throws(Unparsable) in
            try parser.parseChain(.or, ExpressionSyntax.Kind.any) { parser throws(Unparsable) in
                try parser.parseChain(.and, ExpressionSyntax.Kind.all) {
                    parser throws(Unparsable) in
                    try parser.parseNegation()
                }
            }
        }
    }

    /// Counts a level of recursion; beyond the limit the rule is given up with one message.
    mutating func nested(
        _ parse: (inout Parser) throws(Unparsable) -> ExpressionSyntax
    ) throws(Unparsable) -> ExpressionSyntax {
        guard nesting < Limits.nestingMax else {
            report(
                .nestingTooDeep, "this is nested too deep",
                expected: "at most \(Limits.nestingMax) levels; 'let' gives a part a name",
                at: current.range)
            throw .rule
        }
        nesting += 1
        defer { nesting -= 1 }
        return try parse(&self)
    }

    /// Reads `a and b and …` into one flat node, however long.
    private mutating func parseChain(
        _ word: TokenKind, _ make: ([ExpressionSyntax]) -> ExpressionSyntax.Kind,
        _ parseElement: (inout Parser) throws(Unparsable) -> ExpressionSyntax
    ) throws(Unparsable) -> ExpressionSyntax {
        let first = try parseElement(&self)
        guard at(word) else { return first }
        var elements = [first]
        while take(word) { elements.append(try parseElement(&self)) }
        return try join(make(elements), elements)
    }

    private mutating func parseNegation() throws(Unparsable) -> ExpressionSyntax {
        guard at(.not) else { return try parseComparison() }
        let start = current.range
        advance()
        let operand = try nested { parser throws(Unparsable) in try parser.parseNegation() }
        return try join(.not(operand), [operand], from: start)
    }

    private mutating func parseComparison() throws(Unparsable) -> ExpressionSyntax {
        let left = try parseSum()
        guard let result = try parseComparison(of: left) else { return left }
        if continuesLine, isComparisonAhead {
            report(
                .chainedComparison, "comparisons cannot be chained",
                expected: "two comparisons joined by 'and'", at: current.range)
            throw .statement
        }
        return result
    }

    /// Reads the comparison that follows an operand; `nil` if none does.
    private mutating func parseComparison(
        of left: ExpressionSyntax
    ) throws(Unparsable) -> ExpressionSyntax? {
        guard isComparisonAhead, continuesWithOperator() else { return nil }
        if let comparison = current.kind.comparison {
            noteAssignment()
            let place = ComparisonSyntax(comparison: comparison, range: current.range)
            advance()
            let right = try parseSum()
            return try join(.compare(left, place, right), [left, right])
        }
        switch current.kind {
        case .is: return try parseKnown(left)
        case .not, .in: return try parseMember(left)
        default: return try parseTextTest(left)
        }
    }

    /// Whether the current token compares the operand before it.
    private var isComparisonAhead: Bool {
        switch current.kind {
        case .is, .in: true
        case .not: following.kind == .in && continuesLine
        case .word: continuesLine && TextOperator(rawValue: spelling(of: current)) != nil
        default: current.kind.comparison != nil
        }
    }

    /// `=` can only mean `==` here.
    private mutating func noteAssignment() {
        guard at(.assign) else { return }
        _ = unexpected("'==' to compare; '=' follows 'let name'", suggestion: "==")
    }

    /// Reads `is known` or `is unknown`.
    private mutating func parseKnown(
        _ operand: ExpressionSyntax
    ) throws(Unparsable) -> ExpressionSyntax {
        advance()
        let isKnown = at(word: "known")
        guard isKnown || at(word: "unknown") else {
            let near =
                at(.word) ? nearName(to: spelling(of: current), among: ["known", "unknown"]) : nil
            throw unexpected("'known' or 'unknown' after 'is'", suggestion: near)
        }
        advance()
        let known = try join(.known(operand), [operand], to: previous.range)
        return isKnown ? known : try join(.not(known), [known])
    }

    /// Reads `in y` or `not in y`, where `y` is a list or something that holds one.
    private mutating func parseMember(
        _ operand: ExpressionSyntax
    ) throws(Unparsable) -> ExpressionSyntax {
        let isNegated = take(.not)
        advance()
        let list = try parseCollection()
        if case .reported = list.kind { return list }
        let member = try join(.member(operand, list), [operand, list])
        return isNegated ? try join(.not(member), [member]) : member
    }

    /// Reads what stands behind `in`.
    private mutating func parseCollection() throws(Unparsable) -> ExpressionSyntax {
        switch current.kind {
        case .leftBracket: return try parseList()
        case .word where !atDeclaration: return try parseReference()
        case .invalid: return try parseOperand()
        case .leftParen: throw unexpected("a list in square brackets such as [1, 2]")
        default:
            report(
                .unexpectedToken, "'in' needs a list",
                expected:
                    "constants in brackets such as [\"a\", \"b\"], list.name or an array field",
                at: current.range)
            throw .statement
        }
    }

    /// Reads `contains y` and its kin.
    private mutating func parseTextTest(
        _ left: ExpressionSyntax
    ) throws(Unparsable) -> ExpressionSyntax {
        guard let test = TextOperator(rawValue: spelling(of: current)) else {
            preconditionFailure("somebody looked ahead")
        }
        let place = TextTestSyntax(test: test, range: current.range)
        advance()
        let right = try parseSum()
        return try join(.textTest(left, place, right), [left, right])
    }
}

extension TokenKind {
    fileprivate var comparison: Comparison? {
        switch self {
        case .equal, .assign: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        default: nil
        }
    }
}
