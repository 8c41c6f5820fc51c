import ArkaModel
import ArkaRules
import Foundation
import Testing

/// No text, however broken, stops the compiler or makes it silent.
struct RobustnessTests {
    private static let sample = #"""
        // A sample with a bit of everything.
        const limit = 10_000.50 / 2
        list channels = ["web", "a\"\u{41}"]
        list countries from "countries.csv" column "iso2"
        rule first(priority: 10, on_unknown: review, tags: ["a", "b"]) {
            when {
                let total = transaction.amount * 1.5 + (transaction.fee ?? 0)
                total >= limit and not (transaction.channel in list.channels)
                transaction.note is known or -transaction.count / 3 < 2
                let geo = plugin.geo_enrichment.enrich_geography(country_code: customer.country)
                geo.geo_risk_score > 80 or customer.country not in list.countries
                context.event_time - transaction.created_at < 1.5h
            }
            then {
                flag_for_review(reason: "large \(round(total / 3, 2)) \("in \(geo.region)")")
                require_manual_review(reason: "r", details: [1, null, transaction.items[0].sku])
            }
        }

        """#

    private static let second = #"""
        rule second { when { customer.pep == true
            lower(transaction.channel) matches "^w\\d" or transaction.labels contains "x" }
          then { plugin.alert_system.send_alert(severity: "low", message: "m", channels: []) } }

