import ArkaConfig
import ArkaModel
import ArkaRules
import ArkaStream

/// The rules of a topology under test.
final class TestedBook {
    /// What the reports call it.
    let name: String
    let topology: TopologySpec
    private let interpreter: RuleInterpreter
    /// Reads records as the engine does, whatever the rules.
    private let reading: RecordTrial
    /// The engine, by the jurisdiction that a test asks for.
    private var engines: [String?: RecordTrial] = [:]
    /// The rules that were true in a test so far.
    private var fired: Set<String> = []

    /// Prepares a topology; `nil` if its rules have an error.
    init?(_ name: String, _ topology: TopologySpec) {
        guard let interpreter = topology.interpreter() else { return nil }
        self.name = name
        self.topology = topology
        self.interpreter = interpreter
        reading = RecordTrial(topology, hasRules: false)
    }

    var coverage: RuleCoverage {
        RuleCoverage(
            book: name, ruleCount: interpreter.ruleNames.count,
            neverTrue: interpreter.ruleNames.filter { !fired.contains($0) })
    }

    /// Runs a test.
    func run(_ test: RuleTest) -> RuleTestResult {
        RuleTestResult(name: test.name, place: test.place, differences: differences(test))
    }

    private func differences(_ test: RuleTest) -> [RuleTestDifference] {
        switch reading.decide(test.transaction) {
        case .deadLetter(let reason): return compare(reason, test)
        case .decided:
            guard let record = test.transaction.value else {
                return [disagreement(test, "no JSON", "the record can be read")]
            }
            let decision = decide(record, test)
            fired.formUnion(decision.fired)
            var differences = RuleTestComparison(decision, test.expectation).differences
            if let letter = test.expectation.deadLetter {
                differences.append(
                    RuleTestDifference(
                        subject: "dead_letter", place: letter.place,
                        expected: "code: \(letter.value.code), path: \(letter.value.path)",
                        got: "the record can be read"))
            }
            return differences + engineDifferences(decision, test)
        }
    }

    private func decide(_ record: RecordValue, _ test: RuleTest) -> DecidedTransaction {
        let inputs = topology.inputs(record, test.transaction.surroundings)
        return interpreter.decide(inputs) { requests in
            requests.map { request in
                switch test.mocks.answer(to: request) {
                case .value(let answer)?:
                    .value(answer.completed(by: request.function.result))
                case .unknown(let cause)?: .unknown(cause)
                case nil: .value(interpreter.neutralAnswer(of: request.function))
                }
            }
        }
    }

    private func compare(
        _ reason: DeadLetterReason, _ test: RuleTest
    ) -> [RuleTestDifference] {
        let got = "code: \(reason.code.rawValue), path: \(reason.path)"
        guard let wanted = test.expectation.deadLetter else {
            return [
                RuleTestDifference(
                    subject: "record", place: test.place, expected: "a record that can be decided",
                    got: "a dead letter, \(got): \(reason.reason)")
            ]
        }
        let expected = "code: \(wanted.value.code), path: \(wanted.value.path)"
        guard got != expected else { return [] }
        return [
            RuleTestDifference(
                subject: "dead_letter", place: wanted.place, expected: expected, got: got)
        ]
    }

    // MARK: The engine

    /// What is decided without calls is decided by the engine too, and must come to the same.
    private func engineDifferences(
        _ decision: DecidedTransaction, _ test: RuleTest
    ) -> [RuleTestDifference] {
        guard decision.needsNoCall else { return [] }
        switch engine(for: test.transaction.surroundings.jurisdiction).decide(test.transaction) {
        case .deadLetter(let reason):
            return [disagreement(test, "it is decided", "a dead letter: \(reason.reason)")]
        case .decided(let engine):
            let plain = DecisionDigest(decision)
            guard engine != plain else { return [] }
            return [
                disagreement(
                    test, plain.lines.joined(separator: "\n"),
                    engine.lines.joined(separator: "\n"))
            ]
        }
    }

    private func engine(for jurisdiction: String?) -> RecordTrial {
        if let engine = engines[jurisdiction] { return engine }
        var topology = topology
        topology.jurisdiction = jurisdiction ?? topology.jurisdiction
        let engine = RecordTrial(topology)
        engines[jurisdiction] = engine
        return engine
    }

    private func disagreement(
        _ test: RuleTest, _ plain: String, _ engine: String
    ) -> RuleTestDifference {
        RuleTestDifference(
            subject: "the engine and the plain evaluation disagree: please report this",
            place: test.place, expected: plain, got: engine)
    }
}
