import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaKafka
import ArkaModel
import ArkaPipeline
import ArkaRules
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import PactPlugins
import Synchronization
import Testing
import WatchedPlugin

/// Goal: plugins end once, when nothing of them runs any more, and none holds up the end.
/// Method: a topology on the embedded broker, assembled and stopped as `pact run` does it; plugins that
/// hang where the test says, and a clock that it moves.
@Suite(.serialized, .timeLimit(.minutes(2))) struct PluginShutdownTests {
    private struct NeverStarts: EnrichmentPlugin {
        static let metadata = PluginMetadata(
            name: "never-starts", version: "1.0.0", description: "Does not start")

        init(_ configuration: PluginConfiguration, services: PluginServices) {}

        var functions: [DeclaredFunction] {
            Enrichment("say", "Says nothing") {
            } answerAtOnce: {
                EnrichmentResult(enrichments: [:])
            }
        }

        func initialize() async throws { throw PluginError("the service is not there") }
    }

    private let life = WatchedLife()
    private let other = WatchedLife()
    private let clock = StepClock()
    private let log = Lines()

    private func plugins(_ topology: TopologySpec) throws -> TopologyPlugins {
        try TopologyPlugins(topology, Self.registry, time: SystemTime(), clock: clock) {
            [log] name, level, line in log.add("\(level.rawValue) \(name): \(line)")
        }
    }

    private static let registry = PluginRegistry().linking(WatchedPlugin.self, namespace: "own")
        .linking(NeverStarts.self, namespace: "own")

    private func topology(_ broker: EmbeddedBroker) throws -> TopologySpec {
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              kafka: {bootstrap: "\(broker.bootstrap.joined(separator: ","))"}
              source: {topic: in, group: g, start: earliest}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins:
                - plugin: own/watched
                  name: first
                  config: {life: \(life.number)}
                  functions: [{name: say, when_unavailable: hold}]
                - {plugin: own/watched, name: second, config: {life: \(other.number)}}
            """
        let rule = """
            rule polite {
                when { plugin.first.say(word: transaction.word).text == "hello" }
                then { reject(reason: "polite") }
            }
            """
        let texts = ["t.yaml": document, "a.pact": rule]
        let loaded = loadTopology(
            path: "t.yaml", environment: [:], plugins: Self.registry.linked,
            files: FileAccess(
                read: { path in
                    texts[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
                }, list: { _ in .success([]) }))
        return try #require(loaded.value, "\(loaded.diagnostics.map { $0.rendered() }.joined())")
    }

    /// Lets tasks run until something is so.
    private func until(_ isSo: () -> Bool) async { while !isSo() { await Task.yield() } }

    // acceptance: S-36
    @Test
    func `shutdown is called once, on drain and on unload, and waited for within its limit`()
        async throws
    {
        // Drain: a row waits for a call that heeds no cancellation when the process is told to stop.
        let directory = try TemporaryDirectory()
        let logger = Logger(try LogSink(to: StandardStream.error, format: .text, level: .error))
        let broker = try EmbeddedBroker(logger: logger)
        defer { broker.close() }
        for topic in ["in", "out", "out.dlq"] { try broker.createTopic(topic, partitions: 1) }
        let topology = try topology(broker)
        let plugins = try plugins(topology)
        try await plugins.start()
        life.callGate.close()
        other.shutdownGate.close()
        let runner = try await onThread {
            let filler = try TopicFiller(
                KafkaConnection(bootstrap: broker.bootstrap), topic: "in", logger: logger)
            try filler.append(Array(#"{"word":"hello"}"#.utf8), key: nil, partition: 0)
            try filler.flush()
            filler.close()
            let engine = EngineSpec(
                dataDirectory: directory.path, laneCount: 1, membership: .dynamic)
            var settings = KafkaSettings(topology, engine)
            settings.isEmbedded = true
            let runner = TopologyRunner(
                topology, engine, settings: settings, logger: logger, registry: MetricsRegistry(),
                time: SystemTime(), plugins: plugins
            ) { Issue.record("the run ended: \($0.message)") }
            try runner.start()
            return runner
        }
        await until { !life.contexts.isEmpty && runner.readings.rowsWaiting == 1 }
        let held = runner.readings
        #expect(held.rowsHeld == 1 && held.bytesHeld == 16)
        let reason = try await onThread {
            runner.stop(deadline: SystemTime().monotonic + .seconds(15))
        }
        #expect(reason == .stopped)
        #expect(runner.ledger == Ledger(consumed: 1, returned: 1))
        #expect(life.shutDowns == 0, "the runner's end is not the plugin's")

        let stop = Task { await plugins.stop() }
        await until { clock.sleepers(for: EngineLimits.callsEnd) == 1 }
        #expect(life.shutDowns == 0, "its call has not come back")
        life.callGate.open()
        // Both are asked to end; the second hangs.
        await until { clock.sleepers(for: EngineLimits.pluginShutdown) == 1 && life.shutDowns == 1 }
        #expect(life.callsOutAtShutdown == 0)
        clock.advance(by: EngineLimits.pluginShutdown - .nanoseconds(1))
        #expect(log.warnings.isEmpty)
        clock.advance(by: .nanoseconds(1))
        await stop.value
        #expect(log.warnings == ["warning second: it did not shut down in time and is left behind"])
        await plugins.stop()
        #expect(life.shutDowns == 1 && other.shutDowns == 1)
        other.shutdownGate.open()

        try await expectUnloaded()
    }

    /// Unload: a plugin after it does not start, so that nothing will run.
    private func expectUnloaded() async throws {
        let life = WatchedLife()
        var topology = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out")
        topology.plugins = [
            PluginUse(
                "own/watched", name: "first", configuration: ["life": PluginValue(life.number)]),
            PluginUse("own/never-starts", name: "broken"),
        ]
        let plugins = try plugins(topology)
        await #expect(throws: PluginLoadError.self) { try await plugins.start() }
        await plugins.stop()
        #expect(life.shutDowns == 1)
    }

    @Test func `a call that does not come back is named, and plugins end without it`()
        async throws
    {
        let logger = Logger(try LogSink(to: StandardStream.error, format: .text, level: .error))
        let broker = try EmbeddedBroker(logger: logger)
        defer { broker.close() }
        let topology = try topology(broker)
        let plugins = try plugins(topology)
        try await plugins.start()
        life.callGate.close()
        let decider = plugins.decider(
            EvaluationPlan(topology), origin: .file("f"), wake: {}, didFire: { _, _ in })
        let batch = RecordBatch()
        batch.append(
            record: Array(#"{"word":"hello"}"#.utf8), partition: 0, offset: 1, timestamp: 0)
        decider.decide(batch, at: 0)
        await until { !life.contexts.isEmpty }
        let stop = Task { await plugins.stop(within: .seconds(6)) }
        await until { clock.sleepers(for: .seconds(2)) == 1 }
        clock.advance(by: .seconds(2))
        await stop.value
        #expect(
            log.warnings == [
                "warning first: calls that were cancelled and have not ended: 1 of plugin.first.say"
            ])
        #expect(life.shutDowns == 1 && life.callsOutAtShutdown == 1)
        life.callGate.open()
    }
}

/// Lines of a log.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var warnings: [String] { lines.withLock { $0.filter { $0.hasPrefix("warning") } } }
}
