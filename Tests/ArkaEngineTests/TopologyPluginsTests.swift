import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaModel
import ArkaPipeline
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import PactPlugins
import Testing

/// A topology's plugins from the document to the metrics.
@Suite struct TopologyPluginsTests {
    private struct Echo: EnrichmentPlugin {
        static let metadata = PluginMetadata(
            name: "echo", version: "1.0.0", description: "Says what it is told")

        let greeting: String

        init(_ configuration: PluginConfiguration, services: PluginServices) throws {
            greeting = try configuration.read("greeting")
        }

        var functions: [DeclaredFunction] {
            Enrichment("say", "Says it") {
                Parameter("word", String.self)
            } answerAtOnce: { word in
                EnrichmentResult(enrichments: ["text": .string("\(greeting) \(word)")])
            }
        }
    }

    private struct Broken: EnrichmentPlugin {
        static let metadata = PluginMetadata(
            name: "broken", version: "1.0.0", description: "Does not start")

        init(_ configuration: PluginConfiguration, services: PluginServices) {}

        var functions: [DeclaredFunction] {
            Enrichment("ask", "Asks") {
                Parameter("word", String.self)
            } answerAtOnce: { _ in
                EnrichmentResult(enrichments: [:])
            }
        }

        func initialize() async throws { throw PluginError("the service is not there") }
    }

    private let registry = PluginRegistry().linking(Echo.self, namespace: "own")
        .linking(Broken.self, namespace: "own")

    private func topology(_ plugins: String, rule: String) throws -> TopologySpec {
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins: \(plugins)
            """
        let texts = ["t.yaml": document, "a.pact": rule]
        let loaded = loadTopology(
            path: "t.yaml", environment: [:], plugins: registry.linked,
            files: FileAccess(
                read: { path in
                    texts[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
                }, list: { _ in .success([]) }))
        return try #require(
            loaded.value, "\(loaded.diagnostics.map { $0.rendered() }.joined())")
    }

    private let rule = """
        rule polite {
            when { plugin.echo.say(word: transaction.word).text == "hello world" }
            then { reject(reason: "polite") }
        }
        """

    private func load(_ topology: TopologySpec) throws -> TopologyPlugins {
        try TopologyPlugins(topology, registry, time: SystemTime()) { _, _, _ in }
    }

    @Test func `a topology decides with its plugins, and counts their calls`() async throws {
        let topology = try topology(
            "[{plugin: own/echo, config: {greeting: hello}}]", rule: rule)
        let plugins = try load(topology)
        try await plugins.start()
        let decider = plugins.decider(
            EvaluationPlan(topology), origin: .file("f"), wake: {}, didFire: { _, _ in })
        let batch = RecordBatch()
        for (index, word) in ["world", "moon", "world"].enumerated() {
            batch.append(
                record: Array("{\"word\":\"\(word)\"}".utf8), partition: 0, offset: Int64(index),
                timestamp: 0)
        }
        decider.decide(batch, at: 0)
        let statuses = batch.outcomes.map { outcome -> DecisionStatus? in
            if case .decided(let status, _, _) = outcome { status } else { nil }
        }
        #expect(statuses == [.rejected, .compliant, .rejected])
        let metrics = MetricsRegistry()
        declareCallMetrics(of: plugins, in: metrics)
        let text = metrics.exposition()
        for line in [
            "arka_calls_total{function=\"plugin.echo.say\",outcome=\"answered\"} 3",
            "arka_calls_total{function=\"plugin.echo.say\",outcome=\"cached\"} 0",
            "arka_circuit_breaker_state{function=\"plugin.echo.say\"} 0",
            "arka_calls_in_flight{function=\"plugin.echo.say\"} 0",
            "arka_call_duration_seconds_count{function=\"plugin.echo.say\"} 3",
        ] {
            #expect(text.contains(line), "\(line) in\n\(text)")
        }
        let health = await plugins.health()
        #expect(health.map(\.name) == ["echo"] && health[0].health.isHealthy)
        await plugins.stop()
        #expect(await plugins.health()[0].health.isHealthy == false)
    }

    @Test func `what keeps a plugin from working is said with its name`() async throws {
        let unconfigured = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out",
            plugins: [PluginUse("own/echo", name: "echo")])
        #expect {
            try load(unconfigured)
        } throws: { error in
            "\(error)".contains("'own/echo' cannot be used") && "\(error)".contains("greeting")
        }
        let unknown = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out",
            plugins: [PluginUse("own/nothing", name: "nothing")])
        #expect { try load(unknown) } throws: { "\($0)".contains("not linked") }
        let broken = try load(
            topology("[{plugin: own/broken}]", rule: "rule r { when { 1 < 2 } then { } }"))
        await #expect {
            try await broken.start()
        } throws: { "\($0)".contains("the service is not there") }
    }

    @Test func `hosts that are no hosts are refused`() {
        let linked = PluginRegistry().linked
        #expect(linked.hostProblem("api.example.com") == nil)
        #expect(linked.hostProblem("api.example.com:443")?.contains("without scheme") == true)
        let topology = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out",
            plugins: [
                PluginUse(
                    "own/echo", name: "echo",
                    configuration: .object([.init("greeting", .string("a"))]),
                    hosts: ["https://example.com/"])
            ])
        #expect { try load(topology) } throws: { "\($0)".contains("is no host") }
    }
}
