import ArkaConfig
import ArkaModel
import ArkaResilience
import PactPlugins
import Testing

@testable import ARKA

/// `evaluate(transaction:plugins:)`: what is not enabled is unavailable.
@Suite struct EnabledPluginTests {
    private static let rules = """
        rule greeted {
            when {
                transaction.amount > 10
                plugin.echo_chamber.say(word: transaction.word).text == "hello world"
            }
            then { reject(reason: "greeted") }
        }
        rule seven {
            when { plugin.plain.seven().value == transaction.amount }
            then { flag_for_review(reason: "seven") }
        }
        rule large {
            when { transaction.amount > 1000 }
            then { flag_for_review(reason: "large") }
        }
        """

    private let manager = PluginManagerTests.manager()
    private let watch = Watch()

    private func engine(_ functions: [FunctionUse] = []) async throws -> ARKAEngine {
        try await manager.load(
            "pact/echo-chamber", config: ["greeting": "hello", "watch": watch.number],
            functions: functions)
        try await manager.load("pact/plain")
        return try ARKAEngine(
            pluginManager: manager, rules: [.text(Self.rules)],
            settings: EngineSettings(onUnknown: .review, decisionBudget: .seconds(600)))
    }

    private func end(_ engine: ARKAEngine) async {
        await engine.shutdown()
        await manager.shutdown()
    }

    private let world: PluginValue = ["word": "world", "amount": 20]

    // acceptance: S-105
    @Test func `a plugin that is not enabled is unavailable, and rules that need it say so`()
        async throws
    {
        let engine = try await engine()
        let both = ["echo_chamber": true, "plain": true]
        let enabled = try await engine.evaluate(transaction: world, plugins: both)
        #expect(enabled.status == .rejected && enabled.unknown.isEmpty && !enabled.isDegraded)
        #expect(watch.calls == ["world"])

        for plugins in [["plain": true], ["plain": true, "echo_chamber": false]] {
            let decision = try await engine.evaluate(transaction: world, plugins: plugins)
            #expect(decision.status == .manualReview, "\(decision.json)")
            #expect(decision.unknown.map(\.name) == ["greeted"])
            #expect(decision.unknown.map(\.cause) == [.disabled])
            #expect(decision.unknown[0].error.contains("its plugin is not enabled"))
            #expect(decision.isDegraded)
            let call = try #require(decision.calls.first { $0.function == "echo_chamber.say" })
            #expect(call.outcome == "skipped")
            #expect(call.error?.contains("the plugin echo_chamber is not enabled") == true)
            #expect(decision.calls.last?.outcome == "answered", "the other plugin is asked")
        }
        #expect(watch.calls == ["world"], "it is not called")

        let neither = try await engine.evaluate(transaction: world, plugins: [:])
        #expect(neither.unknown.map(\.name) == ["greeted", "seven"])
        // A rule that is decided without the plugin needs none.
        let small = try await engine.evaluate(
            transaction: ["word": "world", "amount": 5], plugins: ["plain": true])
        #expect(small.status == .compliant && small.unknown.isEmpty && !small.isDegraded)

        let again = try await engine.evaluate(transaction: world, plugins: both)
        #expect(again.status == .rejected && again.calls[0].outcome == "cached")

        for plugins in [["echo_chambre": true], ["echo_chambre": false, "plain": true]] {
            let refusal = await #expect(throws: EvaluationRefusal.self) {
                try await engine.evaluate(transaction: world, plugins: plugins)
            }
            #expect(refusal?.kind == .unknownPlugin)
            let text = refusal?.description ?? ""
            #expect(text.contains("'echo_chambre'"), "\(text)")
            #expect(text.contains("did you mean 'echo_chamber'?"), "\(text)")
            #expect(text.contains("ARKA-EVAL-0001"))
        }
        await end(engine)
    }

    @Test func `evaluations with different plugins do not disturb each other`() async throws {
        let engine = try await engine()
        try await withThrowingTaskGroup(of: (Int, Decision).self) { group in
            for number in 0..<400 {
                group.addTask { [world] in
                    let plugins = ["echo_chamber": number % 2 == 0, "plain": number % 3 == 0]
                    return (number, try await engine.evaluate(transaction: world, plugins: plugins))
                }
            }
            for try await (number, decision) in group {
                let unknown =
                    (number % 2 == 0 ? [] : ["greeted"]) + (number % 3 == 0 ? [] : ["seven"])
                #expect(decision.unknown.map(\.name) == unknown, "\(decision.json)")
                #expect(decision.rules == (number % 2 == 0 ? ["greeted"] : []))
            }
        }
        await end(engine)
    }

    @Test func `an unloaded plugin is unavailable, and cannot be enabled any more`()
        async throws
    {
        let engine = try await engine()
        try await manager.unload("echo_chamber")
        #expect(engine.allPlugins == ["plain": true])
        let decision = try await engine.evaluate(transaction: world, plugins: engine.allPlugins)
        #expect(decision.unknown.map(\.cause) == [.disabled])
        await #expect(throws: EvaluationRefusal.self) {
            try await engine.evaluate(transaction: world, plugins: ["echo_chamber": true])
        }
        #expect(watch.calls.isEmpty)
        await end(engine)
    }

    @Test func `nobody waits for a plugin that is not enabled, even if its calls are held`()
        async throws
    {
        var held = FunctionUse("say")
        held.whenUnavailable = .hold
        let engine = try await engine([held])
        let decision = try await engine.evaluate(transaction: world, plugins: [:])
        #expect(decision.unknown.map(\.cause) == [.disabled, .disabled])
        await end(engine)
    }
}
