import ARKA
import ArkaEngine
import ArkaModel
import PactPlugins
import Testing

/// What the guide uses without saying what it is.
@Suite struct GuideNamesTests {
    // acceptance: X-11
    @Test
    func `enrichments, validators, input checks, variables, secrets, audit and manager are there`()
        async throws
    {
        let manager = PluginManager(
            PluginRegistry().linking(GuideNamesPlugin.self, namespace: "pact")
        ) { _, _, _ in }
        let loaded = try await manager.load("pact/guide-names", config: ["level": 3])
        #expect(
            loaded.functions.map(\.path) == [
                "plugin.guide_names.enrich", "plugin.guide_names.check",
            ])
        await manager.shutdown()

        let trail = Trail()
        let services = PluginServices(
            http: NoNetwork(), time: NoTime(),
            environment: PluginEnvironment(
                declared: ["TIMEOUT"], environment: ["TIMEOUT": "30", "HOME": "/root"]),
            secrets: SecretsManager(OneSecret()),
            audit: AuditLogger(plugin: "guide_names", sink: trail))
        let plugin = try GuideNamesPlugin(["level": 3], services: services)
        let enriched = await plugin.enrich("enrich", data: ["country": "KP"])
        #expect(
            enriched.enrichments == [
                "level": 3, "timeout": "30", "home": .null, "secret": "[redacted]",
            ])
        #expect(await trail.actions == ["data_access"])
        #expect(await plugin.validate("check", data: ["country": "KP"]).valid)
        #expect(await !plugin.validate("check", data: ["country": "Korea"]).valid)
    }
}

/// Uses everything once.
private struct GuideNamesPlugin: EnrichmentPlugin, ValidationPlugin {
    static let metadata = PluginMetadata(
        name: "guide-names", version: "1.0.0", description: "Uses what the guide uses.")
    let services: PluginServices
    let level: Int

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        level = try configuration.read("level")
    }

    var functions: [DeclaredFunction] {
        let country: InputValidator = ["country": [.length(2...2)]]
        Enrichment("enrich", "Enriches", validating: country) {
            Parameter("country", String.self)
        } answer: { _ in
            let secret = try await services.secrets.get("pact/key")
            try await services.audit.log(
                action: "data_access", resource: "list", context: nil)
            return EnrichmentResult(enrichments: [
                "level": PluginValue(level),
                "timeout": PluginValue(services.environment.get("TIMEOUT")),
                "home": PluginValue(services.environment.get("HOME")),
                "secret": .string("\(secret)"),
            ])
        }
        Validator("check", "Checks", validating: country) {
            Parameter("country", String.self)
        } answer: { _ in
            ValidationResult(valid: true, score: 1)
        }
    }
}

private actor Trail: AuditSink {
    private(set) var actions: [String] = []

    func write(_ entry: AuditEntry) async throws(AuditFailure) { actions.append(entry.action) }
}

private struct OneSecret: SecretsSource {
    func secret(named name: String) async throws(SecretFailure) -> SecretText {
        guard name == "pact/key" else { throw SecretFailure(name, .notFound, "there is none") }
        return SecretText("s3cret")
    }
}

private struct NoNetwork: HTTPTransport {
    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        requests.map { _ in
            .failure(HTTPFailure(.notAllowed, message: "no network", mayHaveBeenSent: false))
        }
    }
}

private struct NoTime: TimeSource {
    var monotonic: Duration { .zero }
    var wallMilliseconds: Int64 { 0 }
}
