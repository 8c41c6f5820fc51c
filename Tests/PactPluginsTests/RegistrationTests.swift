import ArkaModel
import PactPlugins
import Testing

@Suite struct RegistrationTests {
    private let services = sampleServices()

    private func function(
        _ plugin: any Plugin, _ name: String
    ) throws -> RegisteredFunction {
        try #require(try plugin.registeredFunctions().first { $0.signature.name == name })
    }

    // acceptance: S-46
    @Test func `a plugin's metadata is what it declares, with the guide's defaults`() throws {
        let plain = SanctionsListPlugin.metadata
        #expect(plain.name == "sanctions-list" && plain.version == "1.0.0")
        #expect(plain.description == "OFAC Sanctions List Data Source")
        #expect(plain.ruleName == "sanctions_list")
        #expect(plain.author == "" && plain.license == "" && plain.dependencies == [])
        #expect(plain.configSchema == .any)
        let full = PluginMetadata(
            name: "x", version: "2.0.0", description: "d", author: "a", license: "Apache-2.0",
            dependencies: ["y"], configSchema: .fields(["key": String.self]))
        #expect(full.author == "a" && full.license == "Apache-2.0" && full.dependencies == ["y"])
        #expect(full.configSchema.descend(["key"]) == String.schema)
        for (name, version) in [
            ("", "1.0.0"), ("Big Name", "1.0.0"), ("x", "1.0"), ("x", "1.0.01"), ("x", "1.0.0-"),
        ] {
            let failure = #expect(throws: RegistrationFailure.self) {
                try Declared(name: name, version: version) {
                    DataSource("f", "d") {
                    } answer: {
                        DataSourceResult()
                    }
                }.check()
            }
            #expect(failure?.problems.map(\.code) == [.pluginMetadata])
        }
    }

    // acceptance: S-47
    @Test func `a data source is registered under its name with what it takes`() throws {
        let plugin = try SanctionsListPlugin(
            ["api_endpoint": "https://a", "api_key": "k"], services: services)
        let function = try function(plugin, "check_sanctions")
        let signature = function.signature
        #expect(signature.path == "plugin.sanctions_list.check_sanctions")
        #expect(signature.kind == .dataSource)
        #expect(signature.summary == "Check entity against sanctions lists")
        #expect(signature.parameters.map(\.name) == ["entity_id", "entity_type", "lists"])
        #expect(signature.parameters.map(\.isRequired) == [true, true, false])
        #expect(signature.parameters[2].defaultValue == #"["OFAC","UN","EU"]"#)
        #expect(
            signature.parameters[1].schema
                == .constrained(
                    .init(
                        types: .string,
                        allowed: [
                            .string(Array("individual".utf8)), .string(Array("organization".utf8)),
                        ])))
        #expect(function.parameterSummaries == ["The entity identifier", "", ""])
        #expect(function.settings.cacheTTL == .seconds(3600))
        #expect(function.settings.timeout == .seconds(30))
        #expect(function.settings.cacheKey == nil)
        let unnamed = #expect(throws: RegistrationFailure.self) {
            try Declared {
                DataSource("", "d") {
                } answer: {
                    DataSourceResult()
                }
            }.check()
        }
        #expect(unnamed?.problems.map(\.code) == [.pluginName])
    }

    // acceptance: S-54
    @Test func `an action waits, and is tried three times, unless it says otherwise`() throws {
        let plugin = Declared {
            Action("plain", "d") {
            } answer: {
                ActionResult()
            }
            Action("queued", "d", asyncExecution: true, retryOnFailure: false, maxRetries: 5) {
            } answer: {
                ActionResult()
            }
        }
        let plain = try function(plugin, "plain")
        #expect(plain.signature.kind == .action && plain.signature.summary == "d")
        #expect(!plain.settings.isAsynchronous)
        #expect(plain.settings.retriesOnFailure && plain.settings.attempts == 3)
        let queued = try function(plugin, "queued")
        #expect(queued.settings.isAsynchronous)
        #expect(!queued.settings.retriesOnFailure && queued.settings.attempts == 1)
    }

    // acceptance: S-59
    @Test func `a validator is registered under its name, and its fields are known to rules`()
        throws
    {
        let plugin = try KYCValidationPlugin(["document_api": "https://a"], services: services)
        let function = try function(plugin, "validate_identity_document")
        #expect(function.signature.kind == .validation)
        #expect(function.signature.summary == "Validate identity document authenticity")
        #expect(function.signature.result.descend(["valid"]) == Bool.schema)
        #expect(function.signature.result.descend(["details"]) == .any)
        let failure = #expect(throws: RegistrationFailure.self) {
            try Declared {
                Validator("isValid", "d") {
                } answer: {
                    ValidationResult(valid: true)
                }
            }
            .check()
        }
        #expect(failure?.problems.map(\.code) == [.pluginName])
    }

    @Test
    func `a cache key names parameters, and one that does not exist is refused with a near one`()
        throws
    {
        // X-1 and X-2: the guide's key function gets arguments that it does not take, and one that
        // leaves out the lists answers for the wrong ones.
        let plugin = Declared {
            DataSource("check", "d", cacheKey: ["entity_id"], cacheTTL: .seconds(1)) {
                Parameter("entity_id", String.self)
                Parameter("lists", [String]?.self)
            } answer: { _, _ in
                DataSourceResult()
            }
        }
        #expect(try function(plugin, "check").settings.cacheKey == ["entity_id"])
        let failure = #expect(throws: RegistrationFailure.self) {
            try Declared {
                DataSource("check", "d", cacheKey: ["entity_idd", "lists"]) {
                    Parameter("entity_id", String.self)
                } answer: { _ in
                    DataSourceResult()
                }
                DataSource("all", "d", cacheKey: []) {
                    Parameter("entity_id", String.self)
                } answer: { _ in
                    DataSourceResult()
                }
            }.check()
        }
        #expect(
            failure?.problems.map(\.code) == [
                .pluginUnknownParameter, .pluginUnknownParameter, .pluginSetting,
            ])
        #expect(failure?.problems[0].message.contains("did you mean 'entity_id'?") == true)
        #expect(failure?.problems[1].message.contains("it has entity_id") == true)
        #expect(failure?.problems[0].place == "declared.check")
    }

    @Test func `everything that is wrong with a plugin is listed at once`() {
        let failure = #expect(throws: RegistrationFailure.self) {
            try Declared(name: "Bad", version: "1") {
                DataSource("Check", "d", cacheTTL: .seconds(-1), timeout: .zero) {
                    Parameter("a", String.self)
                    Parameter("a", Int.self)
                    Parameter("B", String.self, default: "x", .oneOf(["y"]))
                    Parameter("number", Int.self, .length(1...2))
                } answer: { _, _, _, _ in
                    DataSourceResult()
                }
                Action("twice", "d", maxRetries: 0, validating: ["missing": [.nonEmpty]]) {
                } answer: {
                    ActionResult()
                }
                Enrichment("twice", "d", itemsMax: 0) {
                } answerAll: { _ in
                    []
                }
            }.check()
        }
        let codes = failure?.problems.map(\.code) ?? []
        #expect(
            codes == [
                .pluginMetadata, .pluginMetadata, .pluginName, .pluginDuplicate, .pluginName,
                .pluginContradiction, .pluginContradiction, .pluginSetting, .pluginSetting,
                .pluginUnknownParameter, .pluginSetting, .pluginDuplicate, .pluginSetting,
            ], "\(failure?.description ?? "")")
    }

    @Test
    func `a topology is checked against a plugin without starting it, under a name of its own`()
        throws
    {
        let own = try SanctionsListPlugin.signatures(
            with: ["api_endpoint": "https://a", "api_key": "k"])
        #expect(own.map(\.path) == ["plugin.sanctions_list.check_sanctions"])
        let renamed = try SanctionsListPlugin.signatures(
            with: ["api_endpoint": "https://a", "api_key": "k"], as: "ofac")
        #expect(renamed.map(\.path) == ["plugin.ofac.check_sanctions"])
        let problem = #expect(throws: ConfigurationProblem.self) {
            try SanctionsListPlugin.signatures(with: ["api_endpoint": "https://a"])
        }
        #expect(
            problem?.description
                == "in the plugin's configuration, api_key must be a text, not nothing")
        let misspelt = #expect(throws: ConfigurationProblem.self) {
            try SanctionsListPlugin.signatures(
                with: ["api_endpoint": "https://a", "api_kay": "k"])
        }
        #expect(misspelt?.description.hasSuffix("; there is 'api_kay' instead") == true)
    }

    @Test func `a plugin without functions is refused`() {
        let failure = #expect(throws: RegistrationFailure.self) { try Declared {}.check() }
        #expect(failure?.problems.map(\.code) == [.pluginEmpty])
    }

    @Test
    func
        `zero to six parameters reach the code in their order, and the context where it is asked for`()
        async throws
    {
        let plugin = Declared {
            Enrichment("f0", "d") {
            } answer: {
                echo()
            }
            Enrichment("f1", "d") {
                Parameter("a", Int.self)
            } answer: {
                echo($0)
            }
            Enrichment("f2", "d") {
                Parameter("a", Int.self)
                Parameter("b", Int.self)
            } answer: {
                echo($0, $1)
            }
            Enrichment("f3", "d") {
                Parameter("a", Int.self)
                Parameter("b", Int.self)
                Parameter("c", Int.self)
            } answerAtOnce: {
                echo($0, $1, $2)
            }
            Enrichment("f4", "d", itemsMax: 2) {
                Parameter("a", Int.self)
                Parameter("b", Int.self)
                Parameter("c", Int.self)
                Parameter("d", Int.self)
            } answerAll: {
                $0.map { echo($0.0, $0.1, $0.2, $0.3) }
            }
            Enrichment("f5", "d") {
                Parameter("a", Int.self)
                Parameter("b", Int.self)
                Parameter("c", Int.self)
                Parameter("d", Int.self)
                Parameter("e", Int.self)
            } answer: {
                echo($0, $1, $2, $3, $4)
            }
            Enrichment("f6", "d") {
                Parameter("a", Int.self)
                Parameter("b", Int.self)
                Parameter("c", Int.self)
                Context()
                Parameter("d", Int.self)
                Parameter("e", Int.self)
                Parameter("f", Int.self)
            } answer: { a, b, c, context, d, e, f in
                #expect(context.transactionID == "t1")
                return echo(a, b, c, d, e, f)
            }
        }
        let names = ["a", "b", "c", "d", "e", "f"]
        var context = PluginContext()
        context.transactionID = "t1"
        for count in 0...6 {
            var arguments: [String: PluginValue] = [:]
            for (index, name) in names.prefix(count).enumerated() {
                arguments[name] = PluginValue(index)
            }
            let result = await plugin.enrich("f\(count)", data: arguments, context: context)
            #expect(result.enrichments == ["got": PluginValue(Array(0..<count))], "f\(count)")
            let signature = try function(plugin, "f\(count)").signature
            #expect(signature.parameters.map(\.name) == Array(names.prefix(count)))
        }
    }
}

private func echo(_ values: Int...) -> EnrichmentResult {
    EnrichmentResult(enrichments: ["got": PluginValue(values)])
}
