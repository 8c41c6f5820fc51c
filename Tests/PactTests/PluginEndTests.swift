import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import Testing
import WatchedPlugin

@testable import PactProgram

/// The end of a plugin's life in `pact eval`.
@Suite(.timeLimit(.minutes(1))) struct PluginEndTests {
    private let directory: TemporaryDirectory
    private let life = WatchedLife()

    init() throws { directory = try TemporaryDirectory() }

    private func topology(bootstrap: String = "127.0.0.1:1") throws -> String {
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              kafka: {bootstrap: "\(bootstrap)"}
              source: {topic: in, group: g, start: earliest}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins:
                - plugin: own/watched
                  config: {life: \(life.number)}
                  functions: [{name: say, when_unavailable: hold}]
            """
        let rule = """
            rule polite {
                when { plugin.watched.say(word: transaction.word).text == "hello" }
                then { reject(reason: "polite") }
            }
            """
        _ = try directory.write("a.pact", Array(rule.utf8))
        return try directory.write("t.yaml", Array(document.utf8))
    }

    @Test func `run asks plugins how they are, and shuts them down once when its lanes have ended`()
        async throws
    {
        let logger = Logger(try LogSink(to: StandardStream.error, format: .text, level: .error))
        let broker = try EmbeddedBroker(logger: logger)
        defer { broker.close() }
        for topic in ["in", "out", "out.dlq"] { try broker.createTopic(topic, partitions: 1) }
        let path = try topology(bootstrap: broker.bootstrap.joined(separator: ","))
        let registry = PluginRegistry().linking(WatchedPlugin.self, namespace: "own")
        let loaded = loadTopology(
            path: path, environment: [:], plugins: registry.linked, files: .system)
        let topology = try #require(loaded.value)
        var engine = EngineSpec(
            dataDirectory: directory.file("data"), laneCount: 1, membership: .dynamic)
        engine.admin.port = 0
        var settings = KafkaSettings(topology, engine)
        settings.isEmbedded = true
        let process = try TopologyProcess(
            topology, engine, settings: settings,
            log: try LogSink(to: StandardStream.error, format: .text, level: .error),
            plugins: registry)
        let signals = try SignalSwitch()
        let code = try await onThread {
            let filler = try TopicFiller(
                KafkaConnection(bootstrap: broker.bootstrap), topic: "in", logger: logger)
            try filler.append(Array(#"{"word":"hello"}"#.utf8), key: nil, partition: 0)
            try filler.flush()
            filler.close()
            return try process.run(signals, endsWhenCaughtUp: true)
        }
        #expect(code == 0)
        #expect(process.summary?.ledger.decided == 1)
        #expect(life.contexts.count == 1 && life.healthChecks >= 1)
        #expect(life.shutDowns == 1 && life.callsOutAtShutdown == 0)
    }

    @Test func `eval shuts plugins down once, after its last call, also where it cannot begin`()
        async throws
    {
        let input = try directory.write("in.jsonl", Array("{\"word\":\"hello\"}\n".utf8))
        let topology = try topology()
        let registry = PluginRegistry().linking(WatchedPlugin.self, namespace: "own")
        let output = directory.file("out.jsonl")
        let signals = try SignalSwitch()
        let code = try await onThread {
            try evaluateFile(
                .init(
                    topology: topology, input: input, output: output, deadLetters: nil, audit: nil,
                    overrides: [], isDeterministic: true), signals, registry)
        }
        #expect(code == 0)
        #expect(life.contexts.count == 1 && life.shutDowns == 1 && life.callsOutAtShutdown == 0)
        await #expect(throws: SystemError.self) {
            try await onThread {
                try evaluateFile(
                    .init(
                        topology: topology, input: "/no/such/file", output: output,
                        deadLetters: nil, audit: nil, overrides: [], isDeterministic: true),
                    signals, registry)
            }
        }
        #expect(life.shutDowns == 2, "a second run, and its own plugin")
    }
}
