import ArkaModel
import ArkaRules
import Foundation
import Testing

/// No text, however broken, stops the compiler or makes it silent.
struct RobustnessTests {
    private static let sample = """
        // A sample with a bit of everything.
        rule first(priority: 10, on_unknown: review, tags: ["a", "b"]) {
            when {
                let total = transaction.amount * 1.5 + (transaction.fee ?? 0)
                total >= 10_000.50 and not (transaction.channel in ["web", "a\\"\\u{41}"])
                transaction.note is known or -transaction.count / 3 < 2
            }
            then {
                flag_for_review(reason: "large")
                require_manual_review(reason: "r", details: [1, null])
            }
        }
        rule second { when { customer.pep == true } then { reject(reason: "p") } }

        """

    private func compileBytes(_ bytes: [UInt8]) -> CompiledRules {
        let source = SourceText(name: "test.pact", utf8: bytes)
        let result = compileRules([source], layout: Payments.layout, onUnknown: nil)
        let hasErrors = result.diagnostics.contains { $0.severity == .error }
        #expect((result.book == nil) == hasErrors, "\(String(decoding: bytes, as: UTF8.self))")
        for diagnostic in result.diagnostics {
            #expect(diagnostic.range.end <= bytes.count)
            #expect(!diagnostic.rendered().isEmpty)
        }
        return result
    }

    @Test func `the sample is sound`() {
        #expect(compileBytes(Array(Self.sample.utf8)).diagnostics.map { $0.rendered() } == [])
    }

    @Test func `every beginning of a file is judged`() {
        let bytes = Array(Self.sample.utf8)
        for length in bytes.indices { _ = compileBytes(Array(bytes[..<length])) }
    }

    @Test func `every byte may be any of many others`() {
        let bytes = Array(Self.sample.utf8)
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
