import ArkaModel
import PactPlugins
import Testing

@testable import ARKA

/// Everything that can end an evaluation, at the same time.
@Suite(.serialized, .timeLimit(.minutes(2))) struct StormTests {
    private static let rule = """
        rule said {
            when { plugin.echo_chamber.say(word: transaction.word).text == "a b" }
            then { reject(reason: "said") }
        }
        """

    @Test(arguments: 0..<9)
    func `evaluations end, whatever is cancelled, unloaded and shut down meanwhile`(
        _ round: Int
    ) async throws {
        let manager = PluginManagerTests.manager()
        let watch = Watch()
        try await manager.load(
            "echo-chamber", config: ["greeting": "a", "watch": watch.number])
        let engine = try ARKAEngine(
            pluginManager: manager, rules: [.text(Self.rule)],
            settings: EngineSettings(
                onUnknown: .review, decisionBudget: .seconds(600), lanes: 1 + round % 3))
        let evaluations = (0..<60).map { number in
            Task {
                // Equal ones share a call.
                try await engine.evaluate(
                    transaction: ["word": .string("b\(number % 7)")],
                    plugins: ["echo_chamber": true])
            }
        }
        await watch.waitForCalls(1)
        await withTaskGroup { group in
            for (number, evaluation) in evaluations.enumerated() where number % 3 == round % 3 {
                group.addTask { evaluation.cancel() }
            }
            group.addTask { _ = try? await manager.unload("echo-chamber") }
            group.addTask { await engine.shutdown() }
            group.addTask { await manager.shutdown() }
            group.addTask { await engine.shutdown() }
        }
        for evaluation in evaluations {
            switch await evaluation.result {
            case .success(let decision):
                #expect(decision.status == .compliant || !decision.unknown.isEmpty)
            case .failure(let error):
                #expect(error is CancellationError || error is EvaluationRefusal)
            }
        }
        #expect(watch.shutdownCount == 1 && manager.loaded.isEmpty)
    }
}
