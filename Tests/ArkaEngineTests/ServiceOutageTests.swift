import ArkaCalls
import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaKafka
import ArkaModel
import ArkaPipeline
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import ManualTime
import PactPlugins
import Testing
import WatchedPlugin

/// Goal: an outage of the service behind a plugin, as metrics, decisions and `/readyz` tell it.
/// Method: a topology's own plugins, stage and evaluation, with time and alarms that the test moves.
@Suite(.timeLimit(.minutes(1))) struct ServiceOutageTests {
    private let life = WatchedLife()

    // acceptance: S-161
    @Test func `a breaker opens, probes and closes again, in metrics and in decisions`()
        async throws
    {
        let lane = try await OutageLane(life)
        #expect(try await lane.decide("a").says("answered"))
        lane.expectBreaker(0, opened: 0, probed: 0, closed: 0)

        life.failure = "the service is down"
        for word in ["b", "c", "d", "e", "f"] {
            let decision = try await lane.decide(word)
            #expect(decision.says("failed") && decision.contains("the service is down"))
        }
        lane.expectBreaker(2, opened: 1, probed: 0, closed: 0)
        let calls = life.contexts.count
        let refused = try await lane.decide("g")
        #expect(refused.says("open") && refused.contains("\"cause\":\"open\""), "\(refused)")
        #expect(life.contexts.count == calls, "nothing goes out while it is open")

        lane.pass(.seconds(5))
        lane.expectBreaker(1, opened: 1, probed: 0, closed: 0)
        #expect(try await lane.decide("h").says("failed"), "the probe, and it fails")
        #expect(life.contexts.count == calls + 1)
        lane.expectBreaker(2, opened: 2, probed: 1, closed: 0)
        lane.pass(.seconds(9))
        #expect(try await lane.decide("i").says("open"), "it is open twice as long")

        lane.pass(.seconds(1))
        life.failure = nil
        #expect(try await lane.decide("j").says("answered"), "the probe, and it succeeds")
        lane.expectBreaker(0, opened: 2, probed: 2, closed: 1)
        let after = try await lane.decide("k")
        #expect(after.says("answered") && !after.contains("degraded"))
        await lane.plugins.stop()
    }

    // acceptance: S-162
    @Test func `with a plugin that is down, decisions go on as the policy has it, and say so`()
        async throws
    {
        life.failure = "the service is down"
        let policies = [
            ("review", "manual_review"), ("flag", "flagged"), ("reject", "rejected"),
            ("ignore", "compliant"),
        ]
        for (onUnknown, status) in policies {
            let lane = try await OutageLane(life, onUnknown: onUnknown)
            // The first ones fail, the others find the breaker open: all are decided.
            for number in 0..<8 {
                let decision = try await lane.decide("word \(number)")
                #expect(decision.contains("\"status\":\"\(status)\""), "\(onUnknown): \(decision)")
                #expect(decision.contains("\"degraded\":true"), "\(onUnknown): \(decision)")
                #expect(decision.says(number < 5 ? "failed" : "open"))
                #expect(decision.contains("\"unknown\":") == (onUnknown != "ignore"), "\(decision)")
            }
            let other = try await lane.decide("ask nobody", kind: "plain")
            #expect(other.contains("\"status\":\"compliant\"") && !other.contains("degraded"))
            await lane.plugins.stop()
        }

        // The other side: with hold nothing is decided without the answer.
        let lane = try await OutageLane(life, function: "when_unavailable: hold")
        for number in 0..<5 { _ = try await lane.decide("word \(number)") }
        let asked = life.contexts.count
        let held = Task { try await lane.decide("hello") }
        await until { lane.only.waiting == 1 }
        #expect(lane.only.stopsReading)
        life.failure = nil
        lane.pass(.seconds(4))
        #expect(lane.only.waiting == 1 && life.contexts.count == asked, "it waits for the probe")
        lane.pass(.seconds(1))
        let decision = try await held.value
        #expect(decision.contains("\"status\":\"rejected\"") && decision.says("answered"))
        #expect(!decision.contains("degraded") && !decision.contains("unknown"))
        await lane.plugins.stop()
    }

    @Test func `a function that keeps lanes from reading is named once it has for five seconds`()
        async throws
    {
        life.failure = "the service is down"
        let holding = try await OutageLane(life, function: "when_unavailable: hold")
        for number in 0..<5 { _ = try await holding.decide("word \(number)") }
        life.callGate.close()
        let held = Task { try await holding.decide("hello") }
        await until { holding.only.waiting == 1 }
        holding.pass(.milliseconds(4999))
        #expect(holding.plugins.standstills.isEmpty)
        holding.pass(.milliseconds(1))
        #expect(
            holding.plugins.standstills == [
                "plugin.watched.say does not work (when_unavailable: hold): "
                    + "1 pending until it does; lanes read no more"
            ])
        let runner = try holding.runner()
        #expect(
            runner.health.reasons == [
                "this process is not in the consumer group", holding.plugins.standstills[0],
            ], "and so /readyz says it")
        life.failure = nil
        life.callGate.open()
        _ = try await held.value
        #expect(runner.health.reasons.count == 1)
        #expect(holding.plugins.standstills.isEmpty)
        await holding.plugins.stop()
    }

    @Test func `a function in whose line calls wait is named, and no more when they have gone out`()
        async throws
    {
        let lane = try await OutageLane(life, function: "max_concurrent: 1", budget: "60s")
        life.callGate.close()
        let decided = Task { try await lane.decide(["hello", "world"]) }
        await until { lane.only.waiting == 2 && lane.only.inFlight == 1 }
        #expect(lane.only.stopsReading && lane.plugins.standstills.isEmpty)
        lane.pass(.seconds(5))
        #expect(
            lane.plugins.standstills == [
                "plugin.watched.say has no place for more calls (max_concurrent): "
                    + "2 pending, 1 in flight; lanes read no more"
            ])
        life.callGate.open()
        #expect(try await decided.value.allSatisfy { $0.says("answered") })
        #expect(lane.plugins.standstills.isEmpty)
        await lane.plugins.stop()
    }

    @Test(arguments: ["say", "say_all"])
    func `a function is told the transaction's own id, each row of a batch its own`(
        function: String
    ) async throws {
        let lane = try await OutageLane(life, called: function)
        _ = try await lane.decide(
            records: [
                #"{"id":"a\"1","kind":"word","word":"x"}"#, #"{"id":7,"kind":"word","word":"y"}"#,
                #"{"kind":"word","word":"z"}"#,
            ])
        #expect(life.contexts.map(\.transactionID).sorted() == ["7", #"a"1"#, nil].sorted())
        #expect(
            life.contexts.sorted { $0.offset < $1.offset }.map(\.transactionID)
                == [#"a"1"#, "7", nil])
        await lane.plugins.stop()
    }

    /// Lets tasks run until something is so.
    private func until(_ isSo: () -> Bool) async { while !isSo() { await Task.yield() } }
}

