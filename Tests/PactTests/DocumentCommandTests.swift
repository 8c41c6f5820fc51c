import ArkaCommandLine
import ArkaSystem
import Foundation
import Testing

@testable import PactProgram

/// `pact config docs` and `pact plugin sandbox`.
@Suite(.timeLimit(.minutes(1))) struct DocumentCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `all kinds of documents are listed`() throws {
        let run = try PactRun(["config", "docs"])
        #expect(run.code == 0 && run.error.isEmpty)
        let kinds = run.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(
            kinds == [
                "Topology", "Engine", "PluginConfig", "PluginManifest", "FunctionTable",
                "RuleTests", "RuleMocks", "Cases", "Scenario",
            ])
        let json = try object(PactRun(["config", "docs", "--json"]).output)
        #expect(json["schema"] as? String == "arka.document_kinds/1")
        #expect((json["kinds"] as? [Any])?.count == 9)
    }

    @Test func `a kind is shown as a table, as JSON, as an example, as a schema`() throws {
        let table = try PactRun(["config", "docs", "PluginConfig"])
        #expect(table.output.contains("| `sandbox.network.timeoutMs` |"))
        let json = try object(PactRun(["config", "docs", "PluginConfig", "--json"]).output)
        let keys = try #require(json["keys"] as? [[String: Any]])
        let level = try #require(keys.first { $0["path"] as? String == "logging.level" })
        #expect(level["default"] as? String == "`info`" && level["required"] as? Bool == false)
        let schema = try object(PactRun(["config", "docs", "PluginConfig", "--schema"]).output)
        #expect(schema["title"] as? String == "PluginConfig")
        let example = try PactRun(["config", "docs", "PluginConfig", "--example"])
        let path = try directory.write("p.yaml", Array(example.output.utf8))
        let run = try PactRun(["plugin", "sandbox", path])
        #expect(run.code == 0, "\(run.error)")
    }

    @Test(arguments: [
        ["config", "docs", "PluginConfg"], ["config", "docs", "--example"],
        ["config", "docs", "Topology", "--example", "--schema"],
        ["config", "docs", "Topology", "--schema", "--json"], ["plugin", "sandbox"],
    ])
    func `what does not go together is refused`(words: [String]) throws {
        let run = try PactRun(words)
        #expect(run.code == 2 && run.output.isEmpty)
        if words.last == "PluginConfg" {
            #expect(run.error.contains("did you mean 'PluginConfig'?"), "\(run.error)")
        }
    }

    private static let config = """
        apiVersion: arka.io/v1
        kind: PluginConfig
        metadata: {name: sanctions-list}
        spec:
          plugin: pact/sanctions-list
          config: {api_key: "${SANCTIONS_API_KEY}"}
          resources: {cpu: 100m}
          sandbox:
            networkAccess: {allowed: ["*.example.com"]}
            network: {allowedHosts: [api.example.com, other.org]}
        """

    private static let manifest = """
        apiVersion: arka.io/v1
        kind: PluginManifest
        metadata: {name: sanctions-list, version: 1.0.0}
        spec:
          entrypoint: a:B
          types: [action]
          exports: {actions: [{name: f}]}
          permissions: {network: [api.example.com], secrets: [a/key]}
        """

    @Test func `a policy is shown with where each part comes from, and no secret`() throws {
        let config = try directory.write("c.yaml", Array(Self.config.utf8))
        let manifest = try directory.write("plugin.yaml", Array(Self.manifest.utf8))
        let environment = ["SANCTIONS_API_KEY": "hunter2"]
        let run = try PactRun(
            ["plugin", "sandbox", config, "--manifest", manifest], environment: environment)
        #expect(run.code == 0, "\(run.error)")
        for line in [
            "sanctions-list (pact/sanctions-list)", "It is not part of this program",
            "network.hosts              api.example.com\n",
            "\(config):9:30 sandbox.networkAccess.allowed: *.example.com",
            "\(config):10:29 sandbox.network.allowedHosts: api.example.com, other.org",
            "\(manifest):8:26 permissions.network: api.example.com",
            "cpu                        100m",
            "secrets                    a/key",
        ] {
            #expect(run.output.contains(line), "\(line) in\n\(run.output)")
        }
        let json = try object(
            PactRun(
                ["plugin", "sandbox", config, "--manifest", manifest, "--json"],
                environment: environment
            ).output)
        #expect(json["schema"] as? String == "arka.sandbox/1")
        let bounds = try #require(json["bounds"] as? [[String: Any]])
        let hosts = try #require(bounds.first { $0["name"] as? String == "network.hosts" })
        #expect(hosts["values"] as? [String] == ["api.example.com"])
        #expect((hosts["sources"] as? [[String: Any]])?.count == 3)
        #expect(!run.output.contains("hunter2") && !"\(json)".contains("hunter2"))

        let missing = try PactRun(["plugin", "sandbox", config])
        #expect(missing.code == 1 && missing.error.contains("'SANCTIONS_API_KEY' is not set"))
        let alone = try PactRun(["plugin", "sandbox", manifest])
        #expect(alone.code == 0 && alone.output.hasPrefix("sanctions-list 1.0.0\n"))
        let unknown = try PactRun(["plugin", "sandbox", "sanctions"])
        #expect(unknown.code == 1 && unknown.error.contains("there is no plugin 'sanctions'"))
    }

    @Test(arguments: [["config", "docs"], ["plugin", "sandbox"]])
    func `each command has help with an example`(words: [String]) throws {
        let run = try PactRun(words + ["--help"])
        #expect(run.code == 0 && run.output.contains("Examples:\n  "))
    }
}
