import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaJSON
import ArkaModel
import ArkaPipeline
import ArkaStream
import ArkaSystem
import Foundation
import Testing

/// The golden cases of every topology that the project ships, through the evaluation.
///
/// All cases of a file are one batch, so that rows with different fates stand beside each other.
@Suite struct GoldenCaseTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Paths of the files with cases, such as `…/topologies/card-payments/cases/amounts.yaml`.
    static let files: [String] = {
        let topologies = project + "/topologies"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: topologies)) ?? []
        return names.filter { $0.contains("/cases/") && $0.hasSuffix(".yaml") }.sorted()
            .map { topologies + "/" + $0 }
    }()

    @Test func `there are cases`() {
        #expect(Self.files.count >= 2)
    }

    @Test(arguments: files)
    func `every case ends as it says`(path: String) throws {
        let cases = try #require(loadCases(path: path, files: .system).value)
        let folder = path.prefix(upTo: try #require(path.range(of: "/cases/")).lowerBound)
        let topology = try #require(
            loadTopology(path: folder + "/topology.yaml", environment: [:], files: .system).value)
        let letters = CollectedLetters()
        let decisions = try decisions(of: cases, by: topology, letters: letters)
        for (index, golden) in cases.enumerated() {
            let line = index + 1
            let outcome = try decisions[line].map(outcome) ?? letters.outcomes[line]
            #expect(outcome == golden.outcome, "\(golden.name)")
        }
    }

    /// Decides the records of all cases; what was decided, by line.
    private func decisions(
        of cases: [GoldenCase], by topology: TopologySpec, letters: CollectedLetters
    ) throws -> [Int: JSONNode] {
        let directory = try TemporaryDirectory()
        let text = cases.map { $0.record + "\n" }.joined()
        let evaluator = BatchEvaluator(
            plan: EvaluationPlan(topology), options: EvaluationOptions(deterministic: true))
        let evaluation = FileEvaluation(
            input: try LineReader(path: try directory.write("in", Array(text.utf8))),
            output: try FileWriter(path: directory.file("out")), deadLetters: letters,
            decider: EvaluatorDecider(evaluator: evaluator, origin: .file("in")) { _, _ in })
        try evaluation.run { true }
        #expect(evaluation.ledger.difference == 0)
        var decisions: [Int: JSONNode] = [:]
        let output = try String(contentsOfFile: directory.file("out"), encoding: .utf8)
        for line in output.split(separator: "\n") {
            let decision = try #require(
                parseJSON(SourceText(name: "out", text: String(line))).root)
            let id = try member(decision, "decision_id")
            decisions[try #require(Int(id.dropFirst("in/".count)))] = decision
        }
        return decisions
    }

    private func outcome(_ decision: JSONNode) throws -> GoldenCase.Outcome {
        let word = try member(decision, "status")
        let status = try #require(DecisionStatus.allCases.first { $0.word == word })
        guard case .array(let actions)? = decision["actions"]?.kind else {
            return .decision(status, rules: [])
        }
        return .decision(status, rules: try actions.map { try member($0, "rule") })
    }

    private func member(_ node: JSONNode, _ name: String) throws -> String {
        guard case .string(let text)? = node[name]?.kind else {
            throw SystemError(.cannotReadFile, "out", "no text '\(name)'")
        }
        return text
    }
}

/// Keeps why lines could not be decided.
private final class CollectedLetters: DeadLetterSink {
    var outcomes: [Int: GoldenCase.Outcome] = [:]

    func add(_ letter: OfflineDeadLetter) {
        outcomes[Int(letter.line)] = .deadLetter(
            code: letter.reason.code.rawValue, path: letter.reason.path)
    }

    func flush() {}
}
