import ArkaConfig
import ArkaModel
import ArkaResilience
import ArkaRules
import PactPlugins
import Testing

/// What a plugin says that cannot work.
private struct Refusal: Error, CustomStringConvertible {
    let description: String
}

/// A plugin that its author has not finished.
private struct EmptyPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(name: "empty", version: "1.0.0", description: "Nothing")

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] { [] }
}

/// The plugins that a topology uses.
@Suite struct PluginUseTests {
    private let linked = LinkedPlugins([
        LinkedPlugins.Plugin(reference: "pact/sanctions-list") { configuration in
            if configuration == .object([.init("api_key", .null)]) {
                throw Refusal(description: "'api_key' must be a text")
            }
            return [
                FunctionSignature(
                    plugin: "sanctions_list", name: "check_sanctions", kind: .dataSource,
                    parameters: [FunctionSignature.Parameter("entity_id")])
            ]
        },
        LinkedPlugins.Plugin(reference: "own/alerts") { _ in
            [FunctionSignature(plugin: "alerts", name: "send", kind: .action)]
        },
    ])

    private func load(
        plugins: String, rule: String? = nil, linked: LinkedPlugins? = nil
    ) -> Loaded<TopologySpec> {
        let topology = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
            \(plugins)
            """
        let rule = rule ?? "rule r { when { 1 < 2 } then { reject(reason: \"r\") } }"
        return loadTopology(
            path: "d/t.yaml", environment: ["KEY": "secret"], plugins: linked ?? self.linked,
            files: TestFiles.memory(["d/t.yaml": topology, "d/a.pact": rule]))
    }

    private func calling(_ name: String) -> String {
        """
        rule r {
            when { plugin.\(name).check_sanctions(entity_id: transaction.id).hit == true }
            then { reject(reason: "r") }
        }
        """
    }

    @Test func `a plugin is used under its own name, with its configuration`() throws {
        let loaded = load(
            plugins: """
                  decision_budget: 2s
                  plugins:
                    - plugin: pact/sanctions-list
                      config: {api_key: "${KEY}", cache_ttl: 3600, lists: [OFAC, UN], "strict": true}
                      hosts: [api.example.com]
                      functions:
                        - name: check_sanctions
                          timeout: 400ms
                          max_concurrent: 1000
                          when_unavailable: hold
                          cache_ttl: 1h
                          breaker: {failures: 3, open: 1s}
                """, rule: calling("sanctions_list"))
        let topology = try #require(loaded.value, "\(rendered(loaded.diagnostics))")
        #expect(topology.decisionBudget == .seconds(2))
        let use = try #require(topology.plugins.first)
        #expect(use.reference == "pact/sanctions-list" && use.name == "sanctions_list")
        #expect(use.hosts == ["api.example.com"])
        #expect(use.environmentTexts == ["secret"])
        #expect(
            use.configuration
                == .object([
                    .init("api_key", .string("secret")),
                    .init("cache_ttl", .number(ExactDecimal(3600))),
                    .init("lists", .array([.string("OFAC"), .string("UN")])),
                    .init("strict", .boolean(true)),
                ]))
        let policy = try #require(use.functions.first).applied(to: CallPolicy(function: "f"))
        #expect(policy.limits.configuration == .milliseconds(400))
        #expect(policy.bulkhead.concurrentMax == 1000)
        #expect(policy.whenUnavailable == .hold)
        #expect(policy.retry.attemptsMax > policy.breaker.consecutiveFailures)
        #expect(policy.problems == [])
        #expect(policy.cacheTTL == .seconds(3600))
        #expect(policy.breaker.consecutiveFailures == 3 && policy.breaker.open == .seconds(1))
        #expect(policy.breaker.callsMin == BreakerPolicy().callsMin)
        #expect(refusedCalls(topology, runsActions: false) == nil)
    }

    @Test func `a plugin can be used twice under names of its own`() throws {
        let loaded = load(
            plugins: """
                  plugins:
                    - {plugin: pact/sanctions-list, name: eu}
                    - {plugin: pact/sanctions-list, name: us}
                """, rule: calling("us"))
        #expect(try #require(loaded.value).plugins.map(\.name) == ["eu", "us"])
        #expect(load(plugins: "  plugins: []", rule: calling("us")).value == nil)
    }

    @Test func `what is wrong with plugins is said all at once`() {
        let loaded = load(
            plugins: """
                  plugins:
                    - {plugin: pact/sanction-list}
                    - {plugin: pact/sanctions-list, functions: [{name: check_sanction}]}
                    - {plugin: pact/sanctions-list}
                    - {plugin: own/alerts, config: [1]}
                    - {plugin: sanctions}
                """)
        let text = rendered(loaded.diagnostics)
        #expect(loaded.value == nil)
        for expected in [
            "there is no plugin 'pact/sanction-list' in this program", "pact/sanctions-list",
            "'pact/sanctions-list' has no function 'check_sanction'",
            "'sanctions_list' is used already", "this is no configuration",
            "there is no plugin 'sanctions' in this program", "d/t.yaml:9:16",
        ] {
            #expect(text.contains(expected), "\(expected) in\n\(text)")
        }
        let unconfigured = load(
            plugins: "  plugins: [{plugin: pact/sanctions-list, config: {api_key: null}}]")
        #expect(
            rendered(unconfigured.diagnostics).contains(
                "'pact/sanctions-list' cannot be loaded: 'api_key' must be a text"))
        let none = load(
            plugins: "  plugins: [{plugin: pact/sanctions-list}]", linked: LinkedPlugins())
        #expect(rendered(none.diagnostics).contains("docs/guide/plugins.md"))
    }

    @Test func `a plugin without its namespace, or with a '_' for a '-', is one that is near`() {
        for reference in ["sanctions-list", "pact/sanctions_list", "Pact/Sanctions List"] {
            let text = rendered(load(plugins: "  plugins: [{plugin: \(reference)}]").diagnostics)
            #expect(text.contains("did you mean 'pact/sanctions-list'?"), "\(text)")
            #expect(text.contains("there is no plugin '\(reference)'"), "\(text)")
            #expect(text.ranges(of: "error:").count == 1, "said once: \(text)")
        }
        // A plugin may be named so.
        let linked = LinkedPlugins([
            LinkedPlugins.Plugin(reference: "own/snake_case") { _ in
                [FunctionSignature(plugin: "", name: "f", kind: .dataSource)]
            }
        ])
        #expect(load(plugins: "  plugins: [{plugin: own/snake_case}]", linked: linked).value != nil)
        #expect(load(plugins: "  plugins: [{plugin: \"\"}]").value == nil)
    }

    @Test func `rules are not blamed for a plugin that something else is wrong with`() {
        for plugin in [
            "{plugin: pact/sanction-list, name: sanctions_list}", "{plugin: pact/sanctions_list}",
            "{plugin: pact/sanctions-list, config: {api_key: null}}",
        ] {
            let loaded = load(plugins: "  plugins: [\(plugin)]", rule: calling("sanctions_list"))
            let text = rendered(loaded.diagnostics)
            #expect(loaded.value == nil)
            #expect(text.contains("ARKA-CONF-0011") && !text.contains("ARKA-RULE-0034"), "\(text)")
        }
        let text = rendered(
            load(
                plugins: "  plugins: [{plugin: pact/sanction-list, name: sanctions_list}]",
                rule: calling("weather")
            ).diagnostics)
        #expect(text.contains("there is no plugin 'weather'"), "\(text)")
    }

    @Test func `what a plugin's author did wrong is not blamed on its configuration`() {
        let linked = LinkedPlugins([
            LinkedPlugins.Plugin(reference: "own/empty") {
                try EmptyPlugin.signatures(with: PluginConfiguration($0))
            }
        ])
        let text = rendered(
            load(plugins: "  plugins: [{plugin: own/empty, config: {a: 1}}]", linked: linked)
                .diagnostics)
        #expect(text.contains("ARKA-PLUGIN-0002") && text.contains("d/t.yaml:8:22"), "\(text)")
        #expect(text.contains("in the plugin's code"), "\(text)")
    }

    @Test func `a host that is none is said where it stands`() {
        let linked = LinkedPlugins(self.linked.plugins) { host in
            host.contains("/") ? "a name alone" : nil
        }
        let loaded = load(
            plugins: """
                  plugins:
                    - plugin: own/alerts
                      hosts: [api.example.com, "https://example.com"]
                """, linked: linked)
        let text = rendered(loaded.diagnostics)
        #expect(loaded.value == nil)
        #expect(
            text.contains("d/t.yaml:10:32: error: 'https://example.com' is no host"), "\(text)")
        #expect(text.contains("expected a name alone"), "\(text)")
    }

    @Test func `a function that may take longer than decisions wait is warned of, not refused`()
        throws
    {
        func warnings(
            _ settings: FunctionSettings, said: String = "", budget: String = "1s",
            kind: FunctionSignature.Kind = .dataSource
        ) throws -> String {
            let linked = LinkedPlugins([
                LinkedPlugins.Plugin(reference: "own/list") { _ in
                    [FunctionSignature(plugin: "list", name: "find", kind: kind)]
                } settings: { _ in
                    ["find": settings]
                }
            ])
            let loaded = load(
                plugins: """
                      decision_budget: \(budget)
                      plugins: [{plugin: own/list, functions: [{name: find\(said)}]}]
                    """, linked: linked)
            #expect(loaded.value != nil)
            return rendered(loaded.diagnostics)
        }
        let own = FunctionSettings(timeout: .seconds(5))
        let text = try warnings(own)
        #expect(text.contains("warning: 'find' may take 5s, and decisions wait"))
        #expect(text.contains("ARKA-CONF-0012") && text.contains("d/t.yaml:9:22"), "\(text)")
        let said = try warnings(FunctionSettings(), said: ", timeout: 1500ms")
        #expect(said.contains("'find' may take 1.5s") && said.contains("d/t.yaml:9:66"), "\(said)")
        // Whoever is tried again comes too late, too.
        let retried = try warnings(
            FunctionSettings(timeout: .seconds(1), retriesOnFailure: true, attemptsMax: 3))
        #expect(retried.contains("'find' is tried again 1s after it failed"), "\(retried)")

        #expect(try warnings(own, said: ", timeout: 1s") == "", "the shorter one counts")
        #expect(try warnings(own, budget: "5s") == "")
        #expect(try warnings(own, said: ", when_unavailable: hold") == "", "it is waited for")
        #expect(try warnings(FunctionSettings()) == "", "nobody has said how long it takes")
        #expect(try warnings(own, kind: .action) == "", "no decision waits for actions")
        let patient = FunctionSettings(
            timeout: .seconds(1), retriesOnFailure: true, attemptsMax: 3)
        #expect(try warnings(patient, budget: "1001ms") == "")
    }

    @Test func `what nobody can call or carry out is refused where it stands`() throws {
        let action = """
            rule r { when { 1 < 2 } then { plugin.alerts.send() } }
            """
        let acting = try #require(
            load(plugins: "  plugins: [{plugin: own/alerts}]", rule: action).value)
        #expect(refusedCalls(acting, runsActions: true) == nil)
        let refusal = try #require(refusedCalls(acting, runsActions: false)).rendered()
        #expect(refusal.contains("plugin.alerts.send") && refusal.contains("d/a.pact:1:"))
    }
}
