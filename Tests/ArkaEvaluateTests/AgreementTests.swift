import ArkaEvaluate
import ArkaModel
import ArkaRules
import Foundation
import RandomRules
import Testing

/// The whole way, from the text of rules and records to decisions, against the plain interpreter of
/// the rule language, which shares neither planning nor decoding nor evaluation with the engine.
///
/// `ARKA_SEEDS` is a factor on 20,000 pairs of book and transaction; `make prove` takes 50.
struct AgreementTests {
    /// Books under test; each decides ``transactionCount`` transactions.
    private static let bookCount =
        100 * (ProcessInfo.processInfo.environment["ARKA_SEEDS"].flatMap { Int($0) } ?? 1)
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
            let texts = (0..<8).map { generator.rule(named: "r\($0)") }.filter { text in
                compileRules([Self.source([text])], Self.inputs).book != nil
            }
            let source = Self.source(texts)
            let book = try #require(compileRules([source], Self.inputs).book)
            let interpreter = try #require(RuleInterpreter([source], Self.inputs))
            let engine = Engine(
                book, layout: Self.layout,
                options: EvaluationOptions(
                    kernels: KernelPath.available[seed % KernelPath.available.count],
                    isIndexed: seed % 2 == 0),
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
        let records = (0..<Self.transactionCount).map { _ in generator.inputs().record }
        var writer = RecordText(seed: UInt64(generator.roll(1_000_000)))
        let payloads = records.map { writer.bytes(of: $0) }
        for (row, result) in engine.evaluate(payloads).enumerated() {
            let inputs = RecordInputs(
                records[row], context: context(engine, records[row], offset: row))
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

    private func context(
        _ engine: Engine, _ record: RecordValue, offset: Int
    ) -> [RuleContext: RecordValue] {
        var context: [RuleContext: RecordValue] = [
            .topology: .string(Array((engine.evaluator.plan.topology ?? "").utf8)),
            .topic: .string(Array(engine.origin.name.utf8)), .partition: 3,
            .offset: .number(ExactDecimal(Int64(offset))),
            .eventTime: .number(ExactDecimal(fast: engine.timestamp * 1000)),
        ]
        context[.jurisdiction] = engine.evaluator.plan.jurisdiction.map {
            .string(Array($0.utf8))
        }
        guard case .object(let members) = record else { return context }
        switch members[Array("b".utf8)] {
        case .string(let text)?: context[.transactionID] = .string(text)
        case .number(let number)?: context[.transactionID] = .number(number)
        default: break
        }
        // What a record says of itself counts to the millisecond, as decisions state it.
        if case .string(let text)? = members[Array("t".utf8)],
            let time = SlowSchema.milliseconds(String(decoding: text, as: UTF8.self)),
            SlowEvaluator.stamp(time).utf8.count == 24
        {
            context[.eventTime] = .number(ExactDecimal(fast: time * 1000))
        }
        return context
    }

    /// Truth, cause and the field named, for each rule.
    private func differs(_ result: RowResult, _ expected: [RuleResult]) -> String? {
        let unknown = (result.members["unknown"] as? [[String: Any]] ?? []).reduce(
            into: [String: (cause: String, error: String)]()
        ) { found, entry in
            found["\(entry["rule"] ?? "")"] = ("\(entry["cause"] ?? "")", "\(entry["error"] ?? "")")
        }
        let fired = Set(result.fired)
        for rule in expected {
            let entry = unknown[rule.rule]
            let isSame =
                switch rule.truth {
                case .yes: fired.contains(rule.rule) && entry == nil
                case .no: !fired.contains(rule.rule) && entry == nil
                case .unknown:
                    !fired.contains(rule.rule) && entry?.cause == rule.cause?.word
                        && (rule.field.map { entry?.error.hasPrefix($0) == true } ?? true)
                }
            if !isSame { return "\(rule) but \(result)" }
        }
        return nil
    }

    /// Status, actions, reasons and details.
    private func differs(_ result: RowResult, _ decided: DecidedTransaction) -> String? {
        guard result.status == decided.status else { return "\(decided.status) but \(result)" }
        let actions = result.members["actions"] as? [[String: Any]] ?? []
        guard actions.count == decided.actions.count else { return "\(decided) but \(result)" }
        for (action, expected) in zip(actions, decided.actions) {
            let isSame =
                action["rule"] as? String == expected.rule
                && action["action"] as? String == expected.name
                && isSame(action["reason"], expected.reason)
                && isSame(action["details"], expected.details)
            if !isSame { return "\(expected) but \(result)" }
        }
        return nil
    }

    /// As JSON: the members of an object have no order.
    private func isSame(_ found: Any?, _ expected: RecordValue?) -> Bool {
        guard let expected else { return found == nil }
        let wanted = try? JSONSerialization.jsonObject(
            with: Data(expected.jsonText.utf8), options: [.fragmentsAllowed])
        return (found as? NSObject) == (wanted as? NSObject)
    }
}
