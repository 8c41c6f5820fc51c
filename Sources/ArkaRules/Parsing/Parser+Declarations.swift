import ArkaModel

extension Parser {
    /// All lists and constants of the file; rules are skipped in silence.
    ///
    /// Rules may use what stands below them or in another file, so this is done for all files before
    /// the first rule is read. It works on a copy: the parser itself stays at the start.
    func declarations() -> (declarations: [DeclarationSyntax], collector: DiagnosticCollector) {
        var parser = self
        parser.collector = DiagnosticCollector(source: collector.source)
        var declarations: [DeclarationSyntax] = []
        while !parser.at(.endOfFile) {
            if parser.atListOrConstant {
                declarations.append(parser.parseDeclaration())
            } else {
                // Not to the next line: a list may stand right behind the brace of a rule.
                parser.advance()
            }
        }
        return (declarations, parser.collector)
    }

    /// Passes over a list or a constant that ``declarations()`` has read.
    mutating func skipListOrConstant() {
        let findings = collector
        _ = parseDeclaration()
        collector = findings
    }

    /// Reads a list or a constant. One that cannot be read has a name still, so that its uses are no
    /// mistakes.
    private mutating func parseDeclaration() -> DeclarationSyntax {
        let isList = at(word: "list")
        advance()
        let name = NameSyntax(text: spelling(of: current), range: current.range)
        advance()
        do throws(Unparsable) {
            let declaration: DeclarationSyntax =
                isList
                ? .list(try parseList(named: name)) : .constant(try parseConstant(named: name))
            try endStatement("the end of the line")
            return declaration
        } catch {
            skipDeclaration()
            let value = ExpressionSyntax(.reported, name.range)
            return isList
                ? .list(ListSyntax(name: name, source: .reported))
                : .constant(ConstantSyntax(name: name, value: value))
        }
    }

    private mutating func parseConstant(
        named name: NameSyntax
    ) throws(Unparsable) -> ConstantSyntax {
        try expect(.assign, "'=' after the name")
        return ConstantSyntax(name: name, value: try parseExpression())
    }

    private mutating func parseList(named name: NameSyntax) throws(Unparsable) -> ListSyntax {
        if at(word: "from") {
            advance()
            let file = try expectText("the name of a file in double quotes")
            guard at(word: "column") else {
                if at(.word), !current.startsLine {
                    throw unexpected(
                        "'column \"…\"' or the end of the line",
                        suggestion: nearName(to: spelling(of: current), among: ["column"]))
                }
                return ListSyntax(name: name, source: .file(file, column: nil))
            }
            advance()
            let column = try expectText("the name of a column in double quotes")
            return ListSyntax(name: name, source: .file(file, column: column))
        }
        try expect(.assign, "'= [ … ]' or 'from \"file\"' after the name")
        guard at(.leftBracket) else {
            throw unexpected("values in square brackets such as [\"a\", \"b\"]")
        }
        let list = try parseList()
        guard case .list(let values) = list.kind else {
            return ListSyntax(name: name, source: .reported)
        }
        return ListSyntax(name: name, source: .values(values))
    }

    /// Takes a text without values in it, with its place.
    private mutating func expectText(_ expectation: String) throws(Unparsable) -> NameSyntax {
        let token = try expect(.text, expectation)
        let pieces = TextPieces(token.range, in: bytes, &collector)
        guard let text = pieces.text else {
            report(
                .unexpectedToken, "a value cannot stand in this text", expected: expectation,
                at: token.range)
            throw .statement
        }
        return NameSyntax(text: String(decoding: text, as: UTF8.self), range: token.range)
    }
}
