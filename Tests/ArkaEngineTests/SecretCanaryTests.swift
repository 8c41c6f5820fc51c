import ArkaAudit
import ArkaCalls
import ArkaConfig
import ArkaEngine
import ArkaEvaluate
import ArkaHTTP
import ArkaModel
import ArkaPipeline
import ArkaSecrets
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import Foundation
import PactPlugins
import PythonServer
import Synchronization
import Testing
import WatchedPlugin

/// A secret planted in every place where one can enter, and a run in which everything that can fail
/// shows all of them: nothing that leaves the process has one.
@Suite(.timeLimit(.minutes(2))) struct SecretCanaryTests {
    private let directory: TemporaryDirectory
    private let output = CapturedLog()

    init() throws { directory = try TemporaryDirectory() }

    /// Each place with a secret of its own; one has what must be escaped in JSON and in addresses.
    private static let canaries = [
        "inline": "canary-1-inline/+ \"key\"", "interpolated": "canary-2-interpolated",
        "get_env": "canary-3-get-env", "environment": "canary-4-environment",
        "file": "canary-5-file", "vault": "canary-6-vault", "aws": "canary-7-aws",
        "vault_token": "hvs.canary-8-token", "aws_key": "canary-9-aws-key",
    ]

    private static func canary(_ name: String) -> String { canaries[name, default: ""] }

    @Test(
        .enabled(
            if: TestPython.withMoto != nil, "no Python with moto: run scripts/test-python"))
    func `a secret from any place is in no log, metric, decision, dead letter, audit or error`()
        async throws
    {
        let vault = try PythonServer("ArkaSecretsTests/Servers/vault_server.py")
        let aws = try PythonServer(
            "ArkaSecretsTests/Servers/aws_server.py", python: TestPython.withMoto ?? "",
            ["eu-central-1", "AKIDEXAMPLE", Self.canary("aws_key"), ""])
        try await plant(vault, aws)
        let environment = [
            "LEAKY_CONFIG": Self.canary("interpolated"), "LEAKY_ENV": Self.canary("get_env"),
            "ARKA_SECRET_FROM_ENVIRONMENT": Self.canary("environment"),
            "VAULT_TOKEN": Self.canary("vault_token"), "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": Self.canary("aws_key"),
        ]
        let run = try Run(directory, environment, output, vault: vault.url, aws: aws.url)
        try await run.perform()
        withExtendedLifetime((vault, aws)) {}

        for (place, text) in try run.shown() {
            // Each place has been shown something, or nothing could be found in it.
            #expect(!text.isEmpty, "\(place)")
            for (name, canary) in Self.canaries {
                let shown = forms(of: canary).filter { text.contains($0) }
                #expect(shown.isEmpty, "\(place) shows the secret of \(name)")
            }
        }
        let decisions = try run.decisions()
        #expect(decisions.count == 4 && decisions.allSatisfy { $0["calls"] != nil })
        #expect(decisions.map(\.jsonText).joined().contains("[redacted]"))
        #expect(run.plugins.httpStatistics.requests >= 1)
        #expect(run.plugins.secretCounts?.known == 4)
        let audited = try run.shown().first { $0.place == "the audit trail" }?.text
        #expect(audited?.split(separator: "\n").count == 7, "as many records as there are secrets")
    }

    @Test func `what keeps a plugin from being loaded or started is told without secrets`()
        async throws
    {
        let secrets = "{api_key: '\(Self.canary("vault"))', url: '${LEAKY_CONFIG}', fails: "
        let environment = ["LEAKY_CONFIG": Self.canary("interpolated")]
        let registry = PluginRegistry().linking(LeakyPlugin.self, namespace: "own")
        func load(_ fails: String) throws -> Loaded<TopologySpec> {
            let path = try topology(config: secrets + fails + "}")
            return loadTopology(
                path: path, environment: environment, plugins: registry.linked, files: .system)
        }
        // Made once to see its functions: its own `init` throws.
        let refused = try load("init")
        let text = refused.diagnostics.map { $0.rendered() }.joined()
        #expect(text.contains("cannot be loaded"))

        let loaded = try #require(try load("initialize").value)
        let redactor = SecretRedactor()
        let plugins = try TopologyPlugins(
            loaded, registry, time: SystemTime(),
            surroundings: PluginSurroundings(
                secrets: SecretStore(
                    backends: [FixedBackend()], time: SystemTime(), redactor: redactor
                ) { _, _ in }, redactor: redactor)
        ) { _, _, _ in }
        let error = await #expect(throws: PluginLoadError.self) { try await plugins.start() }
        let described = "\(try #require(error))"
        #expect(described.contains("does not initialize"))
        for shown in [text, described] {
            #expect(shown.contains("[redacted]"))
            #expect(!shown.contains("canary"), "\(shown)")
        }
    }

    /// What the process was given is not given away by its end either.
    @Test func `a secret that cannot be read ends the start, and is named without its value`()
        async throws
    {
        let registry = PluginRegistry().linking(LeakyPlugin.self, namespace: "own")
        let path = try topology(config: "{}")
        let loaded = loadTopology(
            path: path, environment: [:], plugins: registry.linked, files: .system)
        let plugins = try TopologyPlugins(
            try #require(loaded.value), registry, time: SystemTime(),
            surroundings: PluginSurroundings(
                secrets: SecretStore(
                    backends: [EnvironmentSecrets([:])], time: SystemTime(),
                    redactor: SecretRedactor()
                ) { _, _ in })
        ) { _, _, _ in }
        let error = await #expect(throws: PluginLoadError.self) { try await plugins.start() }
        #expect(error?.code == DiagnosticCode("PLUGIN", 26))
        #expect(error?.reference == "own/leaky")
        #expect(error?.reason.contains("the secret 'from/aws' cannot be read") == true)
    }

    private func topology(config: String) throws -> String {
        let rule = """
            rule leaky {
                when {
                    plugin.leaky.throws(word: transaction.id).ok == true
                    plugin.leaky.answers(word: transaction.id).ok == true
                }
                then { flag_for_review(reason: "it answers") }
            }
            rule network {
                when { plugin.leaky.asks(word: transaction.id).ok == true }
                then { reject(reason: "it answers") }
            }
            rule succeeds {
                when {
                    plugin.leaky.warns(word: transaction.id).ok == true
                    plugin.leaky.cites(word: transaction.id).ok == true
                }
                then { flag_for_review(reason: "it answers") }
            }
            """
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: leaky}
            spec:
              source: {topic: in, group: g}
              decision_budget: 60s
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins: [{plugin: own/leaky, hosts: [127.0.0.1], config: \(config)}]
            """
        _ = try directory.write("a.pact", Array(rule.utf8))
        return try directory.write("t.yaml", Array(document.utf8))
    }

    private func plant(_ vault: PythonServer, _ aws: PythonServer) async throws {
        try FileManager.default.createDirectory(
            atPath: directory.file("secrets/from"), withIntermediateDirectories: true)
        _ = try directory.write("secrets/from/file", Array((Self.canary("file") + "\n").utf8))
        let vaultState: PluginValue = [
            "tokens": .object([
                .init(Self.canary("vault_token"), ["ttl": 0, "renewable": false])
            ]),
            "secrets": ["from/vault": ["value": .string(Self.canary("vault"))]],
        ]
        try await post(vaultState, to: vault.url)
        try await post(["secrets": ["from/aws": .string(Self.canary("aws"))]], to: aws.url)
        _ = try topology(
            config: "{api_key: '\(Self.canary("inline"))', url: 'https://${LEAKY_CONFIG}.test'}")
    }

    private func post(_ value: PluginValue, to url: String) async throws {
        let client = HTTPClient()
        try client.start()
        let transport = client.transport(
            EgressPolicy(allowedRanges: [.everyIPv4] + EgressPolicy.guardedRanges))
        _ = try await transport.perform(HTTPRequest(.post, url + "/test", body: value.json))
        await client.shutdown(deadline: .zero)
    }

    /// A secret as it is and as it may be written.
    private func forms(of secret: String) -> [String] {
        let json = PluginValue.string(secret).jsonText.dropFirst().dropLast()
        let percent = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let base64 = Data(secret.utf8).base64EncodedString()
        return [secret, String(json), percent, base64, String(base64.dropLast(4))]
    }
}

/// A run of a leaky plugin, from its topology to everything that came out.
private final class Run {
    let plugins: TopologyPlugins
    private let directory: TemporaryDirectory
    private let topology: TopologySpec
    private let registry = MetricsRegistry()
    private let sink: LogSink
    private let output: CapturedLog
    private let audited = CapturedLog()
    private var health: [String] = []

    init(
        _ directory: TemporaryDirectory, _ environment: [String: String], _ output: CapturedLog,
        vault: String, aws: String
    ) throws {
        let document = """
            apiVersion: arka.io/v1
            kind: Engine
            metadata: {name: leaky}
            spec:
              log: {level: trace}
              secrets:
                backends:
                  - {type: file, directory: \(directory.file("secrets"))}
                  - {type: environment}
                  - {type: vault, address: '\(vault)', token: '${VAULT_TOKEN}'}
                  - {type: aws, region: eu-central-1, endpoint: '\(aws)'}
            """
        let engine = loadEngine(
            path: try directory.write("engine.yaml", Array(document.utf8)),
            environment: environment, files: .system)
        let spec = try #require(
            engine.value, "\(engine.diagnostics.map { $0.rendered() }.joined())")
        let plugins = PluginRegistry().linking(LeakyPlugin.self, namespace: "own")
        let loaded = loadTopology(
            path: directory.file("t.yaml"), environment: environment, plugins: plugins.linked,
            files: .system)
        topology = try #require(
            loaded.value, "\(loaded.diagnostics.map { $0.rendered() }.joined())")
        let redactor = SecretRedactor()
        sink = try LogSink(to: output, format: .json, level: .trace, redactor: redactor)
        let logger = Logger(sink)
        let audit = AuditJournal(chain: "leaky", redactor: redactor, time: SystemTime()) {
            [audited] in _ = audited.write($0 + [UInt8(ascii: "\n")])
        }
        self.plugins = try TopologyPlugins(
            topology, plugins, time: SystemTime(),
            surroundings: try PluginSurroundings(
                of: topology, plugins, spec.secrets, environment: environment,
                time: SystemTime(), redactor: redactor, audit: audit
            ) { _, line in logger.info("secrets", [.reason: .text(line)]) }
        ) { name, _, line in logger.trace("plugin", [.plugin: .text(name), .reason: .text(line)]) }
        self.directory = directory
        self.output = output
        declareCallMetrics(of: self.plugins, in: registry)
    }

    func perform() async throws {
        try await plugins.start()
        plugins.watchHealth()
        let records = (1...4).map { "{\"id\":\"r\($0)\"}\n" }.joined() + "not a record\n"
        let input = try directory.write("in.jsonl", Array(records.utf8))
        let (plugins, topology, directory) = (plugins, topology, directory)
        try await onThread {
            let answers = try WakeEvent()
            let decider = plugins.decider(
                EvaluationPlan(topology), origin: .file("in"), wake: { answers.raise() },
                didFire: { _, _ in })
            let evaluation = FileEvaluation(
                input: try LineReader(path: input),
                output: try FileWriter(path: directory.file("out")),
                deadLetters: DeadLetterFile(try FileWriter(path: directory.file("letters"))),
                decider: WaitingDecider(decider, answers: answers))
            try evaluation.run { true }
        }
        while plugins.healthReports.contains(where: { $0.health == nil }) { await Task.yield() }
        health = plugins.healthReports.map(\.line)
        health += await plugins.health().map { "\($0.name) \($0.health.pluginValue.jsonText)" }
        await plugins.stop()
        #expect(sink.close())
    }

    func decisions() throws -> [PluginValue] {
        try text(of: "out").split(separator: "\n").map { try PluginValue(json: String($0)) }
    }

    /// Everything that left the process, by place.
    func shown() throws -> [(place: String, text: String)] {
        [
            ("the log", output.text), ("decisions", try text(of: "out")),
            ("dead letters", try text(of: "letters")), ("metrics", registry.exposition()),
            ("health", health.joined(separator: "\n")), ("the audit trail", audited.text),
            ("what is known of calls", "\(plugins.snapshot())"),
        ]
    }

    private func text(of file: String) throws -> String {
        try String(contentsOfFile: directory.file(file), encoding: .utf8)
    }
}

/// Shows all that it knows, wherever it can.
private struct LeakyPlugin: DataSourcePlugin, EnrichmentPlugin {
    static let metadata = PluginMetadata(
        name: "leaky", version: "1.0.0", description: "Shows all that it knows.",
        permissions: PluginPermissions(
            network: ["127.0.0.1"],
            secrets: ["from/environment", "from/file", "from/vault", "from/aws"],
            environment: ["LEAKY_ENV"]))

    private let configuration: PluginConfiguration
    private let services: PluginServices
    private let known = Known()

    private final class Known: Sendable {
        let texts = Mutex<[String]>([])
    }

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.configuration = configuration
        self.services = services
        let inline = configuration.values.members.compactMap(\.value.text)
        let environment = [services.environment.get("LEAKY_ENV")].compactMap { $0 }
        known.texts.withLock { $0 = inline + environment }
        if configuration["fails"] == "init" { throw ConfigurationProblem("it is \(everything)") }
    }

    func initialize() async throws {
        for name in Self.metadata.permissions?.secrets ?? [] {
            let secret = try await services.secrets.get(name).revealed
            known.texts.withLock { $0.append(secret) }
        }
        if configuration["fails"] == "initialize" { throw PluginError("it is \(everything)") }
        services.log(.info, "initialized with \(everything)")
        for text in known.texts.withLock({ $0 }) {
            try await services.audit.log(
                action: "knows \(text)", resource: text,
                details: [
                    "said": .open(.string(everything)),
                    "named": .open(.object([.init(text, .array([.string(text)]))])),
                ], context: nil)
        }
    }

    func healthCheck() async -> PluginHealth {
        PluginHealth(isHealthy: false, details: ["said": .string(everything), "n": 1])
    }

    /// All secrets, plain and encoded.
    private var everything: String {
        let texts = known.texts.withLock { $0 }
        return texts.map { text in
            let base64 = Data(text.utf8).base64EncodedString()
            let basic = Data("user:\(text)".utf8).base64EncodedString()
            let percent = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "\(text) \(base64) \(basic) \(percent) \(PluginValue.string(text).jsonText)"
        }.joined(separator: " | ")
    }

    var functions: [DeclaredFunction] {
        DataSource("throws", "Throws what it knows") {
            Parameter("word", String.self)
        } answer: { (word: String) async throws -> DataSourceResult in
            services.log(.debug, "\(word): \(everything)")
            throw LeakyError(text: everything)
        }
        DataSource("answers", "Answers without success") {
            Parameter("word", String.self)
        } answer: { (_: String) async throws -> DataSourceResult in
            .failure("no: \(everything)")
        }
        DataSource("asks", "Asks a service that is not there, with the secret in the address") {
            Parameter("word", String.self)
        } answer: { (word: String) async throws -> DataSourceResult in
            let all = everything.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            do throws(HTTPFailure) {
                _ = try await services.http.perform(
                    HTTPRequest(.get, "http://127.0.0.1:9/\(word)?key=\(all)"))
            } catch {
                services.log(.error, "http://127.0.0.1:9/?key=\(all): \(error)")
                throw PluginError("\(error.message) at http://127.0.0.1:9/?key=\(all)")
            }
            return DataSourceResult(data: ["ok": true])
        }
        Enrichment("warns", "Warns") {
            Parameter("word", String.self)
        } answer: { (_: String) async throws -> EnrichmentResult in
            EnrichmentResult(enrichments: ["ok": true], warnings: ["beware of \(everything)"])
        }
        DataSource("cites", "Says more in its metadata") {
            Parameter("word", String.self)
        } answer: { (_: String) async throws -> DataSourceResult in
            DataSourceResult(data: ["ok": true], metadata: ["source": .string(everything)])
        }
    }
}

private struct LeakyError: Error {
    let text: String
}

/// Has every secret, with a value that says so.
private struct FixedBackend: SecretBackend {
    let name = "fixed"

    func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer? {
        SecretAnswer(SecretText("canary-of-\(name.text)"))
    }
}

/// Keeps what is logged.
private final class CapturedLog: LogOutput {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func write(_ lines: [UInt8]) -> Bool {
        bytes.withLock { $0 += lines }
        return true
    }
}
