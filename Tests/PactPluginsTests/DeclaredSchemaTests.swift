import ArkaModel
import PactPlugins
import PactTesting
import Testing

/// A plugin whose configuration and input are declared as JSON Schema.
private struct SchemaPlugin: EnrichmentPlugin {
    static let metadata = PluginMetadata(
        name: "geo-enrichment", version: "1.0.0", description: "Geographic data enrichment",
        configJSONSchema: #"""
            {"type": "object", "required": ["risk_data_path"], "additionalProperties": false,
             "properties": {"risk_data_path": {"type": "string", "pattern": "^/"},
                            "tokens": {"type": "array", "items": {"type": "string", "minLength": 20}}}}
            """#)
    let services: PluginServices

    init(_ configuration: PluginConfiguration, services: PluginServices) {
        self.services = services
    }

    var functions: [DeclaredFunction] {
        Enrichment(
            "enrich_geography", "Add geographic risk scores",
            inputSchema: #"""
                {"type": "object", "properties": {"country_code": {"type": "string", "pattern": "^[A-Z]{2}$"},
                 "depth": {"type": "integer", "multipleOf": 2}}, "required": ["country_code"]}
                """#
        ) {
            Parameter("country_code", String.self)
            Parameter("depth", Int?.self)
        } answer: { code, _ in
            EnrichmentResult(
                enrichments: try await services.requestJSON(url: "https://geo.test/\(code)"))
        }
    }
}

@Suite struct DeclaredSchemaTests {
    // acceptance: S-17, S-53
    @Test func `input that breaks the function's schema is refused before the call`() async throws {
        let harness = try PluginTestHarness(
            SchemaPlugin.self, configuration: ["risk_data_path": "/data"])
        harness.mockHTTPResponse(url: "https://geo.test/KP", response: ["risk": 90])
        let function = try #require(harness.host.functions.first)
        #expect(function.signature.name == "enrich_geography")
        #expect(function.signature.summary == "Add geographic risk scores")
        for (arguments, error): ([String: PluginValue], String) in [
            (["country_code": "North Korea"], "country_code must match the pattern '^[A-Z]{2}$'"),
            (["country_code": 4], "country_code must be a text, not a number"),
            (["country_code": "KP", "depth": 3], "depth must be a multiple of 2"),
            (["country_code": "kp", "depth": 3], "country_code must match the pattern"),
        ] {
            let refused = await harness.callEnrichment("enrich_geography", arguments)
            #expect(!refused.success)
            #expect(refused.error?.contains(error) == true, "\(refused.error ?? "")")
        }
        let missing = await harness.callEnrichment("enrich_geography")
        #expect(missing.error == "country_code is missing; it must be a text")
        #expect(harness.http.requests.isEmpty)
        // An optional argument that is null is not there.
        let taken = await harness.callEnrichment(
            "enrich_geography", ["country_code": "KP", "depth": .null])
        #expect(taken.success && taken.enrichments == ["risk": 90])
        #expect(harness.http.requests.count == 1)
    }

    // acceptance: S-32
    @Test func `a configuration that breaks the plugin's schema is refused with the key's path`()
        throws
    {
        let secret = "sk_live_0123"
        let bad: PluginConfiguration = [
            "risk_data_path": "data", "tokens": [.string(secret), "01234567890123456789"],
            "risk_data_pth": 1,
        ]
        let loads: [() throws -> Void] = [
            { _ = try PluginTestHarness(SchemaPlugin.self, configuration: bad) },
            { _ = try SchemaPlugin.signatures(with: bad) },
            {
                _ = try PluginHost(
                    SchemaPlugin.self, configuration: bad, services: sampleServices())
            },
        ]
        for load in loads {
            let problem = #expect(throws: ConfigurationProblem.self) { try load() }
            #expect(
                problem?.description
                    == "in the plugin's configuration, risk_data_path must match the pattern '^/'; "
                    + "tokens[0] must have at least 20 characters, not 12; "
                    + "risk_data_pth is not known here; did you mean 'risk_data_path'?")
        }
        let missing = #expect(throws: ConfigurationProblem.self) {
            try SchemaPlugin.signatures(with: [:])
        }
        #expect(missing?.description == "in the plugin's configuration, risk_data_path is missing")
        _ = try SchemaPlugin.signatures(with: ["risk_data_path": "/data"])
    }

    @Test func `a schema that cannot be checked by is refused when the plugin is registered`() {
        let failure = #expect(throws: RegistrationFailure.self) {
            try Declared {
                Enrichment(
                    "f", "d",
                    inputSchema: #"{"properties": {"a": {"minLenght": 1}}, "$dynamicRef": "x"}"#
                ) {
                    Parameter("a", String.self)
                } answer: { _ in
                    EnrichmentResult(enrichments: [:])
                }
                Enrichment(
                    "g", "d", inputSchema: #"{"properties": {"country": true}, "required": ["b"]}"#
                ) {
                    Parameter("county", String.self)
                } answer: { _ in
                    EnrichmentResult(enrichments: [:])
                }
            }.check()
        }
        #expect(
            failure?.problems.map(\.code) == [
                .pluginSchema, .pluginSchema, .pluginUnknownParameter, .pluginUnknownParameter,
            ])
        let text = failure?.description ?? ""
        #expect(text.contains("at 1:23: JSON Schema has no keyword 'minLenght'"), "\(text)")
        #expect(text.contains("did you mean 'minLength'?"))
        #expect(text.contains("the keyword '$dynamicRef' is not supported"))
        #expect(
            text.contains(
                "`inputSchema` names 'country', which is no parameter; did you mean 'county'?"))
    }

    @Test func `a configuration is not held against a schema that cannot be checked by`() {
        let failure = #expect(throws: RegistrationFailure.self) {
            try BrokenSchemaPlugin.signatures(with: [:])
        }
        #expect(failure?.problems.map(\.code) == [.pluginSchema])
    }
}

/// A plugin whose schema has a slip of the pen.
private struct BrokenSchemaPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "broken", version: "1.0.0", description: "d", configJSONSchema: #"{"typ": "object"}"#)

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] {
        DataSource("f", "d") {
        } answer: {
            DataSourceResult()
        }
    }
}
