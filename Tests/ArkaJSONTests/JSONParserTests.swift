import ArkaJSON
import ArkaModel
import Testing

@Suite struct JSONParserTests {
    private func parse(_ text: String, _ limits: JSONLimits = JSONLimits()) -> JSONDocument {
        parseJSON(SourceText(name: "a.json", text: text), limits: limits)
    }

    private func bytes(_ text: String, _ range: SourceRange) -> String {
        String(decoding: Array(text.utf8)[range.start..<range.end], as: UTF8.self)
    }

    @Test func `every value and name knows its bytes`() throws {
        let text = #" {"é": [1.50, "a\n", null] , "b" : {"c":true}} "#
        let root = try #require(parse(text).root)
        #expect(bytes(text, root.range) == #"{"é": [1.50, "a\n", null] , "b" : {"c":true}}"#)
        guard case .object(let members) = root.kind, case .array(let items)? = root["é"]?.kind
        else {
            Issue.record("not an object with an array")
            return
        }
        #expect(members.map { bytes(text, $0.nameRange) } == [#""é""#, #""b""#])
        #expect(items.map { bytes(text, $0.range) } == ["1.50", #""a\n""#, "null"])
        #expect(bytes(text, try #require(root["b"]?["c"]).range) == "true")
    }

    @Test func `numbers keep their text and have an exact value`() throws {
        let root = try #require(parse("[1.50, 1e400, -0]").root)
        guard case .array(let items) = root.kind else {
            Issue.record("not an array")
            return
        }
        #expect(items.map(\.kind) == [.number("1.50"), .number("1e400"), .number("-0")])
        #expect(items[0].exactDecimal?.description == "1.5")
        #expect(items[1].exactDecimal == nil)
        #expect(items[2].exactDecimal == .zero)
        #expect(root.exactDecimal == nil)
    }

    @Test(arguments: [
        (#""\u0041\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\""#, "Aé😀/\u{8}\u{c}\n\r\t\"\\"),
        (#""\u0000""#, "\0"), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
    ])
    func `escapes are resolved`(text: String, expected: String) {
        #expect(parse(text).root?.kind == .string(expected))
    }

    @Test(arguments: [
        (#""\ud800""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"), (#""\ud800\n""#, "\u{FFFD}\n"),
        (#""\ud800\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}\u{1F600}"),
        (#""\ud83d\ude00""#, "\u{1F600}"),
    ])
    func `half of a surrogate pair is replaced where records are read, and nothing behind it is`(
        text: String, expected: String
    ) {
        let document = parseJSON(
            SourceText(name: "a.json", text: text), loneSurrogates: .replaced)
        #expect(document.root?.kind == .string(expected))
    }

    @Test func `every repeated name is reported with its first place`() {
        let document = parse("{\"a\": 1,\n \"a\": 2, \"b\": {\"\\u0061\": 1, \"a\": 3}}")
        #expect(document.root == nil)
        #expect(
            document.diagnostics.map(\.message) == [
                "'a' is given twice, first at 1:2", "'a' is given twice, first at 2:16",
            ])
        #expect(document.diagnostics.map { $0.position.line } == [2, 2])
    }

    @Test func `names that only look equal are two names`() {
        #expect(parse("{\"\u{E9}\": 1, \"e\u{301}\": 2}").root != nil)
    }

    @Test(arguments: [
        ("", "ARKA-JSON-0003", 1), ("[1,", "ARKA-JSON-0003", 4), ("[1 2]", "ARKA-JSON-0002", 4),
        ("[01]", "ARKA-JSON-0007", 3), ("[1.]", "ARKA-JSON-0007", 4),
        (#"["\x"]"#, "ARKA-JSON-0008", 4), (#"["\ud800"]"#, "ARKA-JSON-0008", 3),
        ("[\"\t\"]", "ARKA-JSON-0008", 3), ("1 1", "ARKA-JSON-0002", 3),
        ("\u{FEFF}1", "ARKA-JSON-0002", 1), ("{1: 2}", "ARKA-JSON-0002", 2),
        (#"{"a" 2}"#, "ARKA-JSON-0002", 6), ("nul", "ARKA-JSON-0002", 1),
    ])
    func `a fault has a code and a place`(text: String, code: String, column: Int) {
        let diagnostics = parse(text).diagnostics
        #expect(diagnostics.map(\.code.description) == [code])
        #expect(diagnostics.first?.position == SourcePosition(line: 1, column: column))
    }

    @Test func `invalid bytes are named where they stand`() {
        let document = parseJSON(SourceText(name: "a", utf8: Array("[\"a".utf8) + [0xC3, 0x28]))
        #expect(document.diagnostics.map(\.code) == [.jsonEncoding])
        #expect(document.diagnostics.first?.range.start == 3)
    }

    @Test func `size, depth and number of faults are bounded`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(parse(deep).diagnostics.map(\.code) == [.jsonTooDeep])
        #expect(parse(deep).diagnostics.first?.range.start == 128)
        #expect(parse("[[1]]", JSONLimits(depthMax: 2)).root != nil)
        #expect(parse("[1]", JSONLimits(bytesMax: 2)).diagnostics.map(\.code) == [.jsonTooLarge])
        let repeated = "{" + Array(repeating: #""a":1"#, count: 1_000).joined(separator: ",") + "}"
        #expect(parse(repeated).diagnostics.count == 100)
    }
}
