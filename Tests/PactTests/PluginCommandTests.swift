import ArkaConfig
import ArkaEngine
import ArkaModel
import ArkaSystem
import Foundation
import PactPlugins
import Testing
import WatchedPlugin

@testable import PactProgram

/// `pact plugin validate`, `list` and `check-deps`.
@Suite(.timeLimit(.minutes(1))) struct PluginCommandTests {
    private let directory: TemporaryDirectory
    /// An engine document that knows the folder of plugins.
    private let engine: String

    init() throws {
        directory = try TemporaryDirectory()
        try makeDirectories(directory.file("plugins/my-plugin/src/my_plugin"))
        try makeDirectories(directory.file("plugins/my-plugin/tests"))
        engine = try directory.write(
            "engine.yaml",
            Array(
                """
                apiVersion: arka.io/v1
                kind: Engine
                metadata: {name: test}
                spec:
                  plugins:
                    path: [\(directory.file("plugins"))]
                """.utf8))
        try write("CHANGELOG.md", "# 1.0.0\n")
        try write("tests/test_plugin.py", "")
        try write("src/my_plugin/plugin.py", "class MyPlugin: pass\n")
        try writeManifest()
    }

    private func write(_ path: String, _ text: String) throws {
        try directory.write("plugins/my-plugin/" + path, Array(text.utf8))
    }

    private func writeManifest(entrypoint: String = "MyPlugin", needs: String = "") throws {
        try write(
            "plugin.yaml",
            """
            apiVersion: arka.io/v1
            kind: PluginManifest
            metadata: {name: my-custom-plugin, version: 1.2.3, description: Mine}
            spec:
              entrypoint: my_plugin.plugin:\(entrypoint)
              types: [data_source]
              dependencies: {\(needs)}
              exports:
                data_sources:
                  - {name: check_entity, description: Checks}
            """)
    }

    private var folder: String { directory.file("plugins/my-plugin") }

    @Test func `a pipe in a plugin's folder holds no command up`() throws {
        for name in ["plugin.yaml", "src/my_plugin/more.py", "config.json"] {
            _ = unlink(folder + "/" + name)
            #expect(mkfifo(folder + "/" + name, 0o600) == 0)
        }
        for words in [
            ["plugin", "validate", folder], ["plugin", "check-deps", folder],
            ["plugin", "list", "--config", engine],
        ] {
            let run = try PactRun(words)
            #expect(run.code == 1, "\(words)")
        }
    }

    // acceptance: S-130
    @Test func `a plugin is validated where one stands, by its folder, and by its name`() throws {
        for words in [
            [folder], [folder + "/plugin.yaml"], ["my-plugin", "--config", engine],
            ["my-custom-plugin", "-c", engine],
        ] {
            let run = try PactRun(["plugin", "validate"] + words)
            #expect(run.code == 0, "\(words) \(run.error)")
            #expect(run.output.contains("my-custom-plugin 1.2.3, 1 function: no problems found"))
        }
        #expect(try PactRun(["plugin", "validate"], in: folder).code == 0)

        try writeManifest(entrypoint: "MyPlugn")
        let wrong = try PactRun(["plugin", "validate"], in: folder)
        #expect(wrong.code == 1)
        #expect(wrong.error.contains("plugin.yaml:5:15: error: 'MyPlugn' is not declared"))
        #expect(wrong.error.contains("did you mean 'MyPlugin'?"))
        let named = try PactRun(["plugin", "validate", "my-plugin", "-c", engine, "--json"])
        #expect(named.code == 1)
        #expect(named.output.contains("\"ARKA-PROJECT-0002\""))
        #expect(named.output.contains("arka.diagnostics/1"))

        let unknown = try PactRun(["plugin", "validate", "my-plugn", "-c", engine])
        #expect(unknown.code == 1)
        #expect(unknown.error.contains("there is no folder and no plugin 'my-plugn'"))
        #expect(unknown.error.contains("did you mean 'my-plugin'?"))
        #expect(try PactRun(["plugin", "validate", "a", "b"]).code == 2)
        let lost = try PactRun(["plugin", "list", "-c", directory.file("none.yaml")])
        #expect(lost.code == 1 && lost.error.contains("none.yaml"))
    }

    @Test func `a name that several plugins have is refused, and both are named`() throws {
        try makeDirectories(directory.file("plugins/other"))
        try directory.write(
            "plugins/other/plugin.yaml",
            readFile(folder + "/plugin.yaml", limit: 1 << 20))
        let run = try PactRun(["plugin", "validate", "my-custom-plugin", "-c", engine])
        #expect(run.code == 1)
        #expect(run.error.contains("several plugins are called 'my-custom-plugin'"))
        #expect(run.error.contains(folder) && run.error.contains("plugins/other"))
    }

    @Test func `a linked plugin is validated by what it says of itself`() throws {
        let life = WatchedLife()
        var use = PluginUse("own/watched", name: "watched")
        use.configuration = ["life": PluginValue(life.number)]
        #expect(checkLinkedPlugin("own/watched", WatchedPlugin.self, [use]).isEmpty)
        // Its functions cannot be known without its configuration.
        let unknown = checkLinkedPlugin("own/watched", WatchedPlugin.self, [])
        #expect(unknown.map(\.code) == [.projectUnknown] && unknown[0].severity == .warning)
        let bad = checkLinkedPlugin("own/careless", CarelessPlugin.self, [])
        #expect(Set(bad.map(\.code)) == [.projectUndescribed, .projectWildcard])
        #expect(bad.count == 3 && bad.allSatisfy { $0.severity == .warning })
        let broken = checkLinkedPlugin("own/broken", BrokenPlugin.self, [])
        #expect(broken.map(\.code).contains(.pluginName))
        #expect(broken.contains { $0.severity == .error })
    }

    // acceptance: X-6
    @Test func `a function without a description works, and is warned of`() async throws {
        let plugin = CarelessPlugin(
            [:], services: PluginServices(http: NoNetwork(), time: SystemTime()))
        #expect(await plugin.fetch("check").success)
        let found = checkLinkedPlugin("own/careless", CarelessPlugin.self, [])
        #expect(
            found.contains { $0.code == .projectUndescribed && $0.message.contains("'check'") })
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test func `a manifest is compared with the plugin of its name that is linked`() throws {
        let registry = PluginRegistry().linking(CarelessPlugin.self, namespace: "own")
        let catalog = PluginCatalog(registry, config: engine)
        #expect(catalog.registered("careless", [])?.map(\.name) == ["check"])
        #expect(catalog.registered("watched", []) == nil)
        guard case .success(.linked("own/careless", _)) = catalog.target("careless"),
            case .success(.linked("own/careless", _)) = catalog.target("own/careless"),
            case .success(.folder(let path)) = catalog.target("my-plugin")
        else {
            Issue.record("a name does not lead to its plugin")
            return
        }
        #expect(path == folder)
    }

    // acceptance: S-07
    @Test func `the list has plugins, versions, functions and health`() async throws {
        let life = WatchedLife()
        let registry = PluginRegistry().linking(WatchedPlugin.self, namespace: "own")
        let catalog = PluginCatalog(registry, config: engine)
        let use = PluginUse(
            "own/watched", name: "watched", configuration: ["life": PluginValue(life.number)])
        let topology = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out",
            plugins: [use])

        let quiet = listedPlugins(catalog, topology, asksHealth: false)
        #expect(quiet.map(\.name) == ["own/watched", "my-custom-plugin"])
        #expect(quiet.map(\.version) == ["1.0.0", "1.2.3"])
        #expect(quiet.map(\.kinds) == [["enrichment"], ["data_source"]])
        #expect(quiet.map { $0.functions?.map(\.name) } == [["say", "say_all"], ["check_entity"]])
        #expect(quiet.map(\.folder) == [nil, folder])
        #expect(quiet.allSatisfy { $0.health == .notAsked })
        #expect(life.healthChecks == 0, "nothing is started unless that is asked for")

        let asked = try await onThread { listedPlugins(catalog, topology, asksHealth: true) }
        #expect(asked.map(\.health) == [.healthy, .notAsked])
        #expect(life.healthChecks == 1 && life.shutDowns == 1)
        life.health = PluginHealth(isHealthy: false)
        let sick = try await onThread { listedPlugins(catalog, topology, asksHealth: true) }
        #expect(sick[0].health == .unhealthy)
        // Without its configuration its functions are not known, and the list says why.
        let bare = listedPlugins(catalog, nil, asksHealth: false)
        #expect(bare[0].functions == nil && bare[0].note?.contains("life") == true)
    }

    @Test
    func `plugins that are asked how they are have their secrets, and may write to the trail`()
        async throws
    {
        let secrets = directory.file("secrets")
        try makeDirectories(secrets)
        try directory.write("secrets/key", Array("a-key-of-ours".utf8))
        let config = try directory.write(
            "secrets.yaml",
            Array(
                """
                apiVersion: arka.io/v1
                kind: Engine
                metadata: {name: test}
                spec:
                  secrets:
                    startup_timeout: 100ms
                    backends: [{type: file, directory: \(secrets)}]
                """.utf8))
        let registry = PluginRegistry().linking(KeyedPlugin.self, namespace: "own")
        let topology = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out",
            plugins: [PluginUse("own/keyed", name: "keyed")])
        let listed = try await onThread {
            listedPlugins(
                PluginCatalog(registry, config: config), topology, asksHealth: true)
        }
        #expect(listed.map(\.health) == [.healthy])
        try FileManager.default.removeItem(atPath: secrets + "/key")
        let without = try await onThread {
            listedPlugins(
                PluginCatalog(registry, config: config), topology, asksHealth: true)
        }
        #expect(without.map(\.health) == [.notStarted])
    }

    @Test func `the list is printed as a table and as JSON, wrong manifests included`() throws {
        let run = try PactRun(["plugin", "list", "--config", engine])
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("NAME"))
        #expect(run.output.contains("my-custom-plugin  1.2.3    data_source  \(folder)"))
        #expect(run.output.contains("not asked"))
        let json = try PactRun(["plugin", "list", "--config", engine, "--json"])
        #expect(json.output.contains("\"schema\":\"arka.plugins/1\""))
        #expect(json.output.contains("\"source\":\"folder\""))
        try write("plugin.yaml", "kind: PluginManifest\n")
        let wrong = try PactRun(["plugin", "list", "--config", engine])
        #expect(wrong.code == 1)
        #expect(wrong.output.contains("pact plugin validate \(folder)"))
        #expect(try PactRun(["plugin", "list", "--health"]).code == 2)
        #expect(try PactRun(["plugin", "list"]).output.contains("no plugin is linked"))
    }

    /// A Python that says what a test wants, with packages of the test's.
    private func python(_ version: String) throws -> String {
        let packages = directory.file("site-packages")
        for (name, version) in [
            ("aiohttp", "3.9.1"), ("Pydantic_Core", "2.0.0rc1"), ("odd", "1!2"),
        ] {
            let folder = "\(packages)/\(name)-\(version).dist-info"
            try makeDirectories(folder)
            let text = "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\n\nName: other\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/METADATA"))
        }
        let path = try directory.write(
            "python", Array("#!/bin/sh\necho \(version)\necho \(packages)\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    private func checkDependencies(_ needs: String, python: String) throws -> PactRun {
        try writeManifest(needs: needs)
        return try PactRun(["plugin", "check-deps", "my-plugin", "-c", engine, "--python", python])
    }

    // acceptance: S-111, S-112, S-113, S-135
    @Test func `needs are held against what is installed, in a table, with an exit code`() throws {
        let python = try python("3.11.4")
        let fine = try checkDependencies(
            "python: '>=3.10', arka-sdk: '>=0.1.0', packages: ['aiohttp>=3.8.0']", python: python)
        #expect(fine.code == 0, "\(fine.error)")
        #expect(
            fine.output == """
                KIND      NAME      REQUIRED  FOUND   VERDICT
                language  python    >=3.10    3.11.4  present
                sdk       arka-sdk  >=0.1.0   \(pactVersion)   present
                package   aiohttp   >=3.8.0   3.9.1   present

                """)
        for (needs, verdict) in [
            ("python: '>=3.12'", "wrong version"), ("arka-sdk: '>=1.0.0'", "wrong version"),
            ("packages: ['aiohttp>=4']", "wrong version"), ("packages: [absent]", "missing"),
            ("packages: ['pydantic-core>=2.0.0']", "wrong version"),
            ("packages: [odd]", "unknown version"),
        ] {
            let run = try checkDependencies(needs, python: python)
            #expect(run.code == 1, "\(needs)")
            #expect(run.output.contains(verdict), "\(needs) \(run.output)")
        }
        // A pre-release is taken where one is asked for, and names are compared as packagers do.
        let early = try checkDependencies("packages: ['pydantic.core>=2.0.0-rc1']", python: python)
        #expect(early.code == 0, "\(early.output)")
        let json = try PactRun(
            ["plugin", "check-deps", folder, "--python", python, "--json"])
        #expect(json.output.contains("\"schema\":\"arka.dependencies/1\""))
    }

    @Test func `without Python, that is said`() throws {
        let run = try checkDependencies(
            "python: '>=3.10', packages: [aiohttp]", python: directory.file("nothing"))
        #expect(run.code == 1)
        #expect(run.output.contains("python") && run.output.contains("missing: there is no"))
        #expect(run.error.contains("no packages can be looked at"))
    }

    @Test(arguments: [
        ("3.9.1", "3.9.1"), ("24.1", "24.1.0"), ("2023.7.22", "2023.7.22"), ("1.2.3.4", "1.2.3"),
        ("2.0.0rc1", "2.0.0-rc1"), ("2.0b2", "2.0.0-b2"), ("1.0.dev3", "1.0.0-dev3"),
        ("1.0.post1", "1.0.0"), ("1.0+cu118", "1.0.0"), ("v1.0", "1.0.0"), ("1!2.0", nil),
        ("x", nil),
        ("", nil), ("1.0-1", nil),
    ])
    func `versions of Python's packages are compared by their release`(text: String, same: String?)
    {
        #expect(PythonVersion(text)?.comparable.description == same)
    }

    @Test(arguments: ["validate", "list", "check-deps"])
    func `each command's help has an example`(name: String) throws {
        let run = try PactRun(["plugin", name, "--help"])
        #expect(run.code == 0 && run.output.contains("\nExamples:\n  pact plugin \(name)"))
    }
}

