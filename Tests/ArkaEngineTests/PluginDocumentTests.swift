import ArkaConfig
import ArkaEngine
import ArkaHTTP
import ArkaModel
import ArkaSystem
import PactPlugins
import Testing

/// What a plugin's own document does to the plugin while it works.
@Suite struct PluginDocumentTests {
    private static let rule = """
        rule listed {
            when { plugin.lists.check(id: transaction.id).hit }
            then { reject(reason: "listed") }
        }
        """

    private static let uses = "[{file: lists.yaml}]"

    private static func document(_ lines: String = "") -> [String: String] {
        [
            "lists.yaml": """
            apiVersion: arka.io/v1
            kind: PluginConfig
            metadata: {name: lists}
            spec:
              plugin: own/lists
              config: {script: $script, lists: [OFAC, UN, EU], deep: {a: {b: [1, true]}}, ttl: 3600}
            \(lines)
            """
        ]
    }

    // acceptance: S-64
    @Test func `the configuration reaches the plugin as it is written, lists included`()
        async throws
    {
        let seen = Noted<PluginValue>()
        _ = try await PluginLane(
            rules: Self.rule, uses: Self.uses, documents: Self.document()
        ) { configuration, _ in
            let _ = seen.add(configuration.values)
            DataSource("check") {
                Parameter("id", String.self)
            } answerAtOnce: { _ in
                DataSourceResult()
            }
        }
        let values = try #require(seen.all.last)
        #expect(values["lists"] == ["OFAC", "UN", "EU"] && values["ttl"] == 3600)
        #expect(values["deep"] == ["a": ["b": [1, true]]])
    }

