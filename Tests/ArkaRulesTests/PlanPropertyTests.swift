import ArkaModel
import Foundation
import RandomRules
import Testing

@testable import ArkaRules

/// The plan says of every record what the tree walk says, down to the cause of what is unknown and to
/// the last byte of what comes out.
struct PlanPropertyTests {
    /// `make prove` asks for more through `ARKA_SEEDS`, a factor.
    private static let seeds: Range<UInt64> = {
        let factor = ProcessInfo.processInfo.environment["ARKA_SEEDS"].flatMap(UInt64.init) ?? 1
        return 0..<(400 * factor)
    }()

    private static let functions = FunctionTable([
        FunctionSignature(
            plugin: "p", name: "look", kind: .dataSource, parameters: [.init("key")]),
        FunctionSignature(
            plugin: "p", name: "act", kind: .action,
            parameters: [.init("what"), .init("how", isRequired: false)]),
    ])

    private static let inputs = RuleInputs(
        layout: Payments.untyped, functions: functions,
        listFile: { path, _ in
            let text = path == "texts.txt" ? "x\ny1\n2026-01-31\n" : "1\n2.0\n-7\n"
            return .success(SourceText(name: path, text: text))
        })

    @Test func `plan and tree walk agree on random rules and records`() throws {
        var coverage = PlanCoverage()
        var ruleCount = 0
        for seed in Self.seeds {
            var generator = RuleGenerator(seed: seed)
            let texts = (0..<5).map { generator.rule(named: "r\($0)") }.filter { text in
                compileRules([Self.source([text])], Self.inputs).book != nil
            }
            ruleCount += texts.count
            let source = Self.source(texts)
            let book = try #require(compileRules([source], Self.inputs).book)
            let interpreter = try #require(RuleInterpreter([source], Self.inputs))
            coverage.add(book)
            for _ in 0..<20 {
                let difference = compare(book, interpreter, &generator, &coverage)
                if let difference {
                    Issue.record("seed \(seed): \(difference)\n\(texts.joined())")
                    return
                }
            }
        }
        // What never occurs was not tested.
        #expect(coverage.missing.isEmpty)
        #expect(ruleCount > Self.seeds.count, "the generator makes too few sound rules")
    }

    private static func source(_ rules: [String]) -> SourceText {
        SourceText(name: "random.pact", text: RuleGenerator.declarations + rules.joined())
    }

    /// Evaluates one random transaction both ways; says where they differ.
    private func compare(
        _ book: RuleBook, _ interpreter: RuleInterpreter, _ generator: inout RuleGenerator,
        _ coverage: inout PlanCoverage
    ) -> String? {
        let inputs = generator.inputs()
        var tree = TreeWalk(inputs, fields: interpreter.fields, lists: interpreter.lists)
        var plan = PlanWalk(book: book, inputs: inputs)
        for index in book.calls.indices where generator.roll(5) > 0 {
            let answer = generator.answer()
            tree.answers[index] = answer
            plan.answers[CallID(index)] = answer
        }
        for (rule, planned) in zip(interpreter.rules, book.rules) {
            let expected = RuleOutcome(rule.result(tree))
            coverage.add(expected)
            if plan.result(of: planned) != expected {
                return "\(plan.result(of: planned)) instead of \(expected) on \(inputs)"
            }
            let outputs = rule.actions.map { $0.written(tree) }
            let plannedOutputs = planned.actions.map { $0.written(plan) }
            if outputs != plannedOutputs {
                return "\(plannedOutputs) instead of \(outputs) on \(inputs)"
            }
        }
        for (call, planned) in zip(interpreter.calls, book.calls) {
            let arguments = call.arguments.map { tree.written($0.value).jsonText }
            let plannedArguments = planned.arguments.map { plan.json($0.value) }
            if arguments != plannedArguments {
                return "\(plannedArguments) instead of \(arguments) on \(inputs)"
            }
        }
        return nil
    }
}

extension CheckedAction {
    /// What it says, as JSON.
    fileprivate func written(_ walk: TreeWalk) -> [String] {
        switch kind {
        case .decide(let kind, let reason, let details):
            [kind.rawValue] + [reason, details].map { $0.map { walk.written($0).jsonText } ?? "" }
        case .call(let call):
            [call.function.path]
                + call.arguments.map { $0.name + walk.written($0.value).jsonText }
        }
    }
}

extension PlannedAction {
    fileprivate func written(_ walk: PlanWalk) -> [String] {
        switch self {
        case .decide(let kind, let reason, let details):
            [kind.rawValue] + [reason, details].map { $0.map { walk.json($0) } ?? "" }
        case .call(let call):
            [call.function.path] + call.arguments.map { $0.name + walk.json($0.value) }
        }
    }
}
