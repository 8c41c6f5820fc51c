import ArkaModel

extension Parser {
    /// The next rule of the file, complete or damaged; `nil` at the end.
    mutating func nextRule() -> RuleSyntax? {
        while !at(.endOfFile) {
            if atListOrConstant {
                advance()
            } else {
                if at(.rule), let rule = parseRule() { return rule }
                if !at(.endOfFile), !atDeclaration { _ = unexpected("'rule', 'list' or 'const'") }
            }
            skipDeclaration()
        }
        return nil
    }

    /// Reads a rule; `nil` if it does not even have a name.
    private mutating func parseRule() -> RuleSyntax? {
        advance()
        guard let name = try? expectName("a name for the rule") else {
            skipDeclaration()
            return nil
        }
        var rule = RuleSyntax(name: name)
        do throws(Unparsable) {
            try parseFrame(of: &rule)
        } catch {
            rule.isDamaged = true
            skipDeclaration()
        }
        return rule
    }

    /// Reads what follows the name.
    private mutating func parseFrame(of rule: inout RuleSyntax) throws(Unparsable) {
        if at(.leftParen) { rule.attributes = try parseArguments("an attribute and its value") }
        let brace = try expect(.leftBrace, "'{' after the name of the rule")
        try expect(.when, "'when { … }'")
        try parseConditions(of: &rule)
        try expect(.then, "'then { … }' after 'when { … }'")
        try parseActions(of: &rule)
        guard !atBlockEnd else { return try close(brace) }
        throw unexpected("'}' at the end of the rule")
    }

    private mutating func parseConditions(of rule: inout RuleSyntax) throws(Unparsable) {
        let brace = try expect(.leftBrace, "'{' after 'when'")
        while !atBlockEnd, !at(.then) {
            let start = position
            do throws(Unparsable) {
                let statement = try parseStatement()
                rule.statements.append(statement)
                try endStatement("the end of the line, 'and' or 'or'")
            } catch {
                try recover(from: error, start, in: &rule)
            }
        }
        guard at(.then) else { return try close(brace) }
        rule.isDamaged = true
        report(
            .unclosedBracket, "this '{' is never closed", expected: "'}' before 'then'",
            at: brace.range)
    }

    private mutating func parseActions(of rule: inout RuleSyntax) throws(Unparsable) {
        let brace = try expect(.leftBrace, "'{' after 'then'")
        while !atBlockEnd {
            let start = position
            do throws(Unparsable) {
                rule.actions.append(try parseAction())
                try endStatement("the end of the line")
            } catch {
                try recover(from: error, start, in: &rule)
            }
        }
        try close(brace)
    }

    /// Skips the statement that could not be read, or gives up the rule.
    private mutating func recover(
        from error: Unparsable, _ start: Int, in rule: inout RuleSyntax
    ) throws(Unparsable) {
        rule.isDamaged = true
        guard error == .statement else { throw error }
        skipStatement(from: start)
    }

    private var atBlockEnd: Bool { at(.rightBrace) || at(.endOfFile) || atDeclaration }

    /// Takes the `}` that belongs to a `{`.
    private mutating func close(_ brace: Token) throws(Unparsable) {
        if take(.rightBrace) { return }
        report(
            .unclosedBracket, "this '{' is never closed", expected: "'}' before the next rule",
            at: brace.range)
        throw .rule
    }

    private mutating func parseStatement() throws(Unparsable) -> StatementSyntax {
        guard take(.let) else { return .condition(try parseExpression()) }
        let name = try expectName("a name for the value")
        try expect(.assign, "'=' after the name")
        return .binding(name, try parseExpression())
    }

    /// A statement ends with its line.
    mutating func endStatement(_ expectation: String) throws(Unparsable) {
        if current.startsLine || at(.rightBrace) || at(.endOfFile) { return }
        throw unexpected(expectation)
    }
}
