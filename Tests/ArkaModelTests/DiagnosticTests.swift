import ArkaModel
import Testing

@Suite struct DiagnosticTests {
    @Test func `a diagnostic shows place, line, caret and the way out`() {
        let text = "rule x {\n\twhen { transaction.amuont > 1 }\n"
        let source = SourceText(name: "a.pact", text: text)
        let start = text.utf8.count - "amuont > 1 }\n".utf8.count
        let diagnostic = Diagnostic(
            DiagnosticCode("RULE", 12), "unknown field 'amuont'",
            expected: "a property of the record schema",
            suggestion: nearName(to: "amuont", among: ["currency", "amount", "account"]),
            in: source, at: SourceRange(start, start + 6))
        #expect(
            diagnostic.rendered() == """
                a.pact:2:21: error: unknown field 'amuont' [ARKA-RULE-0012]
                \twhen { transaction.amuont > 1 }
                \t                   ^~~~~~
                  expected a property of the record schema; did you mean 'amount'?

                """)
    }

    @Test func `columns count scalars and survive CRLF and the end of the text`() {
        let source = SourceText(name: "x", text: "é = 1\r\nend")
        #expect(source.position(at: 3) == SourcePosition(line: 1, column: 3))
        #expect(source.line(containing: 0) == "é = 1")
        #expect(source.position(at: 999) == SourcePosition(line: 2, column: 4))
    }

    @Test func `near names are near, and far ones are not offered`() {
        #expect(nearName(to: "amuont", among: ["amount"]) == "amount")
        #expect(nearName(to: "xyz", among: ["amount", "currency"]) == nil)
        #expect(nearName(to: "id", among: ["id"]) == nil)
    }

    @Test func `Kleene's tables hold`() {
        let all: [Truth] = [.unknown, .no, .yes]
        for a in all {
            for b in all {
                #expect(a.and(b) == b.and(a) && a.or(b) == b.or(a), "\(a) \(b)")
                #expect(a.and(b).not == a.not.or(b.not), "\(a) \(b)")
            }
            #expect(a.and(.no) == .no && a.or(.yes) == .yes && a.and(.yes) == a, "\(a)")
        }
        #expect(Truth.unknown.not == .unknown)
    }
}
