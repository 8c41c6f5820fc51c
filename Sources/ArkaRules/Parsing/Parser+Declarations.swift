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
            if parser.atListOrConstant, let next = try? parser.parseDeclaration() {
                declarations.append(next)
            } else if !parser.at(.endOfFile) {
                parser.advance()
            }
            parser.skipDeclaration()
        }
        return (declarations, parser.collector)
    }

    private mutating func parseDeclaration() throws(Unparsable) -> DeclarationSyntax {
        let isList = at(word: "list")
        advance()
        let name = try expectName("a name")
        let declaration: DeclarationSyntax =
            isList ? .list(try parseList(named: name)) : .constant(try parseConstant(named: name))
        try endStatement("the end of the line")
        return declaration
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
