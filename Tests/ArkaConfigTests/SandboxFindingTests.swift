import ArkaConfig
import ArkaModel
import PactPlugins
import Testing

/// What a plugin may do, put together from all that says so.
@Suite struct SandboxFindingTests {
    private let linked = LinkedPlugins([
        LinkedPlugins.Plugin(
            reference: "pact/sanctions-list", version: "1.2.0",
            permissions: PluginPermissions(network: ["*.example.com"], secrets: ["a/key"])
        ) { _ in [] },
        LinkedPlugins.Plugin(reference: "own/open", version: "2.0.0") { _ in [] },
    ])

    private func find(
        _ name: String, _ files: [String: String] = [:], manifest: String? = nil
    ) -> Loaded<SandboxFinding> {
        findSandbox(
            of: name, manifest: manifest, linked: linked, environment: [:],
            files: TestFiles.memory(files))
    }

    private func words(_ finding: SandboxFinding, _ name: String) -> String? {
        finding.policy.aspects.first { $0.name == name }?.words
    }

    @Test func `a plugin of the program is found by its reference or its name`() throws {
        for name in ["pact/sanctions-list", "sanctions-list"] {
            let finding = try #require(find(name).value)
            #expect(finding.isInProcess && finding.version == "1.2.0")
            #expect(words(finding, "network.hosts") == "*.example.com")
            #expect(words(finding, "secrets") == "a/key")
            #expect(words(finding, "environment") == "none", "none is declared")
            #expect(words(finding, "cpu") == "no bound")
        }
        let open = try #require(find("open").value)
        #expect(words(open, "network.hosts") == "none", "nobody names a host")
        #expect(words(open, "secrets") == "none")
        let text = rendered(find("sanction-list").diagnostics)
        #expect(text.contains("did you mean 'sanctions-list'?"), "\(text)")
        #expect(rendered(find("x.yaml").diagnostics).contains("cannot read 'x.yaml'"))
    }

    @Test func `a document, the plugin and its manifest all count`() throws {
        let config = """
            apiVersion: arka.io/v1
            kind: PluginConfig
            metadata: {name: s}
            spec:
              plugin: pact/sanctions-list
              version: ">=1.0"
              resources: {memory: 1Gi, timeout: 30}
              sandbox:
                networkAccess: {allowed: ["*.a.example.com", b.example.com, c.org]}
                resources: {maxMemory: 256Mi}
            """
        let manifest = """
            apiVersion: arka.io/v1
            kind: PluginManifest
            metadata: {name: sanctions-list, version: 1.2.0}
            spec:
              entrypoint: a:B
              types: [action]
              exports: {actions: [{name: f}]}
              permissions: {network: [x.a.example.com, c.org]}
            """
        let files = ["s.yaml": config, "plugin.yaml": manifest]
        let finding = try #require(find("s.yaml", files).value)
        #expect(words(finding, "network.hosts") == "*.a.example.com, b.example.com")
        #expect(words(finding, "memory") == "256Mi" && words(finding, "call_time") == "30s")
        #expect(finding.isInProcess && finding.name == "s")
        let both = try #require(find("s.yaml", files, manifest: "plugin.yaml").value)
        #expect(words(both, "network.hosts") == "x.a.example.com")
        let keys = both.parts.filter { $0.policy.network.hosts != nil }.map(\.key)
        #expect(
            keys == [
                "sandbox.networkAccess.allowed", "permissions.network", "permissions.network",
            ])
        let wrong = find("s.yaml", ["s.yaml": config.replacing(">=1.0", with: "^2.0")])
        #expect(wrong.value == nil)
        #expect(
            rendered(wrong.diagnostics).contains("is of version 1.2.0, and '^2.0' is asked for"))
        #expect(find("s.yaml", files, manifest: "none.yaml").value == nil)
    }

    @Test func `every bound has its name, and only some are held in the process`() {
        let aspects = SandboxPolicy().aspects
        #expect(Set(aspects.map(\.name)).count == aspects.count)
        #expect(aspects.allSatisfy { $0.values == nil })
        #expect(SandboxPolicy().isHeldInProcess)
        #expect(!SandboxPolicy(resources: .init(memoryBytes: 1)).isHeldInProcess)
        #expect(SandboxPolicy(resources: .init(callTime: .seconds(1))).isHeldInProcess)
        #expect(SandboxPolicy(network: .init(hosts: HostRules([]))).isHeldInProcess)
        #expect(!SandboxPolicy(network: .init(connectionsMax: 1)).isHeldInProcess)
    }
}
