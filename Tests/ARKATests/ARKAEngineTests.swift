import ArkaModel
import ArkaSystem
import PactPlugins
import Synchronization
import Testing

@testable import ARKA

@Suite struct ARKAEngineTests {
    private static let rules = """
        rule polite {
            when {
                transaction.amount > 10
                plugin.echo_chamber.say(word: transaction.word).text == "hello world"
            }
            then {
                reject(reason: "polite to \\(transaction.word)")
                require_manual_review(reason: "look", details: [transaction.amount])
            }
        }
        rule large {
            when { transaction.amount > 1000 }
            then {
                flag_for_review(reason: "large")
                plugin.echo_chamber.shout(word: "large")
            }
        }
        """

    /// A manager with the echo, and what it is called with.
    private func manager() async throws -> (PluginManager, Watch) {
        let manager = PluginManagerTests.manager()
        let watch = Watch()
        try await manager.load(
            "pact/echo-chamber", config: ["greeting": "hello", "watch": watch.number])
        return (manager, watch)
    }

    private func engine(
        _ manager: PluginManager, _ rules: String = rules, lanes: Int = 1
    ) throws -> ARKAEngine {
        try ARKAEngine(
            pluginManager: manager, rules: [.text(rules)],
            settings: EngineSettings(
                name: "test", onUnknown: .review, decisionBudget: .seconds(600), lanes: lanes))
    }

    // MARK: Building

