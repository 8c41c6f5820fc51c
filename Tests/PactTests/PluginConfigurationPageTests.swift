import ArkaConfig
import ArkaEngine
import ArkaModel
import Foundation
import PactPlugins
import Testing

@testable import PactProgram

/// What the page on plugin configuration shows is true: every block of it is read, and what a command
/// prints is what it prints.
@Suite struct PluginConfigurationPageTests {
    /// The plugin that the page leans on.
    private struct SanctionsList: DataSourcePlugin {
        static let metadata = PluginMetadata(
            name: "sanctions-list", version: "1.0.0", description: "Looks entities up",
            permissions: PluginPermissions(network: ["*.sanctions-provider.com"]))

        init(_ configuration: PluginConfiguration, services: PluginServices) throws {
            let _: String = try configuration.read("api_key")
            let _: [String] = try configuration.read("lists")
        }

        var functions: [DeclaredFunction] {
            DataSource("check_sanctions") {
                Parameter("entity_id", String.self)
            } answerAtOnce: { _ in
                DataSourceResult()
            }
        }
    }

    private struct Block {
        let marks: String
        var text = ""
    }

    private static let page = PactRun.project.appending(path: "docs/guide/plugin-configuration.md")
    private static let environment = ["SANCTIONS_API_KEY": "k-123"]
    private static let linked = PluginRegistry().linking(SanctionsList.self, namespace: "pact")
        .linked

    private static let blocks: [Block] = {
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        var blocks: [Block] = []
        var open: Block?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```"), let block = open {
                blocks.append(block)
                open = nil
            } else if line.hasPrefix("```") {
                open = Block(marks: String(line.dropFirst(3)))
            } else {
                open?.text += line + "\n"
            }
        }
        return blocks
    }()

    private func text(_ marks: String) throws -> String {
        try #require(Self.blocks.first { $0.marks == marks }?.text, "\(marks)")
    }

    /// The page's documents as files, with a rule that calls the plugin.
    private func files() throws -> FileAccess {
        let rule = """
            rule sanctioned {
                when { plugin.sanctions_list.check_sanctions(entity_id: transaction.id).hit }
                then { reject(reason: "sanctioned") }
            }
            """
        let texts = [
            "topology.yaml": try text("yaml topology.yaml"), "rules/a.pact": rule,
            "plugins/sanctions-list.yaml": try text("yaml plugins/sanctions-list.yaml"),
            "plugin.yaml": try text("yaml plugin.yaml"),
        ]
        return FileAccess(
            read: { path in
                texts[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
            }, list: { _ in .success(["a.pact"]) })
    }

    @Test func `the page has no block that nothing looks at`() {
        #expect(
            Self.blocks.map(\.marks) == [
                "yaml plugins/sanctions-list.yaml", "yaml topology.yaml", "yaml faulty",
                "text says",
                "sh", "text sandbox", "swift", "yaml plugin.yaml",
            ])
    }

    @Test func `the topology uses the plugin as its document says`() throws {
        let loaded = loadTopology(
            path: "topology.yaml", environment: Self.environment, plugins: Self.linked,
            files: try files())
        let text = loaded.diagnostics.map { $0.rendered() }.joined()
        let use = try #require(loaded.value?.plugins.first, "\(text)")
        #expect(use.name == "sanctions_list" && use.hosts == ["api.sanctions-provider.com"])
        #expect(use.configuration["lists"] == ["OFAC", "UN", "EU"])
        // What the page says is warned of, and nothing else.
        let bounds = loaded.diagnostics.filter { $0.code.description == "ARKA-CONF-0020" }
        #expect(bounds.count == 1 && text.contains("'resources.cpu'"), "\(text)")
        #expect(loaded.diagnostics.allSatisfy { $0.severity == .warning })
    }

    @Test func `the faulty document is told as the page says`() throws {
        let loaded = readPluginConfig(
            SourceText(name: "sanctions-list.yaml", text: try text("yaml faulty")),
            environment: Self.environment)
        #expect(
            loaded.diagnostics.map { $0.rendered() }.joined().trimmingCharacters(in: .newlines)
                == (try text("text says")).trimmingCharacters(in: .newlines))
    }

    @Test func `the sandbox is shown as the page says`() throws {
        let found = findSandbox(
            of: "plugins/sanctions-list.yaml", linked: Self.linked,
            environment: Self.environment, files: try files())
        let finding = try #require(
            found.value, "\(found.diagnostics.map { $0.rendered() }.joined())")
        #expect(finding.shownText == (try text("text sandbox")))
    }

    @Test func `rules are checked against the manifest`() throws {
        let manifest = SourceText(name: "plugin.yaml", text: try text("yaml plugin.yaml"))
        #expect(readPluginManifest(manifest).diagnostics == [])
        let table = try #require(readFunctionTables([manifest]).value)
        let function = try #require(table.function("sanctions_list", "check_sanctions"))
        #expect(function.parameters.map(\.defaultValue) == [nil, "\"OFAC\""])
    }

    @Test func `the line of code logs values apart from the words`() throws {
        #expect(try text("swift").contains("services.log(.debug, \"no match\", request: ["))
        let services = PluginServices(
            http: Nowhere(), time: Stopped(),
            log: PluginLog { line in
                #expect(line.message == "no match" && line.request == ["entity_id": "a"])
            })
        let id = "a"
        services.log(.debug, "no match", request: ["entity_id": .string(id)])
    }

    private struct Nowhere: HTTPTransport {
        func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] { [] }
    }

    private struct Stopped: TimeSource {
        var monotonic: Duration { .zero }
        var wallMilliseconds: Int64 { 0 }
    }
}
