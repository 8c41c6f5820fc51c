import ArkaEvaluate
import ArkaModel
import ArkaRules
import Foundation
import RandomRules
import Testing

/// The whole way, from the text of rules and records to decisions, against the plain interpreter of
/// the rule language, which shares neither planning nor decoding nor evaluation with the engine.
///
/// `ARKA_BOOKS` is a factor on 20,000 pairs of book and transaction; `make prove` takes 50.
struct AgreementTests {
    /// Books under test; each decides ``transactionCount`` transactions.
    private static let bookCount =
        100 * (ProcessInfo.processInfo.environment["ARKA_BOOKS"].flatMap { Int($0) } ?? 1)
    private static let transactionCount = 200

    private static let layout = RecordLayout(
        roots: [RecordLayout.Root(name: "transaction", path: [])], idPath: ["b"],
        eventTimePath: ["t"])
    private static let functions = FunctionTable([
        FunctionSignature(
            plugin: "p", name: "look", kind: .dataSource, parameters: [.init("key")]),
        FunctionSignature(
            plugin: "p", name: "act", kind: .action,
            parameters: [.init("what"), .init("how", isRequired: false)]),
    ])
    private static let inputs = RuleInputs(
        layout: layout, onUnknown: .review, functions: functions,
        listFile: { path, _ in
            let text = path == "texts.txt" ? "x\ny1\n2026-01-31\n" : "1\n2.0\n-7\n"
            return .success(SourceText(name: path, text: text))
        })

    @Test func `random books decide random transactions as the interpreter does`() throws {
        var coverage = Coverage()
        for seed in 0..<Self.bookCount {
            var generator = RuleGenerator(seed: UInt64(seed))
            // Nobody calls yet: what actions say is compared where no rule asks for a call.
            let mayCall = seed % 4 == 0
            let texts = (0..<(mayCall ? 8 : 16)).map { generator.rule(named: "r\($0)") }.filter {
                text in
                (mayCall || !text.contains("plugin.p.look"))
                    && compileRules([Self.source([text])], Self.inputs).book != nil
            }
            let source = Self.source(texts)
            let book = try #require(compileRules([source], Self.inputs).book)
            let interpreter = try #require(RuleInterpreter([source], Self.inputs))
            let engine = Engine(
                book, layout: Self.layout,
                options: EvaluationOptions(
                    kernels: KernelPath.available[seed % KernelPath.available.count],
                    isIndexed: seed % 8 < 4),
                jurisdiction: seed % 3 == 0 ? "x" : nil)
            let difference = compare(engine, interpreter, &generator, &coverage)
            if let difference {
                Issue.record("seed \(seed): \(difference)\n\(texts.joined())")
                return
            }
        }
        // What never occurs was not tested.
        #expect(coverage.truths == [.yes, .no, .unknown])
        let expected = Set(UnknownCause.allCases).subtracting(
            UnknownCause.ofCalls.subtracting([.notCalled]))
        #expect(coverage.causes == expected)
        #expect(coverage.detailCount > Self.bookCount)
    }

    private struct Coverage {
        var truths: Set<Truth> = []
        var causes: Set<UnknownCause> = []
        var detailCount = 0
    }

    private static func source(_ rules: [String]) -> SourceText {
        SourceText(name: "random.pact", text: RuleGenerator.declarations + rules.joined())
    }

    /// Decides random transactions both ways; says where they first differ.
    private func compare(
        _ engine: Engine, _ interpreter: RuleInterpreter, _ generator: inout RuleGenerator,
        _ coverage: inout Coverage
    ) -> String? {
        let records = (0..<Self.transactionCount).map { _ in generator.inputs().record.possible }
        var writer = RecordText(seed: UInt64(generator.roll(1_000_000)))
        let payloads = records.map { writer.bytes(of: $0) }
        for (row, result) in engine.evaluate(payloads).enumerated() {
            let inputs = RecordInputs(
                records[row], context: engine.context(of: records[row], offset: row))
            let expected = interpreter.evaluate(inputs)
            coverage.truths.formUnion(expected.map(\.truth))
            coverage.causes.formUnion(expected.compactMap(\.cause))
            if let difference = differs(result, expected) {
                return "\(difference)\n\(String(decoding: payloads[row], as: UTF8.self))"
            }
            guard engine.evaluator.plan.book.calls.isEmpty else { continue }
            let decided = interpreter.decide(inputs) { _ in [] }
            coverage.detailCount += decided.actions.count { $0.details != nil }
            if let difference = differs(result, decided) {
                return "\(difference)\n\(String(decoding: payloads[row], as: UTF8.self))"
            }
        }
        return nil
    }

    /// Truth, cause and the field named, for each rule.
    private func differs(_ result: RowResult, _ expected: [RuleResult]) -> String? {
        let decision = RecordValue(result)
        let unknown = decision["unknown"].elements.reduce(into: [String: RecordValue]()) {
            $0[$1["rule"].plainText] = $1
        }
        let fired = Set(decision["actions"].elements.map { $0["rule"].plainText })
        for rule in expected {
            let entry = unknown[rule.rule]
            let isSame =
                switch rule.truth {
                case .yes: fired.contains(rule.rule) && entry == nil
                case .no: !fired.contains(rule.rule) && entry == nil
                case .unknown:
                    !fired.contains(rule.rule) && entry?["cause"].plainText == rule.cause?.word
                        && entry?["error"].plainText.hasPrefix(rule.field ?? "") == true
                }
            if !isSame { return "\(rule) but \(result)" }
        }
        return nil
    }

    /// Status, actions, reasons and details.
    private func differs(_ result: RowResult, _ decided: DecidedTransaction) -> String? {
        guard result.status == decided.status else { return "\(decided.status) but \(result)" }
        let actions = RecordValue(result)["actions"].elements
        guard actions.count == decided.actions.count else { return "\(decided) but \(result)" }
        for (action, expected) in zip(actions, decided.actions) {
            let isSame =
                action["rule"].plainText == expected.rule
                && action["action"].plainText == expected.name
                && action["reason"].jsonText == (expected.reason ?? .null).jsonText
                && action["details"].jsonText == (expected.details ?? .null).jsonText
            if !isSame { return "\(expected) but \(result)" }
        }
        return nil
    }
}