private struct NoNetwork: HTTPTransport {
    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        requests.map { _ in
            .failure(HTTPFailure(.notAllowed, message: "no network", mayHaveBeenSent: false))
        }
    }
}

/// A plugin whose author did not say what there is to say.
private struct CarelessPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "careless", version: "1.0.0", description: "",
        permissions: PluginPermissions(network: ["*.example.com"]))

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] {
        DataSource("check") {
        } answer: {
            DataSourceResult()
        }
    }
}

/// A plugin whose declarations are wrong.
private struct BrokenPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(name: "broken", version: "1.0.0", description: "d")

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] {
        DataSource("Bad Name", "d") {
        } answer: {
            DataSourceResult()
        }
    }
}

/// Does not start without its secret and the audit trail.
private struct KeyedPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "keyed", version: "1.0.0", description: "Needs a key",
        permissions: PluginPermissions(secrets: ["key"]))

    let services: PluginServices

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
    }

    func initialize() async throws {
        guard try await services.secrets.get("key").revealed == "a-key-of-ours" else {
            throw PluginError("another key")
        }
        try await services.audit.log(action: "started", resource: "keyed", context: nil)
    }

    var functions: [DeclaredFunction] {
        DataSource("check", "Checks") {
            Parameter("id", String.self)
        } answer: { (id: String) in
            DataSourceResult(data: ["id": .string(id)])
        }
    }
}