    // acceptance: S-68
    @Test(arguments: [
        "  resources: {timeout: 500ms}",
        "  sandbox: {resources: {maxExecutionTime: 500ms}}",
        "  resources: {timeout: 30}\n  sandbox: {resources: {maxExecutionTime: 500ms}}",
    ])
    func `a call ends at the time that the document allows`(lines: String) async throws {
        let held = HeldCalls<Bool>()
        let lane = try await PluginLane(
            rules: Self.rule, uses: Self.uses, documents: Self.document(lines)
        ) { _, _ in
            DataSource("check", timeout: .seconds(20)) {
                Parameter("id", String.self)
            } answer: { _ in
                DataSourceResult(data: ["hit": .boolean(try await held.hold())])
            }
        }
        lane.submit([#"{"id":"a"}"#])
        lane.pass(.milliseconds(499))
        #expect(lane.decisions == [nil] && held.cancelled == [])
        lane.pass(.milliseconds(1))
        let decision = try #require(lane.decisions[0])
        #expect(decision.status == "manual_review" && decision.outcome == "timeout")
        #expect(decision.call["error"]?.text?.contains("within 0.5s") == true)
        #expect(held.cancelled == [0], "the code is told")
        held.answerAll(true)
        lane.run()
    }

    /// A lane whose plugin logs a line of each level, with a value of the request, at each call.
    private func lane(
        _ lines: String, _ log: Noted<String>, failing: Bool = false
    ) async throws -> PluginLane {
        try await PluginLane(
            rules: Self.rule, uses: Self.uses, documents: Self.document(lines),
            log: { log.add("\($0): \($1)") }
        ) { _, services in
            DataSource("check") {
                Parameter("id", String.self)
            } answer: { id in
                for level in PluginServices.LogLevel.allCases {
                    services.log(
                        level, "checked", request: ["id": .string(id), "amount": 4711])
                }
                services.log(.error, "plain")
                if failing { throw PluginError("the list is away") }
                return DataSourceResult(data: ["hit": false])
            }
        }
    }

    // acceptance: S-72
    @Test func `lines below the level are dropped`() async throws {
        for (index, level) in PluginServices.LogLevel.allCases.enumerated() {
            let log = Noted<String>()
            let lane = try await lane("  logging: {level: \(level.rawValue)}", log)
            try lane.decide(#"{"id":"a"}"#)
            let kept = PluginServices.LogLevel.allCases[index...].map { "\($0): checked" }
            #expect(log.all == kept + ["error: plain"])
        }
        let log = Noted<String>()
        try await lane("", log).decide(#"{"id":"a"}"#)
        #expect(log.all == ["info: checked", "warning: checked", "error: checked", "error: plain"])
        await #expect { try await lane("  logging: {level: warnin}", log) } throws: {
            "\($0)".contains("did you mean 'warning'?")
        }
    }

    // acceptance: S-73
    @Test(arguments: [false, true])
    func `no value of a request is in a line, unless the document wants it`(failing: Bool)
        async throws
    {
        let record = #"{"id":"person-0815"}"#
        for lines in [
            "", "  logging: {level: debug}", "  logging: {level: debug, includeRequestData: false}",
        ] {
            let log = Noted<String>()
            try await lane(lines, log, failing: failing).decide(record)
            #expect(log.all.contains("error: checked"))
            #expect(!log.all.contains { $0.contains("person-0815") || $0.contains("4711") })
        }
        let log = Noted<String>()
        let wanted = "  logging: {level: error, includeRequestData: true}"
        try await lane(wanted, log, failing: failing).decide(record)
        #expect(
            log.all == [
                #"error: checked {"amount":4711,"id":"person-0815"}"#, "error: plain",
            ])
    }

    // acceptance: S-116
    @Test func `the default of a parameter is what the function gets where a call leaves it out`()
        async throws
    {
        let manifest = """
            apiVersion: arka.io/v1
            kind: PluginManifest
            metadata: {name: lists, version: 1.0.0}
            spec:
              entrypoint: lists:Lists
              types: [data_source]
              exports:
                data_sources:
                  - name: check
                    parameters:
                      - {name: id, type: string, required: true}
                      - {name: check_type, type: string, required: false, default: "full"}
            """
        let loaded = readPluginManifest(SourceText(name: "plugin.yaml", text: manifest))
        let exported = try #require(loaded.value).exports[0]
        let seen = Noted<String>()
        let rules = """
            rule short {
                when { plugin.lists.check(id: transaction.id).hit }
                then { reject(reason: "a") }
            }
            rule long {
                when { plugin.lists.check(check_type: "quick", id: transaction.id).hit }
                then { reject(reason: "b") }
            }
            """
        let lane = try await PluginLane(
            rules: rules, uses: Self.uses, documents: Self.document()
        ) { _, _ in
            DataSource("check") {
                Parameter("id", String.self)
                Parameter("check_type", String.self, default: "full")
            } answer: { id, type in
                seen.add("\(id) \(type)")
                return DataSourceResult(data: ["hit": false])
            }
        }
        try lane.decide(#"{"id":"a"}"#)
        #expect(seen.all.sorted() == ["a full", "a quick"])
        let own = try #require(lane.topology.plugins.first?.signatures.first)
        #expect(own.parameters == exported.parameters, "the manifest says what the code declares")
        // One that is required has no default to stand for it.
        let both = manifest.replacing("required: false, default", with: "required: true, default")
        #expect(readPluginManifest(SourceText(name: "plugin.yaml", text: both)).value == nil)
    }
}

/// What plugins reach over the network.
@Suite struct PluginReachTests {
    private struct Caller: DataSourcePlugin {
        static let metadata = PluginMetadata(
            name: "caller", version: "1.2.0", description: "Asks where it is told to",
            permissions: PluginPermissions(network: ["*.example.com"]))

        let services: PluginServices

        init(_ configuration: PluginConfiguration, services: PluginServices) {
            self.services = services
        }

        var functions: [DeclaredFunction] {
            DataSource("ask") {
                Parameter("url", String.self)
            } answer: { url in
                DataSourceResult(data: ["kind": .string(await outcome(of: url))])
            }
        }

        private func outcome(of url: String) async -> String {
            do throws(HTTPFailure) {
                _ = try await services.http.perform(HTTPRequest(.get, url))
                return "answered"
            } catch {
                return "\(error.kind)"
            }
        }
    }

    /// How a request ends that a plugin makes.
    private func ask(_ url: String, hosts: [String], ports: Set<UInt16> = []) async throws -> String
    {
        var use = PluginUse("own/caller", name: "caller", hosts: hosts)
        use.sandbox.network.deniedPorts = ports
        let client = HTTPClient(HTTPClientSettings(), time: SystemTime())
        let plugin = try LoadedPlugin(use, type: Caller.self, client: client, time: SystemTime()) {
            _, _ in
        }
        try await plugin.host.initialize()
        let answer = try await plugin.host.dispatch.call(
            "ask", kind: .dataSource, ["url": .string(url)], PluginContext())
        await plugin.host.shutdown()
        return answer.value["kind"]?.text ?? ""
    }

    @Test func `it goes nowhere that its use or its permissions do not name`() async throws {
        #expect(try await ask("http://a.example.org/", hosts: ["a.example.org"]) == "notAllowed")
        #expect(try await ask("http://a.example.com/", hosts: []) == "notAllowed")
        #expect(try await ask("http://a.example.com/", hosts: ["b.example.com"]) == "notAllowed")
        #expect(
            try await ask("http://a.example.com:22/", hosts: ["*.example.com"], ports: [22])
                == "notAllowed")
        // The client was not started: what is allowed fails for that, and only for that.
        #expect(try await ask("http://a.example.com/", hosts: ["*.com"]) != "notAllowed")
    }
}