extension String {
    /// Whether a decision says of its call how it ended.
    fileprivate func says(_ outcome: String) -> Bool { contains("\"outcome\":\"\(outcome)\"") }
}

extension [String?] {
    fileprivate func sorted() -> [String?] { sorted { ($0 ?? "") < ($1 ?? "") } }
}

/// A lane that asks a watched plugin, from the document of its topology to its decisions.
private final class OutageLane: @unchecked Sendable {
    let plugins: TopologyPlugins
    private let topology: TopologySpec
    private let decider: WaitingDecider
    private let time = ManualTime()
    private let batch = RecordBatch()
    private let metrics = MetricsRegistry()

    init(
        _ life: WatchedLife, onUnknown: String = "review", called function: String = "say",
        function settings: String? = nil, budget: String = "1s"
    ) async throws {
        let functions = settings.map { ", functions: [{name: say, \($0)}]" } ?? ""
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              record: {roots: {transaction: $}, id: $.id}
              rules: {files: [a.pact], on_unknown: \(onUnknown)}
              decisions: {topic: out}
              decision_budget: \(budget)
              plugins: [{plugin: own/watched, config: {life: \(life.number)}\(functions)}]
            """
        let rule = """
            rule polite {
                when {
                    transaction.kind == "word"
                    plugin.watched.\(function)(word: transaction.word).text == "hello"
                }
                then { reject(reason: "polite") }
            }
            """
        let registry = PluginRegistry().linking(WatchedPlugin.self, namespace: "own")
        let texts = ["t.yaml": document, "a.pact": rule]
        let loaded = loadTopology(
            path: "t.yaml", environment: [:], plugins: registry.linked,
            files: FileAccess(
                read: { path in
                    texts[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
                }, list: { _ in .success([]) }))
        topology = try #require(
            loaded.value, "\(loaded.diagnostics.map { $0.rendered() }.joined())")
        plugins = try TopologyPlugins(topology, registry, time: time.clock, alarm: time.alarm) {
            _, _, _ in
        }
        try await plugins.start()
        let answers = try WakeEvent()
        decider = WaitingDecider(
            plugins.decider(
                EvaluationPlan(topology), origin: .file("f"), wake: { answers.raise() },
                didFire: { _, _ in }), answers: answers)
        declareCallMetrics(of: plugins, in: metrics)
    }

    /// A runner with these plugins; it is not started.
    func runner() throws -> TopologyRunner {
        let engine = EngineSpec(dataDirectory: "/nowhere", laneCount: 1)
        return TopologyRunner(
            topology, engine, settings: KafkaSettings(topology, engine),
            logger: Logger(try LogSink(to: StandardStream.error, format: .text, level: .error)),
            registry: MetricsRegistry(), time: time.clock, plugins: plugins
        ) { _ in }
    }

    /// The function that is called.
    var only: FunctionSnapshot { plugins.snapshot()[0] }

    /// Moves time, and rings what is due.
    func pass(_ span: Duration) { time.pass(span) }

    /// The decision of a record with a word.
    func decide(_ word: String, kind: String = "word") async throws -> String {
        try await decide(records: [#"{"id":"1","kind":"\#(kind)","word":"\#(word)"}"#])[0]
    }

    /// The decisions of records with a word each, in one batch.
    func decide(_ words: [String]) async throws -> [String] {
        try await decide(records: words.map { #"{"id":"1","kind":"word","word":"\#($0)"}"# })
    }

    func decide(records: [String]) async throws -> [String] {
        try await onThread { [self] in
            batch.removeAll()
            for (index, record) in records.enumerated() {
                batch.append(
                    record: Array(record.utf8), partition: 0, offset: Int64(index), timestamp: 0)
            }
            decider.decide(batch, at: 0)
            return batch.outcomes.map { outcome in
                guard case .decided(_, let start, let count) = outcome else { return "\(outcome)" }
                return String(decoding: batch.outputBytes(from: start, count: count), as: UTF8.self)
            }
        }
    }

    /// Expects what the metrics say of the breaker.
    func expectBreaker(_ state: Int, opened: Int, probed: Int, closed: Int) {
        let text = metrics.exposition()
        let function = "function=\"plugin.watched.say\""
        for line in [
            "arka_circuit_breaker_state{\(function)} \(state)",
            "arka_circuit_breaker_changes_total{\(function),to=\"open\"} \(opened)",
            "arka_circuit_breaker_changes_total{\(function),to=\"half_open\"} \(probed)",
            "arka_circuit_breaker_changes_total{\(function),to=\"closed\"} \(closed)",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
    }
}
