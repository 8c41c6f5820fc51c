import ArkaModel

extension Parser {
    /// The next rule of the file, complete or damaged; `nil` at the end.
    mutating func nextRule() -> RuleSyntax? {
        while !at(.endOfFile) {
            if atListOrConstant {
                skipListOrConstant()
            } else if at(.rule) {
                if let rule = parseRule() { return rule }
            } else {
                _ = unexpected("'rule', 'list' or 'const'")
                skipDeclaration()
            }
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
        skipMisplacedDeclarations(in: &rule)
        try expect(.when, "'when { … }'")
        try parseConditions(of: &rule)
        try expect(.then, "'then { … }' after 'when { … }'")
        try parseActions(of: &rule)
        guard !atBlockEnd else { return try close(brace) }
        throw unexpected("'}' at the end of the rule")
    }

    private mutating func parseConditions(of rule: inout RuleSyntax) throws(Unparsable) {
        let brace = try expect(.leftBrace, "'{' after 'when'")
        skipMisplacedDeclarations(in: &rule)
        while !atBlockEnd, !at(.then) {
            defer { skipMisplacedDeclarations(in: &rule) }
            let start = position
            do throws(Unparsable) {
                let statement = try parseStatement()
                // A `let` keeps its name whatever follows, so that its uses are no mistakes.
                if case .binding = statement { rule.statements.append(statement) }
                try endOfCondition()
                if case .condition = statement { rule.statements.append(statement) }
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
        skipMisplacedDeclarations(in: &rule)
        while !atBlockEnd {
            defer { skipMisplacedDeclarations(in: &rule) }
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

    /// Passes over lists and constants inside of a rule. Those that are not indented stand behind a
    /// rule that is not closed.
    private mutating func skipMisplacedDeclarations(in rule: inout RuleSyntax) {
        while atListOrConstant, current.range.start > 0,
            bytes[current.range.start - 1] != UInt8(ascii: "\n")
        {
            report(
                .unexpectedToken, "a '\(spelling(of: current))' stands beside rules",
                expected: "it above or below the rule; 'let' gives a name within one",
                at: current.range)
            rule.isDamaged = true
            skipListOrConstant()
        }
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

    /// Behind a condition many write an operator of another language.
    private mutating func endOfCondition() throws(Unparsable) {
        if current.startsLine || !at(.word) {
            return try endStatement("the end of the line, 'and' or 'or'")
        }
        let word = spelling(of: current)
        let operators = TextOperator.allCases.map(\.rawValue) + ["and", "or", "in", "is", "not"]
        throw unexpected(
            "the end of the line, or an operator such as 'and', 'in' or 'matches'",
            suggestion: nearName(to: word, among: operators))
    }

    /// A statement ends with its line.
    mutating func endStatement(_ expectation: String) throws(Unparsable) {
        if current.startsLine || at(.rightBrace) || at(.endOfFile) { return }
        throw unexpected(expectation)
    }
}
