import ArkaModel
import PactPlugins
import PactTesting
import Testing

/// A plugin that declares what it reads, and reads more.
private struct ReadingPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "reading", version: "1.0.0", description: "Reads its surroundings.",
        permissions: PluginPermissions(
            secrets: ["sanctions/api-key", "absent"],
            environment: ["SANCTIONS_URL", "SANCTIONS_TIMEOUT"]))
    let services: PluginServices
    let timeout: Int

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        timeout = try services.environment.get("SANCTIONS_TIMEOUT", default: 30)
    }

    var functions: [DeclaredFunction] {
        DataSource("read", "What it sees") {
        } answer: {
            let environment = services.environment
            let secret = try await services.secrets.get("sanctions/api-key")
            return DataSourceResult(
                data: [
                    "timeout": PluginValue(timeout),
                    "url": environment.get("SANCTIONS_URL").map { .string($0) } ?? .null,
                    "home": environment.get("HOME").map { .string($0) } ?? .null,
                    "secret_length": PluginValue(secret.revealed.utf8.count),
                ])
        }
        DataSource("steal", "A secret that it does not declare") {
            Parameter("name", String.self)
        } answer: { name in
            DataSourceResult(data: [
                "secret": .string(try await services.secrets.get(name).revealed)
            ])
        }
    }
}

@Suite struct EnvironmentTests {
    private let variables = ["SANCTIONS_URL": "https://s.test", "HOME": "/root"]

    // acceptance: S-74
    @Test func `a plugin sees the variables that it declares, and no others`() async throws {
        let harness = try PluginTestHarness(
            ReadingPlugin.self, environment: variables,
            secrets: ["sanctions/api-key": "k1", "other": "k2"])
        let result = await harness.callDataSource("read")
        #expect(result.success, "\(result.error ?? "")")
        #expect(result.data["url"] == "https://s.test")
        #expect(result.data["home"] == .null)
        let none = PluginEnvironment(environment: variables)
        #expect(none.get("HOME") == nil && none.get("SANCTIONS_URL") == nil)
        #expect(try none.get("SANCTIONS_URL", default: "stands in") == "stands in")
    }

    // acceptance: S-75
    @Test func `a variable has the type of its default, and another text is refused by name`()
        async throws
    {
        func environment(_ text: String?) -> PluginEnvironment {
            PluginEnvironment(declared: ["V"], environment: text.map { ["V": $0] } ?? [:])
        }
        let timeout: Int = try environment(nil).get("V", default: 30)
        #expect(timeout == 30)
        #expect(try environment("45").get("V", default: 30) == 45)
        #expect(try environment("-1").get("V", default: 30) == -1)
        #expect(try environment("true").get("V", default: false))
        #expect(try environment("0.85").get("V", default: ExactDecimal(1)) == ExactDecimal("0.85"))
        #expect(try environment("").get("V", default: "x") == "")
        for text in ["", "30s", "1e3", " 30", "+30", "030", "99999999999999999999"] {
            let problem = #expect(throws: EnvironmentProblem.self) {
                try environment(text).get("V", default: 30)
            }
            #expect(problem?.name == "V" && problem?.expected.contains("whole number") == true)
        }
        let problem = #expect(throws: EnvironmentProblem.self) {
            try environment("canary").get("V", default: true)
        }
        #expect(
            problem?.description
                == "the environment's V must be true or false; correct it, or leave it out for the default"
        )
        // A plugin that is made with such a variable says so.
        #expect(throws: EnvironmentProblem.self) {
            try PluginTestHarness(
                ReadingPlugin.self, environment: ["SANCTIONS_TIMEOUT": "soon"])
        }
        let harness = try PluginTestHarness(
            ReadingPlugin.self, environment: ["SANCTIONS_TIMEOUT": "5"],
            secrets: ["sanctions/api-key": "k1"])
        #expect(await harness.callDataSource("read").data["timeout"] == 5)
    }

    @Test func `under test, secrets are those that are given and declared`() async throws {
        let harness = try PluginTestHarness(
            ReadingPlugin.self, secrets: ["sanctions/api-key": "k1-secret", "other": "k2"])
        #expect(await harness.callDataSource("read").data["secret_length"] == 9)
        let other = await harness.callDataSource("steal", ["name": "other"])
        #expect(!other.success && other.error?.contains("does not declare") == true)
        let absent = await harness.callDataSource("steal", ["name": "absent"])
        #expect(!absent.success && absent.error?.contains("no such secret") == true)
    }
}
