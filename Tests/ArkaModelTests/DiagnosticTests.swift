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

    @Test func `nothing of a file drives the terminal that shows it`() {
        let source = SourceText(
            name: "\u{1B}]0;x\u{7}.yaml", text: "a\u{1B}[31m\u{7F}\u{9B}2Jb\tc\r\n")
        let diagnostic = Diagnostic(
            DiagnosticCode("RULE", 12), "a \u{1B}[2J name", expected: "one of \u{9B}31m",
            suggestion: "\u{1B}c", in: source, at: SourceRange(1, 2))
        let text = diagnostic.rendered()
        #expect(
            text.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
            })
        #expect(text.contains("a\u{FFFD}[31m\u{FFFD}\u{FFFD}2Jb\tc\n ^"))
    }

    @Test func `a caret points into the middle of a long line`() {
        for letter in ["x", "é", "🔑"] {
            for before in [0, 119, 120, 121, 500, 4_000] {
                let text =
                    "k\n" + String(repeating: letter, count: before) + "!"
                    + String(repeating: letter, count: 4_000) + "\r\nnext"
                let start = 2 + before * letter.utf8.count
                let lines = Diagnostic(
                    DiagnosticCode("RULE", 12), "wrong",
                    in: SourceText(name: "a", text: text), at: SourceRange(start, start + 1)
                ).rendered().split(separator: "\n")
                #expect(lines[0].hasPrefix("a:2:\(before + 1): "))
                #expect(lines[1].count == 160)
                let caret = lines[2].count - 1
                #expect(caret == (before > 120 ? 60 : before))
                #expect(Array(lines[1])[caret] == "!")
            }
        }
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