        """#

    private func compileBytes(_ bytes: [UInt8]) -> CompiledRules {
        let source = SourceText(name: "test.pact", utf8: bytes)
        let result = compileRules([source], Payments.inputs())
        let hasErrors = result.diagnostics.contains { $0.severity == .error }
        #expect((result.book == nil) == hasErrors, "\(String(decoding: bytes, as: UTF8.self))")
        for diagnostic in result.diagnostics {
            #expect(diagnostic.range.end <= diagnostic.source.utf8.count)
            #expect(!diagnostic.rendered().isEmpty)
        }
        return result
    }

    @Test func `the sample is sound`() {
        for text in [Self.sample, Self.second] {
            #expect(compileBytes(Array(text.utf8)).diagnostics.map { $0.rendered() } == [])
        }
    }

    @Test(arguments: [sample, second])
    func `every beginning of a file is judged`(text: String) {
        let bytes = Array(text.utf8)
        for length in bytes.indices { _ = compileBytes(Array(bytes[..<length])) }
    }

    @Test(arguments: [sample, second])
    func `every byte may be any of many others`(text: String) {
        let bytes = Array(text.utf8)
        let strangers =
            Array("\0\n\r \"\\()[]{}.,:;=<>?&'-+/*_9aZ~".utf8) + [0x7F, 0x80, 0xC3, 0xFF]
        for index in bytes.indices {
            // Each place meets a third of them; neighbours meet the others.
            for stranger in strangers.indices where (stranger + index).isMultiple(of: 3) {
                var mutated = bytes
                mutated[index] = strangers[stranger]
                _ = compileBytes(mutated)
            }
            var shorter = bytes
            shorter.remove(at: index)
            _ = compileBytes(shorter)
        }
    }

    @Test(arguments: [
        ("(", ")"), ("not ", ""), ("-", ""), ("not (", ")"), ("[", "]"), ("lower(", ")"),
        ("plugin.lookup.any(key: ", ")"), ("length(transaction.x) + (", ")"),
    ])
    func `ten thousand levels are one diagnostic`(open: String, close: String) {
        let nested =
            String(repeating: open, count: 10_000) + "1" + String(repeating: close, count: 10_000)
        let diagnostics = compile(rule("transaction.recurring == (\(nested))")).diagnostics
        #expect(diagnostics.map(\.code.description) == ["ARKA-RULE-0013"])
        #expect(compile(rule(String(repeating: open, count: 10_000))).diagnostics.count == 1)
    }

    @Test func `long chains are taken or refused, never followed to the end of the stack`() {
        let parts = [String](repeating: "transaction.recurring", count: 10_000)
        #expect(compile(rule(parts.joined(separator: " and "))).book != nil)
        #expect(compile(rule(parts.joined(separator: "\n"))).book != nil)
        #expect(compile(rule(parts.joined(separator: " + ") + " > 5")).diagnostics.count == 1)
        #expect(compile(rule(parts.joined(separator: " ?? "))).diagnostics.count == 1)
        let numbers = (0..<10_000).map { "\($0)" }.joined(separator: ", ")
        #expect(compile(rule("transaction.amount in [\(numbers)]")).book?.predicates.count == 1)
    }

    @Test func `lets that double are refused before they fill the memory`() {
        let lets = (1..<200).map { "let l\($0) = l\($0 - 1) and l\($0 - 1)" }
        let text = "let l0 = transaction.recurring\n" + lets.joined(separator: "\n") + "\nl199"
        #expect(
            compile(rule(text)).diagnostics.map(\.code.description) == ["ARKA-RULE-0031"])
    }

    @Test func `texts that double are refused before they fill the memory`() {
        let lets = (1..<60).map { "let l\($0) = \"\\(l\($0 - 1))\\(l\($0 - 1))\"" }
        let text = "let l0 = transaction.channel\n" + lets.joined(separator: "\n")
        let inCondition = rule(text + "\nl59 == \"x\"")
        #expect(compile(inCondition).diagnostics.map(\.code.description) == ["ARKA-RULE-0031"])
        let inReason = rule(text + "\ncustomer.pep", then: "reject(reason: l59)")
        #expect(compile(inReason).diagnostics.map(\.code.description) == ["ARKA-RULE-0031"])
        let some = rule(
            text.split(separator: "\n").prefix(13).joined(separator: "\n") + "\ncustomer.pep",
            then: "reject(reason: l12)\n"
                + (0..<50).map { _ in "require_manual_review(reason: \"r\", details: [l12, l12])" }
                .joined(separator: "\n"))
        #expect(compile(some).diagnostics.map(\.code.description) == ["ARKA-RULE-0031"])
    }

    @Test(arguments: [
        ("\"\\(", ")\""), ("lower(\"\\(", ")\")"), ("\"\\((", "))\""),
    ])
    func `texts within texts within texts have a bound`(open: String, close: String) {
        let nested =
            String(repeating: open, count: 10_000) + "1" + String(repeating: close, count: 10_000)
        let diagnostics = compile(rule("transaction.channel == \(nested)")).diagnostics
        #expect(diagnostics.map(\.code.description) == ["ARKA-RULE-0013"])
        let unclosed = String(repeating: open, count: 10_000)
        #expect(compile(rule("transaction.channel == \(unclosed)")).diagnostics.count == 1)
    }

    /// What would be quadratic takes minutes here.
    @Test func `a megabyte of texts with values is read once`() throws {
        let line =
            #"reject(reason: "amount \(transaction.amount) of \(lower("\(customer.id)!")) x")"#
        let texts = (0..<320).map { index in
            rule(
                "transaction.amount > \(index)", name: "r\(index)",
                then: [String](repeating: line, count: 40).joined(separator: "\n"))
        }
        let text = texts.joined()
        #expect(text.utf8.count > 1_000_000)
        let book = try #require(compile(text).book)
        #expect(book.rules.count == 320)
        #expect(book.rules[319].actions.count == 40)
    }

    @Test func `many values in one text, and one too many`() {
        func reason(_ count: Int) -> String {
            let values = String(repeating: #"\(transaction.amount)"#, count: count)
            return rule("customer.pep", then: "reject(reason: \"\(values)\")")
        }
        #expect(compile(reason(9_000)).book != nil)
        #expect(compile(reason(60_000)).diagnostics.map(\.code.description) == ["ARKA-RULE-0031"])
    }

    @Test func `lists may be huge`() throws {
        let values = (0..<100_000).map { "\"v\($0)\"" }.joined(separator: ", ")
        let text =
            "list many = [\(values)]\n" + rule("transaction.channel in list.many", name: "a")
            + rule("lower(transaction.channel) not in list.many", name: "b")
        #expect(try #require(compile(text).book).predicates.count == 2)
        let lines = (0..<100_000).map { "v\($0)\n" }.joined()
        let inputs = RuleInputs(
            layout: Payments.layout,
            listFile: { path, _ in .success(SourceText(name: path, text: lines)) })
        let file = SourceText(
            name: "a.pact",
            text: "list many from \"f\"\n" + rule("transaction.channel in list.many"))
        #expect(compileRules([file], inputs).book?.lists.count == 1)
    }

    @Test func `many calls, arguments and declarations are read once`() {
        let calls = (0..<2_000).map {
            "plugin.lookup.any(key: \($0), second: [\($0), null]).x is known"
        }
        #expect(compile(rule(calls.joined(separator: "\n"))).book?.calls.count == 2_000)
        let constants = (0..<10_000).map { "const c\($0) = \($0)\n" }.joined()
        #expect(compile(constants + rule("transaction.amount > c9999")).book != nil)
        let lists = (0..<10_000).map { "list l\($0) = [\($0)]\n" }.joined()
        #expect(compile(lists + rule("transaction.amount in list.l9999")).book != nil)
        let arguments = (0..<10_000).map { "a\($0): 1" }.joined(separator: ", ")
        let flood = compile(rule("plugin.lookup.any(key: 1, \(arguments)).x is known"))
        #expect(flood.diagnostics.count == 201)
    }

    @Test func `a file beyond the limit is refused`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: (16 << 20) + 1)
        #expect(compileBytes(bytes).diagnostics.map(\.code.description) == ["ARKA-RULE-0002"])
    }

    @Test func `all errors of all files come at once, in order`() {
        let sources = ["transaction.amuont > 5", "transaction.amount > \"5\"", "customer.pep"]
            .enumerated().map { index, condition in
                SourceText(name: "\(index).pact", text: rule(condition))
            }
        let result = compileRules(sources, layout: Payments.layout, onUnknown: nil)
        #expect(
            result.diagnostics.map { "\($0.source.name) \($0.code)" } == [
                "0.pact ARKA-RULE-0041", "1.pact ARKA-RULE-0020", "1.pact ARKA-RULE-0050",
                "2.pact ARKA-RULE-0020",
            ])
    }

    @Test(arguments: [10, 100, 1000])
    func `the workload's books compile`(count: Int) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "bench/workload/rules-\(count).pact")
        let source = SourceText(
            name: file.lastPathComponent, utf8: Array(try Data(contentsOf: file)))
        let result = compileRules([source], layout: RecordLayout(), onUnknown: nil)
        // Only that there is no schema is worth a word, and that random conditions now and then
        // contradict each other.
        #expect(result.diagnostics.first?.code.description == "ARKA-RULE-0044")
        #expect(
            result.diagnostics.dropFirst().allSatisfy { $0.code.description == "ARKA-RULE-0060" })
        #expect(result.diagnostics.count <= 1 + count / 5)
        #expect(result.book?.rules.count == count)
    }
}