    // acceptance: S-104
    @Test func `an engine is built of a manager and rules, or says everything that is wrong`()
        async throws
    {
        let (manager, watch) = try await manager()
        let empty = try ARKAEngine(pluginManager: manager)
        #expect(empty.allPlugins == ["echo_chamber": true])
        let compliant = try await empty.evaluate(transaction: ["id": "1"], plugins: [:])
        #expect(compliant.status == .compliant && compliant.calls.isEmpty)
        let engine = try engine(manager)
        let decision = try await engine.evaluate(
            transaction: ["word": "world", "amount": 20], plugins: ["echo_chamber": true])
        #expect(decision.status == .rejected && watch.calls == ["world"])

        let wrong = """
            rule one {
                when { plugin.echo_chambre.say(word: "a").text == "b" }
                then { reject(reason: "x") }
            }
            rule two {
                when { plugin.echo_chamber.say(wrod: "a").text == "b" }
                then { rejct(reason: "x") }
            }
            """
        let problems = try #require(throws: EngineProblems.self) {
            try ARKAEngine(
                pluginManager: manager,
                rules: [
                    .text(wrong), .text("rule three {", name: "other.pact"), .file("/none.pact"),
                ],
                settings: EngineSettings(schema: .text("{", name: "schema.json")))
        }
        let text = problems.description
        for part in [
            "rules.pact:2:", "did you mean 'echo_chamber'?", "rules.pact:6:", "'word'",
            "rules.pact:7:", "did you mean 'reject'?", "other.pact:1:", "/none.pact",
            "schema.json:1:",
            "^~~~", "[ARKA-RULE-",
        ] {
            #expect(text.contains(part), "\(part) in\n\(text)")
        }
        await engine.shutdown()
        await empty.shutdown()
        await manager.shutdown()
    }

    @Test func `a text does not stand in for a file of its name`() async throws {
        let manager = PluginManagerTests.manager()
        let problems = try #require(throws: EngineProblems.self) {
            try ARKAEngine(
                pluginManager: manager,
                rules: [
                    .text(
                        "rule a { when { 1 < 2 } then { reject(reason: \"x\") } }",
                        name: "/none.pact"),
                    .file("/none.pact"),
                ])
        }
        #expect(problems.diagnostics.count == 1, "\(problems)")
        #expect(problems.description.contains("No such file"), "\(problems)")
        await manager.shutdown()
    }

    @Test func `a plugin whose dependency is not loaded keeps the engine from being built`()
        async throws
    {
        let manager = PluginManagerTests.manager()
        try await manager.load("plain")
        let problems = try #require(throws: EngineProblems.self) {
            try ARKAEngine(pluginManager: manager)
        }
        #expect(problems.description.contains("'echo-chamber', which is not loaded"))
        #expect(problems.description.contains("ARKA-PLUGIN-0024"))
        try await manager.load("echo-chamber", config: ["greeting": "a"])
        let engine = try ARKAEngine(pluginManager: manager)
        #expect(engine.allPlugins == ["echo_chamber": true, "plain": true])
        await engine.shutdown()
        await manager.shutdown()
    }

    @Test func `rules, their lists and the schema are read from files too`() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("names.txt", Array("bad\n".utf8))
        let rules = try folder.write(
            "a.pact",
            Array(
                """
                list names from "names.txt"
                rule listed {
                    when { transaction.name in list.names }
                    then { reject(reason: "listed") }
                }
                """.utf8))
        let manager = PluginManager(linking: [])
        let schema =
            #"{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}"#
        let engine = try ARKAEngine(
            pluginManager: manager, rules: [.file(rules)],
            settings: EngineSettings(schema: .text(schema, name: "schema.json")))
        let bad = try await engine.evaluate(transaction: ["name": "bad"], plugins: [:])
        #expect(bad.status == .rejected)
        let missing = await #expect(throws: EvaluationRefusal.self) {
            try await engine.evaluate(transaction: ["id": "1"], plugins: [:])
        }
        #expect(missing?.kind == .undecidable && missing?.path == "$.name")
        #expect(missing?.description.contains("ARKA-EVAL-0002") == true)
        await engine.shutdown()
        await manager.shutdown()
    }

    // MARK: Deciding

    @Test func `a decision says status, rules, actions, calls and its JSON`() async throws {
        let (manager, watch) = try await manager()
        let engine = try engine(manager)
        let transaction = #"{"id":"t-1","word":"world","amount":2000}"#
        let decision = try await engine.evaluate(
            transactionJSON: transaction, plugins: engine.allPlugins)
        #expect(decision.status == .rejected)
        #expect(decision.rules == ["polite", "large"])
        #expect(
            decision.actions == [
                .init(rule: "polite", name: "reject", reason: "polite to world", details: nil),
                .init(
                    rule: "polite", name: "require_manual_review", reason: "look", details: "[2000]"
                ),
                .init(rule: "large", name: "flag_for_review", reason: "large", details: nil),
                .init(
                    rule: "large", name: "plugin.echo_chamber.shout", reason: nil, details: nil),
            ])
        #expect(watch.calls == ["world"], "actions of plugins are not carried out")
        #expect(decision.calls.map(\.function) == ["echo_chamber.say"])
        #expect(decision.calls.map(\.outcome) == ["answered"])
        #expect(!decision.isDegraded && decision.unknown.isEmpty)
        #expect(decision.json.contains(#""transaction_id":"t-1""#))
        #expect(decision.json.contains(#""decision_id":"test/1""#), "\(decision.json)")
        let again = try await engine.evaluate(
            transactionJSON: Array(transaction.utf8), plugins: engine.allPlugins)
        #expect(again.calls.map(\.outcome) == ["cached"] && again.calls[0].age != nil)
        await engine.shutdown()
        await manager.shutdown()
    }

    /// Goal: whatever a transaction may hold by RFC 8259 and the evaluation's bounds, its decision can be
    /// read: what it repeats of the transaction is the sender's.
    @Test(
        arguments: [
            #"{"id":"\ud800","extra":1}"#,
            #"{"id":"a\udfff\u0041","extra":{"\ud83d":"\ud83d\ud83d"}}"#,
            #"{"id":"1","extra":{"a":1,"a":2,"b":1e999}}"#,
            #"{"id":"1","extra":"# + String(repeating: "[", count: 500)
                + String(repeating: "]", count: 500) + "}",
        ])
    func `a decision is read whatever it repeats of its transaction`(text: String) async throws {
        let manager = PluginManager(linking: [])
        let rule = """
            rule repeats {
                when { transaction.id != "" }
                then { require_manual_review(reason: "\\(transaction.id)", details: transaction.extra) }
            }
            """
        let engine = try self.engine(manager, rule)
        let decision = try await engine.evaluate(transactionJSON: text, plugins: [:])
        #expect(decision.status == .manualReview)
        #expect(decision.rules == ["repeats"], "\(decision.json)")
        #expect(decision.actions[0].details != nil)
        await engine.shutdown()
        await manager.shutdown()
    }

    @Test(arguments: [
        ("", "empty_payload"), ("[]", "wrong_type"), ("{", "malformed_json"),
        ("null", "wrong_type"),
    ])
    func `what is no transaction is refused with its code`(text: String, code: String)
        async throws
    {
        let engine = try ARKAEngine(pluginManager: PluginManager(linking: []))
        let refusal = await #expect(throws: EvaluationRefusal.self) {
            try await engine.evaluate(transactionJSON: text, plugins: [:])
        }
        #expect(refusal?.description.contains(code) == true, "\(refusal.debugDescription)")
        #expect(refusal?.kind == .undecidable)
        await engine.shutdown()
    }

    @Test(arguments: [1, 3])
    func `evaluations wait for their calls beside each other`(lanes: Int) async throws {
        let (manager, watch) = try await manager()
        let rule = """
            rule held {
                when {
                    plugin.echo_chamber.say_when_released(word: transaction.word).text ==
                        "hello \\(transaction.word)"
                }
                then { reject(reason: transaction.word) }
            }
            """
        let engine = try engine(manager, rule, lanes: lanes)
        let count = 40
        try await withThrowingTaskGroup(of: (Int, Decision).self) { group in
            for number in 0..<count {
                group.addTask {
                    let decision = try await engine.evaluate(
                        transaction: ["word": .string("w\(number)")],
                        plugins: ["echo_chamber": true])
                    return (number, decision)
                }
            }
            // None is answered before all are out.
            await watch.waitForCalls(count)
            watch.release()
            for try await (number, decision) in group {
                #expect(decision.actions.map(\.reason) == ["w\(number)"], "\(decision.json)")
            }
        }
        await engine.shutdown()
        await manager.shutdown()
    }

    @Test func `a call that fails is unknown, and the decision is degraded`() async throws {
        let (manager, _) = try await manager()
        let engine = try engine(
            manager,
            """
            rule failing {
                when { plugin.echo_chamber.say(word: transaction.word).text == "a" }
                then { reject(reason: "a") }
            }
            """)
        // The gate is closed between looking at what is loaded and the call.
        let plugin = try #require(manager.plugins.first)
        let evaluation = Evaluation(1, record: Array(#"{"word":"a"}"#.utf8), withheld: [])
        _ = await plugin.end()
        let decision = try await engine.decide(evaluation)
        #expect(decision.status == .manualReview && decision.isDegraded)
        #expect(decision.unknown.map(\.cause) == [.callFailed])
        #expect(decision.calls[0].error?.contains("unloaded") == true, "\(decision.json)")
        await engine.shutdown()
        await manager.shutdown()
    }

    // MARK: Ending

    @Test func `a task that is cancelled waits no longer, and others go on`() async throws {
        let (manager, watch) = try await manager()
        let engine = try heldEngine(manager)
        let (first, second) = (evaluation(engine, "a"), evaluation(engine, "b"))
        await watch.waitForCalls(2)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        watch.release()
        #expect(try await second.value.status == .compliant)
        let early = evaluation(engine, "c", isCancelled: true)
        await #expect(throws: CancellationError.self) { try await early.value }
        await engine.shutdown()
        await manager.shutdown()
    }

    @Test func `evaluations that wait end when the engine is shut down, and later ones at once`()
        async throws
    {
        let (manager, watch) = try await manager()
        let engine = try heldEngine(manager)
        let waiting = evaluation(engine, "a")
        await watch.waitForCalls(1)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { await engine.shutdown() } }
        }
        let refusal = await #expect(throws: EvaluationRefusal.self) { try await waiting.value }
        #expect(refusal?.kind == .ended)
        #expect(refusal?.description.contains("ARKA-EVAL-0003") == true)
        let late = await #expect(throws: EvaluationRefusal.self) {
            try await evaluation(engine, "b").value
        }
        #expect(late?.kind == .ended)
        watch.release()
        await manager.shutdown()
    }

    @Test func `an engine that is dropped takes its threads along`() async throws {
        let (manager, _) = try await manager()
        let lane: EvaluationLane
        do {
            let engine = try engine(manager)
            lane = engine.lanes[0]
        }
        await lane.waitUntilEnded()
        await manager.shutdown()
    }

    private func heldEngine(_ manager: PluginManager) throws -> ARKAEngine {
        try engine(
            manager,
            """
            rule held {
                when { plugin.echo_chamber.say_when_released(word: transaction.word).text == "no" }
                then { reject(reason: "no") }
            }
            """)
    }

    private func evaluation(
        _ engine: ARKAEngine, _ word: String, isCancelled: Bool = false
    ) -> Task<Decision, any Error> {
        Task {
            if isCancelled { withUnsafeCurrentTask { $0?.cancel() } }
            return try await engine.evaluate(
                transaction: ["word": .string(word)], plugins: ["echo_chamber": true])
        }
    }
}
