import ArkaModel
import Testing

@testable import ArkaDocuments

/// What documents do without, and what libyaml must not be given.
@Suite struct YAMLFenceTests {
    private func diagnostics(
        _ text: String, _ limits: DocumentLimits = DocumentLimits()
    ) -> [Diagnostic] {
        parseYAML(SourceText(name: "a", text: text), limits: limits).diagnostics
    }

    @Test(arguments: [
        ("a: 1\nb: &x 2", "ARKA-DOC-0004", 2, 4, "anchors (&name) are not taken"),
        ("a: *x", "ARKA-DOC-0004", 1, 4, "aliases (*name) are not taken"),
        ("a: !!str 1", "ARKA-DOC-0004", 1, 4, "tags (!name) are not taken"),
        ("a: ! 1", "ARKA-DOC-0004", 1, 4, "tags (!name) are not taken"),
        ("<<: 1", "ARKA-DOC-0004", 1, 1, "merge keys (<<) are not taken"),
        ("? [a]\n: 1", "ARKA-DOC-0004", 1, 3, "a key is not a text"),
        ("%TAG ! t:\n---\na: 1", "ARKA-DOC-0004", 1, 1, "%TAG directives are not taken"),
        ("a: 1\nb: 2\na: 3", "ARKA-DOC-0005", 3, 1, "'a' is given twice, first at 1:1"),
        ("a: {b: 1, 'b': 2}", "ARKA-DOC-0005", 1, 11, "'b' is given twice, first at 1:5"),
        ("a: 1\n---\nb: 2", "ARKA-DOC-0006", 2, 1, "a second document begins here"),
        ("# nothing\n", "ARKA-DOC-0006", 1, 1, "the document is empty"),
        ("a:\n\tb: 1", "ARKA-DOC-0002", 2, 1, "a tab cannot indent"),
        ("a: b: c", "ARKA-DOC-0002", 1, 5, "a second ': ' in one line"),
        ("a: @b", "ARKA-DOC-0002", 1, 4, "a value cannot begin with this character"),
        (
            "a: 1\nb\nc: 2", "ARKA-DOC-0002", 3, 1,
            "a line is neither a key with ':' nor a list item with '-'"
        ),
        ("é: 1\nb: x\u{1}", "ARKA-DOC-0001", 2, 5, "the text holds a control character"),
        (
            "a: \"\\ud800\"", "ARKA-DOC-0002", 1, 7,
            "found invalid Unicode character escape code while parsing a quoted scalar that begins at 1:4"
        ),
    ])
    func `what is not taken is named where it stands`(
        text: String, code: String, line: Int, column: Int, message: String
    ) {
        let found = diagnostics(text)
        #expect(found.map(\.code.description) == [code])
        #expect(found.first?.message == message)
        #expect(found.first?.position == SourcePosition(line: line, column: column))
    }

    @Test func `faults that leave the tree whole are reported together`() {
        let found = diagnostics("a: &x 1\nb: !t 2\n<<: {}\na: 3\n")
        #expect(found.map { $0.position.line } == [1, 2, 3, 4])
    }

    @Test func `bytes that are no text never reach libyaml`() {
        let latin = parseYAML(SourceText(name: "a", utf8: Array("a: ".utf8) + [0xE9]))
        #expect(latin.diagnostics.map(\.code) == [.documentEncoding])
        #expect(latin.diagnostics.first?.range.start == 3)
        let wide = parseYAML(SourceText(name: "a", utf8: [0xFF, 0xFE, 0x61, 0x00]))
        #expect(wide.diagnostics.map(\.code) == [.documentEncoding])
        let zero = parseYAML(SourceText(name: "a", utf8: Array("a: b\0".utf8)))
        #expect(zero.diagnostics.map(\.code) == [.documentEncoding])
    }

    @Test func `unclosed brackets are an error with a place`() {
        #expect(diagnostics("a: [1, 2").map(\.code) == [.documentSyntax])
        #expect(diagnostics("a: {b: [").first.map { $0.position.line } == 1)
    }

    @Test func `nesting ends at its bound, whether in blocks or brackets`() {
        let brackets = { (count: Int) in
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        #expect(diagnostics(brackets(64)) == [])
        #expect(diagnostics(brackets(65)).map(\.message) == ["nested deeper than 64 levels"])
        #expect(diagnostics(brackets(1_024)).map(\.message) == ["nested deeper than 64 levels"])
        let dashes = String(repeating: "- ", count: 100_000) + "a"
        #expect(diagnostics(dashes).map(\.message) == ["nested deeper than 64 levels"])
    }

    @Test func `open brackets and directives are counted before libyaml sees them`() {
        let many = String(repeating: "[", count: 1_000_000)
        let found = diagnostics(many)
        #expect(found.map(\.message) == ["more than 1024 brackets are open here"])
        #expect(found.first?.range.start == 1_024)
        let braces = String(repeating: "{a: ", count: 100_000)
        #expect(diagnostics(braces).map(\.code) == [.documentTooLarge])
        let tags = (0..<40_000).map { "%TAG !t\($0)! t:\n" }.joined()
        #expect(diagnostics(tags).map(\.message) == ["more than 64 lines begin with %"])
        #expect(diagnostics(tags).first?.position.line == 65)
    }

    @Test func `size and number of values are bounded`() {
        let limits = DocumentLimits(bytesMax: 100, valuesMax: 10)
        #expect(
            diagnostics(String(repeating: "#", count: 101), limits).map(\.message) == [
                "the document is larger than 100 bytes"
            ])
        #expect(diagnostics("[1,2,3,4,5,6,7,8,9]", limits) == [])
        #expect(
            diagnostics("[1,2,3,4,5,6,7,8,9,0]", limits).map(\.message) == [
                "more than 10 values"
            ])
        let list = "[" + String(repeating: "1,", count: 200_000) + "]"
        #expect(diagnostics(list).map(\.code) == [.documentTooLarge])
    }

    @Test func `a bomb of aliases is refused at its first alias, with its anchors`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1..<30 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        let found = diagnostics(text)
        #expect(found.count == 3)
        #expect(found.last?.message == "aliases (*name) are not taken")
    }

    @Test func `a text with very many faults is given up`() {
        let text = (0..<5_000).map { "k\($0): !t x\n" }.joined()
        #expect(diagnostics(text).count == 100)
    }

    @Test func `no cut of a document and no odd byte in it ends in a crash`() {
        let text = Array(
            "a: &b [1, 'x', \"\\u00e9\", {c: |\n  d\n, ? e}]\n- *b\n%TAG ! é:\n--- !t\n".utf8)
        var generator = SystemRandomNumberGenerator()
        for length in 0...text.count {
            for odd: UInt8 in [0, 9, 10, 13, 0x22, 0x5B, 0x7B, 0x85, 0xC2, 0xFF] {
                var bytes = Array(text[..<length])
                bytes.append(odd)
                bytes.append(
                    contentsOf: text[length...].prefix(Int.random(in: 0...9, using: &generator)))
                let document = parseYAML(SourceText(name: "a", utf8: bytes))
                #expect(document.root != nil || !document.diagnostics.isEmpty)
                #expect(document.diagnostics.allSatisfy { $0.range.end <= bytes.count + 1 })
                _ = rendered(document.diagnostics)
            }
        }
    }
}
