import ArkaModel
import Foundation
import Testing

@testable import ArkaRules

/// What the formatter makes of files, and what it must not change in them.
struct FormattingTests {
    @Test(arguments: RuleSamples.names(in: "formatting"))
    func `every file of the corpus is laid out as recorded`(name: String) throws {
        let file = RuleSamples.corpus.appending(path: "formatting/\(name)")
        let expectedFile = file.deletingPathExtension().appendingPathExtension("formatted")
        let formatted = try #require(layOutRules(try RuleSamples.source(file)))
        if ProcessInfo.processInfo.environment["ARKA_UPDATE_GOLDEN"] == "1" {
            try Data(formatted).write(to: expectedFile, options: .atomic)
        }
        let text = String(decoding: formatted, as: UTF8.self)
        #expect(text == (try String(contentsOf: expectedFile, encoding: .utf8)))
        #expect(layOutRules(SourceText(name: name, utf8: formatted)) == formatted)
    }

    @Test(arguments: RuleSamples.names(in: "formatting"))
    func `the corpus holds what the language takes`(name: String) throws {
        let source = try RuleSamples.source(
            RuleSamples.corpus.appending(path: "formatting/\(name)"))
        #expect(syntaxErrors(of: source).map { $0.rendered() } == [])
    }

    @Test func `the corpus is complete`() {
        #expect(RuleSamples.names(in: "formatting").count >= 8)
    }

    @Test(arguments: RuleSamples.all)
    func `tokens, comments, statements and meaning stay`(file: URL) throws {
        let source = try RuleSamples.source(file)
        guard syntaxErrors(of: source).isEmpty else { return }
        let formatted = SourceText(name: source.name, utf8: try #require(layOutRules(source)))
        let before = RuleReading(source)
        let after = RuleReading(formatted)
        #expect(before.tokens == after.tokens)
        #expect(before.comments == after.comments)
        #expect(before.statements == after.statements)
        #expect(layOutRules(formatted) == formatted.utf8)
        for layout in [Payments.layout, Payments.untyped] {
            let book = compileRules([source], layout: layout, onUnknown: .review).book
            let other = compileRules([formatted], layout: layout, onUnknown: .review).book
            #expect(book?.rules == other?.rules)
            #expect(book?.predicates == other?.predicates)
            #expect(book?.fields == other?.fields)
        }
    }

    @Test func `rule books stand behind the samples`() throws {
        let books = try RuleSamples.all.filter { file in
            let source = try RuleSamples.source(file)
            return compileRules([source], layout: Payments.untyped, onUnknown: .review).book != nil
        }
        #expect(books.count >= 12)
    }

    // MARK: What is refused

    @Test func `a file with errors is refused whole, with all of them`() {
        let source = SourceText(
            name: "a.pact", text: rule("transaction.amount > \n 5 & 3") + "rule {}\n")
        guard case .refused(let diagnostics) = formatRules(source) else {
            Issue.record("it was formatted")
            return
        }
        #expect(
            diagnostics.map(\.code.description) == ["ARKA-RULE-0004", "ARKA-RULE-0010"])
    }

    @Test func `bytes that are no text, and too many of them, are refused`() {
        let large = [UInt8](repeating: UInt8(ascii: "\n"), count: (16 << 20) + 1)
        for (bytes, code) in [([0x72, 0xFF], "ARKA-RULE-0001"), (large, "ARKA-RULE-0002")] {
            let result = formatRules(SourceText(name: "a.pact", utf8: bytes))
            guard case .refused(let diagnostics) = result else {
                Issue.record("formatted instead of \(code)")
                continue
            }
            #expect(diagnostics.map(\.code.description) == [code])
        }
    }

    @Test func `a file that would be too large once it is formatted is refused`() {
        let open = String(repeating: "(", count: 90)
        let list = String(repeating: "\n1,", count: 60_000)
        let condition = "\(open.map { "\($0)\n" }.joined())transaction.amount in [\(list)]"
        let text = rule(condition + open.map { _ in ")" }.joined())
        guard case .refused(let diagnostics) = formatRules(SourceText(name: "a", text: text)) else {
            Issue.record("it was formatted")
            return
        }
        #expect(diagnostics.map(\.code.description) == ["ARKA-RULE-0002"])
    }

    @Test(arguments: ["transaction.amuont > 5", "5", "later > \"x\"", "let unused = 5"])
    func `names and types do not matter`(condition: String) throws {
        #expect(try formatted(rule(condition)).contains("\n        \(condition)\n"))
    }

    // MARK: Bytes

    @Test func `line ends become LF, and the byte order mark goes`() throws {
        let text = rule("// a \r\n transaction.recurring // b\u{E9}\t").replacing(
            "\n", with: "\r\n")
        let plain = try formatted(rule("// a\ntransaction.recurring // b\u{E9}"))
        #expect(try formatted("\u{FEFF}" + text) == plain)
        #expect(!plain.utf8.contains(UInt8(ascii: "\r")))
        #expect(plain.hasSuffix("}\n"))
    }

    @Test(arguments: [
        ("", ""), ("\n\n", ""), ("\u{FEFF}", ""), (" \t", ""), ("// a", "// a\n"),
        ("\n //a \n\n\n // b\n\n", "//a\n\n// b\n"), ("//", "//\n"), ("// \n", "//\n"),
    ])
    func `files without rules hold their comments`(text: String, expected: String) throws {
        #expect(try formatted(text) == expected)
    }

    @Test func `a text keeps its bytes`() throws {
        let condition = #"transaction.channel == "  // \"{\u{41}}\\  ""#
        #expect(try formatted(rule(condition)).contains(condition + "\n"))
    }

    @Test func `ten thousand lines come out as they went in`() throws {
        let lines = (0..<2_000).map { index in
            rule(
                "// c\n let a = 1 // d\n (transaction.amount > a\n or customer.pep)",
                name: "r\(index)", attributes: "(priority: \(index))")
        }
        let text = lines.joined()
        #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } > 10_000)
        let long = try formatted(text)
        let short = try formatted(lines[0])
        #expect(long.components(separatedBy: "\n\nrule ").count == 2_000)
        #expect(long.hasPrefix(short + "\nrule r1(priority: 1) {\n"))
    }

    // MARK: Project files

    /// The rules of the plugin guide stand as it prints them.
    private static let ownRules = RuleSamples.files(below: "topologies")
        .filter { !$0.path.contains("/plugin-guide/") }

    @Test(arguments: ownRules)
    func `the topologies' rules are formatted`(file: URL) throws {
        let source = try RuleSamples.source(file)
        #expect(formatRules(source) == .text(source.utf8), "run: pact rules fmt \(file.path)")
    }

    @Test(arguments: ["README.md", "docs/spec/rule-language.md", "docs/guide/rule-authoring.md"])
    func `rules in the documents are formatted`(path: String) throws {
        let text = try String(
            contentsOf: RuleSamples.project.appending(path: path), encoding: .utf8)
        let blocks = text.matches(of: /(?ms)^```(?:pact)?\n((?:rule |const |\/\/ ).*?)^```$/).map {
            String($0.1)
        }
        #expect(!blocks.isEmpty)
        for block in blocks { #expect(try formatted(block) == block) }
    }

    private func formatted(_ text: String) throws -> String {
        let result = formatRules(SourceText(name: "test.pact", text: text))
        guard case .text(let bytes) = result else {
            throw Refused(result: result)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private struct Refused: Error {
        let result: FormattedRules
    }
}
