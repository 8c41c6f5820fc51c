import ArkaConfig
import ArkaModel
import ArkaResilience
import ArkaRules
import PactPlugins
import Testing

/// Topologies whose plugins stand in documents of their own.
@Suite struct PluginFileTests {
    private let linked = LinkedPlugins([
        LinkedPlugins.Plugin(
            reference: "pact/sanctions-list", version: "1.2.0",
            permissions: PluginPermissions(network: ["*.example.com"])
        ) { _ in
            [FunctionSignature(plugin: "", name: "check", kind: .dataSource)]
        } settings: { _ in
            ["check": FunctionSettings(timeout: .milliseconds(500))]
        },
        LinkedPlugins.Plugin(reference: "own/open") { _ in
            [FunctionSignature(plugin: "", name: "check", kind: .dataSource)]
        },
    ])

    /// Loads a topology with these entries, in whose folder these documents lie.
    private func load(
        _ entries: String, _ documents: [String: String], rule: String? = nil,
        environment: [String: String] = ["KEY": "k-123"]
    ) -> Loaded<TopologySpec> {
        let topology = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins:
            \(entries)
            """
        let rule = rule ?? "rule r { when { 1 < 2 } then { reject(reason: \"r\") } }"
        var files = ["d/t.yaml": topology, "d/a.pact": rule]
        for (name, text) in documents { files["d/" + name] = text }
        return loadTopology(
            path: "d/t.yaml", environment: environment, plugins: linked,
            files: TestFiles.memory(files))
    }

    private func document(
        _ lines: String = "", name: String = "sanctions-list", namespace: String? = nil,
        plugin: String = "pact/sanctions-list"
    ) -> String {
        let space = namespace.map { ", namespace: \($0)" } ?? ""
        return "apiVersion: arka.io/v1\nkind: PluginConfig\nmetadata: {name: \(name)\(space)}\n"
            + "spec:\n  plugin: \(plugin)\n" + lines
    }

    private func calling(_ name: String) -> String {
        """
        rule r {
            when { plugin.\(name).check().hit == true }
            then { reject(reason: "r") }
        }
        """
    }

    // acceptance: S-62
    @Test func `a plugin is used as its document says, with what it is configured with`() throws {
        let loaded = load(
            """
                - file: plugins/s.yaml
                  functions: [{name: check, cache_ttl: 1h}]
            """,
            [
                "plugins/s.yaml": document(
                    """
                      version: ^1.0
                      config: {api_key: "${KEY}", cache_ttl: 3600, lists: [OFAC, UN, EU], deep: {a: [2, true, null]}}
                      resources: {timeout: 100ms}
                      sandbox: {networkAccess: {allowed: [api.example.com]}}
                      logging: {level: warning, includeRequestData: true}
                    """)
            ], rule: calling("sanctions_list"))
        #expect(rendered(loaded.diagnostics) == "")
        let use = try #require(loaded.value?.plugins.first)
        #expect(use.reference == "pact/sanctions-list" && use.name == "sanctions_list")
        #expect(use.environmentTexts == ["k-123"])
        #expect(
            use.configuration
                == .object([
                    .init("api_key", "k-123"), .init("cache_ttl", 3600),
                    .init("deep", ["a": [2, true, .null]]),
                    .init("lists", ["OFAC", "UN", "EU"]),
                ]))
        #expect(use.hosts == ["api.example.com"])
        #expect(use.logging == PluginLogging(level: .warning, includesRequestData: true))
        #expect(use.signatures.map(\.path) == ["plugin.sanctions_list.check"])
        let policy = use.policy(of: "check", own: CallPolicy(function: "check"))
        #expect(policy.limits.sandbox == .milliseconds(100) && policy.cacheTTL == .seconds(3_600))
        #expect(policy.limits.smallest.origin == .sandbox)

        let unknown = load(
            "    - file: s.yaml", ["s.yaml": document(plugin: "pact/sanction-list")],
            rule: calling("sanctions_list"))
        let text = rendered(unknown.diagnostics)
        #expect(unknown.value == nil)
        #expect(text.contains("d/s.yaml:5:11: error: there is no plugin 'pact/sanction-list'"))
        #expect(text.contains("did you mean 'pact/sanctions-list'?") && !text.contains("RULE"))
    }

    // acceptance: S-63
    @Test func `a version of the plugin that is not meant is refused, with both named`() {
        for range in ["1.2.0", "\"1.2.0\"", ">=1.0,<2", "~1.2", "1.2.*", "^1"] {
            let loaded = load(
                "    - file: s.yaml",
                ["s.yaml": document("  version: \"\(range.replacing("\"", with: ""))\"")])
            #expect(loaded.value != nil, "\(range): \(rendered(loaded.diagnostics))")
        }
        for range in ["1.0.0", ">=2", "<1.2.0", "1.3.*", "!=1.2.0"] {
            let loaded = load(
                "    - file: s.yaml", ["s.yaml": document("  version: \"\(range)\"")])
            let text = rendered(loaded.diagnostics)
            #expect(loaded.value == nil)
            #expect(
                text.contains("d/s.yaml:6:12: error: 'pact/sanctions-list' is of version 1.2.0"))
            #expect(text.contains("and '\(range)' is asked for"), "\(text)")
        }
    }

    // acceptance: S-61
    @Test func `namespaces separate equal names, and a name stands once in each`() throws {
        let documents = [
            "a.yaml": document("  config: {at: eu}", namespace: "eu"),
            "b.yaml": document("  config: {at: us}", namespace: "us"),
            "c.yaml": document("", namespace: "us"),
        ]
        let both = load(
            "    - {file: a.yaml, name: eu}\n    - {file: b.yaml, name: us}", documents,
            rule: calling("us"))
        let plugins = try #require(both.value, "\(rendered(both.diagnostics))").plugins
        #expect(plugins.map(\.name) == ["eu", "us"])
        #expect(plugins.map { $0.configuration["at"] } == ["eu", "us"])
        // Rules need a name for each.
        let unnamed = rendered(
            load("    - file: a.yaml\n    - file: b.yaml", documents).diagnostics)
        #expect(unnamed.contains("'sanctions_list' is used already"), "\(unnamed)")
        #expect(!unnamed.contains("is the name of"))
        let twice = load("    - {file: b.yaml, name: x}\n    - {file: c.yaml, name: y}", documents)
        let text = rendered(twice.diagnostics)
        #expect(twice.value == nil)
        #expect(text.contains("'us/sanctions-list' is the name of d/b.yaml already"), "\(text)")
        #expect(text.contains("d/t.yaml:10:14"), "\(text)")
        #expect(
            load("    - {file: a.yaml, name: x}\n    - {file: a.yaml, name: y}", documents).value
                == nil)
        // Without one, the namespace is 'default'.
        let implied = load(
            "    - {file: a.yaml, name: x}\n    - {file: d.yaml, name: y}",
            ["a.yaml": document(), "d.yaml": document(namespace: "default")])
        #expect(rendered(implied.diagnostics).contains("'default/sanctions-list' is the name of"))
    }

    // acceptance: S-118
    @Test func `a plugin reaches what its document allows and its permissions name, no more`()
        throws
    {
        func hosts(_ lines: String, _ plugin: String = "pact/sanctions-list") throws -> [String] {
            let loaded = load(
                "    - {file: s.yaml, name: s}", ["s.yaml": document(lines, plugin: plugin)])
            return try #require(loaded.value?.plugins.first).hosts
        }
        #expect(
            try hosts("  sandbox: {networkAccess: {allowed: [a.example.com]}}") == ["a.example.com"]
        )
        #expect(
            try hosts("  sandbox: {networkAccess: {allowed: [\"*.com\"]}}") == ["*.example.com"])
        #expect(
            try hosts("  sandbox: {networkAccess: {allowed: [\"*.a.example.com\"]}}")
                == ["*.a.example.com"])
        #expect(try hosts("  sandbox: {network: {enabled: false}}") == [])
        #expect(try hosts("") == ["*.example.com"], "what it declares, where nothing bounds it")
        #expect(try hosts("", "own/open") == [], "nothing, where nobody names a host")
        #expect(
            try hosts("  sandbox: {networkAccess: {allowed: [b.org]}}", "own/open") == ["b.org"])
        let warning = load(
            "    - file: s.yaml",
            ["s.yaml": document("  sandbox: {networkAccess: {allowed: [a.example.com, b.org]}}")])
        let text = rendered(warning.diagnostics)
        #expect(warning.value?.plugins.first?.hosts == ["a.example.com"])
        #expect(text.contains("warning: 'b.org' is not among the hosts that"), "\(text)")
        #expect(text.contains("d/s.yaml:6:38") && text.contains("*.example.com"), "\(text)")
        let inline = load(
            "    - {plugin: pact/sanctions-list, hosts: [a.example.com, b.org]}", [:])
        #expect(inline.value?.plugins.first?.hosts == ["a.example.com"])
        #expect(rendered(inline.diagnostics).contains("'b.org' is not among the hosts"))
    }

    @Test func `what is not enforced for a plugin in the process is warned of, once`() throws {
        let loaded = load(
            "    - file: s.yaml",
            [
                "s.yaml": document(
                    """
                      resources: {cpu: 100m, timeout: 1s}
                      sandbox:
                        network: {deniedPorts: [22], timeoutMs: 100}
                        fileAccess: {write: []}
                        syscalls: {deny: [fork]}
                    """)
            ])
        let text = rendered(loaded.diagnostics)
        #expect(loaded.value != nil)
        #expect(
            text.contains(
                "'resources.cpu', 'sandbox.fileAccess.write', 'sandbox.syscalls.deny'"), "\(text)")
        #expect(
            text.contains("d/s.yaml:6:20: warning:") && text.contains("it is trusted"), "\(text)")
        #expect(text.ranges(of: "warning:").count == 1, "\(text)")
        let use = try #require(loaded.value?.plugins.first)
        #expect(use.sandbox.network.deniedPorts == [22])
        #expect(use.sandbox.network.timeout == .milliseconds(100))
    }

    @Test func `a document and what it would replace are not mixed`() {
        for other in ["plugin: pact/sanctions-list", "config: {a: 1}", "hosts: [a.com]"] {
            let loaded = load("    - {file: s.yaml, \(other)}", ["s.yaml": document()])
            let key = other.prefix { $0 != ":" }
            #expect(loaded.value == nil)
            #expect(rendered(loaded.diagnostics).contains("'\(key)' stands beside 'file'"))
        }
        let neither = load("    - {name: a}", [:])
        #expect(rendered(neither.diagnostics).contains("the entry names no plugin"))
        let missing = load("    - file: nowhere.yaml", [:])
        #expect(rendered(missing.diagnostics).contains("d/t.yaml:9:13"))
        #expect(rendered(missing.diagnostics).contains("cannot read 'nowhere.yaml'"))
    }

    @Test func `what is wrong in a document is said with the rest, and rules are not blamed`() {
        let loaded = load(
            "    - {file: s.yaml, name: s}\n    - {plugin: own/opem}",
            ["s.yaml": document("  conifg: {}\n  version: x\n  config: {key: \"${NONE}\"}")],
            rule: calling("s"))
        let text = rendered(loaded.diagnostics)
        #expect(loaded.value == nil)
        for expected in [
            "d/s.yaml:6:3: error: unknown key 'conifg'", "d/s.yaml:7:12", "'NONE' is not set",
            "d/t.yaml:10:16", "did you mean 'own/open'?",
        ] {
            #expect(text.contains(expected), "\(expected) in\n\(text)")
        }
        #expect(!text.contains("ARKA-RULE"), "\(text)")
    }
}
