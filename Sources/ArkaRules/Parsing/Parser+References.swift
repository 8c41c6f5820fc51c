import ArkaModel

extension Parser {
    /// Reads a path, a call, or something inside the answer of a call.
    mutating func parseReference() throws(Unparsable) -> ExpressionSyntax {
        let start = current.range
        let path = try parsePath()
        guard at(.leftParen), continuesLine else {
            return ExpressionSyntax(.path(path), start.union(previous.range))
        }
        let arguments = try parseCallArguments()
        let height = arguments.reduce(0) { max($0, $1.value.height) }
        let call = CallSyntax(
            path: path, arguments: arguments, range: start.union(previous.range))
        let steps = try parseSteps()
        guard !steps.isEmpty else { return ExpressionSyntax(.call(call), call.range, over: height) }
        return ExpressionSyntax(
            .access(call, steps), start.union(previous.range), over: height)
    }

    /// Reads `name.name[0].…`; after a `.` reserved words are names too.
    mutating func parsePath() throws(Unparsable) -> [StepSyntax] {
        let root = try expectName("a name")
        return [StepSyntax(step: .property(root.text), range: root.range)] + (try parseSteps())
    }

    /// Reads `.name` and `[0]`, as many as there are.
    private mutating func parseSteps() throws(Unparsable) -> [StepSyntax] {
        var steps: [StepSyntax] = []
        while true {
            if take(.dot) {
                steps.append(try parseProperty())
            } else if at(.leftBracket), continuesLine {
                steps.append(try parseElement())
            } else {
                return steps
            }
        }
    }

    private mutating func parseProperty() throws(Unparsable) -> StepSyntax {
        guard current.kind.isWordLike else { throw unexpected("a property name after '.'") }
        defer { advance() }
        return StepSyntax(step: .property(spelling(of: current)), range: current.range)
    }

    private mutating func parseElement() throws(Unparsable) -> StepSyntax {
        let opening = current
        advance()
        let expectation = "the position of an element, 0 to \(Limits.elementIndexMax)"
        let token = try expect(.number, expectation)
        guard let index = Int(spelling(of: token)), index <= Limits.elementIndexMax else {
            report(
                .elementIndex, "this is no position in an array", expected: expectation,
                at: token.range)
            throw .statement
        }
        guard take(.rightBracket) else {
            throw unclosed(opening, .rightBracket, takesCommas: false)
        }
        return StepSyntax(step: .element(index), range: opening.range.union(previous.range))
    }

    /// Reads `( value, name: value, … )`.
    private mutating func parseCallArguments() throws(Unparsable) -> [CallArgumentSyntax] {
        var arguments: [CallArgumentSyntax] = []
        try parseBracketed(.rightParen) { parser throws(Unparsable) in
            var name: NameSyntax?
            if parser.at(.word), parser.following.kind == .colon {
                name = try parser.expectName("a name")
                parser.advance()
            }
            arguments.append(CallArgumentSyntax(name: name, value: try parser.parseExpression()))
        }
        return arguments
    }
}
