import ArkaModel

/// Values: `+ -` bind weaker than `* /`, then `??`, then unary minus.
extension Parser {
    /// Whether the current token can go on with the statement: it stands on the same line, or
    /// brackets are open. (`and`, `or` and `.` may also start a line.)
    var continuesLine: Bool { !current.startsLine || openBrackets > 0 }

    /// The same for an operator that no statement starts with: on a line of its own it is reported
    /// and then read as it was meant.
    mutating func continuesWithOperator() -> Bool {
        if continuesLine { return true }
        guard current.kind.isBinaryOperator, !at(.minus) else { return false }
        report(
            .unexpectedToken, "a line cannot start with '\(spelling(of: current))'",
            expected: "it at the end of the line above; only 'and', 'or' and '.' may start a line",
            at: current.range)
        return true
    }

    /// Reads `a + b - …`.
    mutating func parseSum() throws(Unparsable) -> ExpressionSyntax {
        var left = try parseProduct()
        while let symbol = current.kind.sumOperator, continuesWithOperator() {
            advance()
            let right = try parseProduct()
            left = try join(.arithmetic(symbol, left, right), [left, right])
        }
        return left
    }

    private mutating func parseProduct() throws(Unparsable) -> ExpressionSyntax {
        var left = try parseAlternatives()
        while let symbol = current.kind.productOperator, continuesWithOperator() {
            advance()
            let right = try parseAlternatives()
            left = try join(.arithmetic(symbol, left, right), [left, right])
        }
        return left
    }

    /// Reads `a ?? b ?? …`, which binds tighter than arithmetic: `fee ?? 0 + amount` repairs the
    /// fee and adds the amount always.
    private mutating func parseAlternatives() throws(Unparsable) -> ExpressionSyntax {
        let first = try parseUnary()
        var values = [first]
        while at(.alternative), continuesWithOperator() {
            advance()
            values.append(try parseUnary())
        }
        guard values.count > 1 else { return first }
        let whole = try join(.alternatives(values), values)
        guard values.count <= Limits.alternativesMax else {
            report(
                .ruleTooLarge, "too many alternatives",
                expected: "at most \(Limits.alternativesMax)", at: whole.range)
            return ExpressionSyntax(.reported, whole.range)
        }
        return whole
    }

    private mutating func parseUnary() throws(Unparsable) -> ExpressionSyntax {
        guard at(.minus) else { return try parseOperand() }
        let start = current.range
        advance()
        let operand = try nested { parser throws(Unparsable) in try parser.parseUnary() }
        return try join(.negate(operand), [operand], from: start)
    }

    mutating func parseOperand() throws(Unparsable) -> ExpressionSyntax {
        let token = current
        // A line that declares something is never the value that the line above lacks.
        if atDeclaration { throw unexpected("a value") }
        switch token.kind {
        case .word: return try parseReference()
        case .text: return try parseText()
        case .number, .duration, .true, .false, .null: return parseLiteral()
        case .leftParen: return try parseParenthesised()
        case .leftBracket: return try parseList()
        case .invalid:
            advance()
            return ExpressionSyntax(.reported, token.range)
        default:
            throw unexpected(expectationForOperand)
        }
    }

    private var expectationForOperand: String {
        at(.dot) && following.kind == .number ? "a digit before the '.'" : "a value"
    }

    private mutating func parseLiteral() -> ExpressionSyntax {
        let token = current
        advance()
        let kind: ExpressionSyntax.Kind =
            switch token.kind {
            case .true: .boolean(true)
            case .false: .boolean(false)
            case .null: .null
            case .duration: duration(of: token)
            default: number(of: token)
            }
        return ExpressionSyntax(kind, token.range)
    }

    private mutating func number(of token: Token) -> ExpressionSyntax.Kind {
        let digits = bytes[token.range.start..<token.range.end].filter { $0 != UInt8(ascii: "_") }
        if let value = try? ExactDecimal(json: digits) { return .number(value) }
        return reportOutOfRange(token)
    }

    /// `24h` in seconds.
    private mutating func duration(of token: Token) -> ExpressionSyntax.Kind {
        let word = spelling(of: token)
        let unit = String(word.drop { !$0.isLetter })
        let digits = word.utf8.dropLast(unit.utf8.count).filter { $0 != UInt8(ascii: "_") }
        guard let milliseconds = Lexer.durationUnits[unit],
            let count = try? ExactDecimal(json: digits),
            let unitSeconds = try? ExactDecimal(milliseconds).divided(by: ExactDecimal(1000)),
            let value = try? count.multiplied(by: unitSeconds)
        else { return reportOutOfRange(token) }
        return .duration(value)
    }

    private mutating func reportOutOfRange(_ token: Token) -> ExpressionSyntax.Kind {
        report(
            .numberOutOfRange, "this number has no exact value here",
            expected: "at most 18 decimals and a size up to 170_000_000_000_000_000_000",
            at: token.range)
        return .reported
    }

    /// Reads a text and the values in it.
    private mutating func parseText() throws(Unparsable) -> ExpressionSyntax {
        let token = current
        advance()
        let literal = TextPieces(token.range, in: bytes, &collector)
        if let text = literal.text { return ExpressionSyntax(.text(text), token.range) }
        var height = 0
        var pieces: [TemplatePieceSyntax] = []
        for piece in literal.pieces {
            switch piece {
            case .text(let text): pieces.append(.text(text))
            case .value(let range):
                let value = try parseValue(inText: range)
                height = max(height, value.height)
                pieces.append(.value(value))
            }
        }
        return ExpressionSyntax(.template(pieces), token.range, over: height)
    }

    private mutating func parseParenthesised() throws(Unparsable) -> ExpressionSyntax {
        let opening = current
        advance()
        openBrackets += 1
        let inner = try parseExpression()
        guard at(.rightParen) else { throw unclosed(opening, .rightParen, takesCommas: false) }
        openBrackets -= 1
        advance()
        return ExpressionSyntax(
            inner.kind, opening.range.union(previous.range), over: inner.height - 1)
    }

    /// Reads `[a, b, …]`.
    mutating func parseList() throws(Unparsable) -> ExpressionSyntax {
        let start = current.range
        var elements: [ExpressionSyntax] = []
        try parseBracketed(.rightBracket) { parser throws(Unparsable) in
            elements.append(try parser.parseExpression())
        }
        return try join(.list(elements), elements, from: start, to: previous.range)
    }

    /// Makes a node over others, unless the tree grows too high for those who walk it.
    mutating func join(
        _ kind: ExpressionSyntax.Kind, _ children: [ExpressionSyntax],
        from start: SourceRange? = nil,
        to end: SourceRange? = nil
    ) throws(Unparsable) -> ExpressionSyntax {
        var height = 0
        for child in children { height = max(height, child.height) }
        var range = start ?? children.first?.range ?? current.range
        if let last = end ?? children.last?.range { range = range.union(last) }
        guard height < Limits.expressionHeightMax else {
            report(
                .ruleTooLarge, "this expression is too long",
                expected: "at most \(Limits.expressionHeightMax) operations in a row", at: range)
            throw .statement
        }
        return ExpressionSyntax(kind, range, over: height)
    }
}

extension TokenKind {
    fileprivate var sumOperator: ArithmeticOperator? {
        switch self {
        case .plus: .add
        case .minus: .subtract
        default: nil
        }
    }

    fileprivate var productOperator: ArithmeticOperator? {
        switch self {
        case .star: .multiply
        case .slash: .divide
        default: nil
        }
    }
}
