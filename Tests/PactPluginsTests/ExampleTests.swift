import ArkaModel
import PactPlugins
import PactTesting
import Testing

@Suite struct ExampleTests {
    private let sanctions: PluginConfiguration = [
        "api_endpoint": "https://mock-api.test", "api_key": "test-key",
    ]

    @Test(
        arguments: [
            ("sanctions", SanctionsListPlugin.self as any Plugin.Type),
            ("geo", GeoEnrichmentPlugin.self), ("alerts", AlertSystemPlugin.self),
            ("kyc", KYCValidationPlugin.self),
        ])
    func `the guide's plugins conform`(_ name: String, type: any Plugin.Type) async {
        let configuration: PluginConfiguration = [
            "api_endpoint": "https://mock-api.test", "api_key": "k", "risk_data": [:],
            "slack_webhook": "https://slack.test/hook", "document_api": "https://mock-api.test",
        ]
        #expect(await PluginConformance.findings(type, configuration: configuration) == [])
    }

    @Test func `a sanctions check asks the service and answers what it found`() async throws {
        let harness = try PluginTestHarness(SanctionsListPlugin.self, configuration: sanctions)
        harness.mockHTTPResponse(
            url: "https://mock-api.test/sanctions/check",
            response: [
                "match": true, "lists": ["OFAC"], "timestamp": "2026-01-01T00:00:00Z",
                "api_version": "2.1",
            ])
        let result = await harness.callDataSource(
            "check_sanctions", ["entity_id": "a b&c", "entity_type": "individual"])
        #expect(result.success)
        #expect(
            result.data == [
                "is_sanctioned": true, "matches": [], "lists_checked": ["OFAC"],
                "check_timestamp": "2026-01-01T00:00:00Z",
            ])
        #expect(result.metadata == ["source": "sanctions-api", "version": "2.1"])
        let request = try #require(harness.http.requests.first)
        #expect(
            request.url == "https://mock-api.test/sanctions/check"
                + "?entity_id=a%20b%26c&entity_type=individual&lists=OFAC&lists=UN&lists=EU")
        #expect(request.headers.contains(.init("Authorization", "Bearer test-key")))
    }

    @Test func `an answer without the match is a failure, never no match`() async throws {
        let harness = try PluginTestHarness(SanctionsListPlugin.self, configuration: sanctions)
        harness.mockHTTPResponse(
            url: "https://mock-api.test/sanctions/check", response: ["lists": []])
        let result = await harness.callDataSource(
            "check_sanctions", ["entity_id": "a", "entity_type": "individual"])
        #expect(!result.success && result.data == [:])
        #expect(result.error?.contains("match") == true)
    }

    @Test func `an unknown country gets exactly the guide's defaults`() async throws {
        let harness = try PluginTestHarness(
            GeoEnrichmentPlugin.self,
            configuration: ["risk_data": ["KP": ["risk_score": 100, "fatf_high_risk": true]]])
        let unknown = await harness.callEnrichment("enrich_geography", ["country_code": "XX"])
        #expect(
            unknown.enrichments == [
                "geo_risk_score": 50, "geo_risk_category": "medium", "is_fatf_high_risk": false,
                "is_tax_haven": false, "aml_regime_strength": "moderate",
            ])
        let known = await harness.callEnrichment("enrich_geography", ["country_code": "KP"])
        #expect(known.enrichments["geo_risk_score"] == 100)
        #expect(known.enrichments["is_fatf_high_risk"] == true)
    }

    @Test func `an answer that breaks its declaration is a failure`() async throws {
        let harness = try PluginTestHarness(
            GeoEnrichmentPlugin.self, configuration: ["risk_data": ["KP": ["risk_score": "high"]]])
        let result = await harness.callEnrichment("enrich_geography", ["country_code": "KP"])
        #expect(!result.success)
        #expect(result.error?.contains("geo_risk_score must be a whole number") == true)
    }

    // acceptance: S-53
    @Test func `an enrichment's bad input is refused before its code`() async throws {
        let harness = try PluginTestHarness(
            GeoEnrichmentPlugin.self, configuration: ["risk_data": [:]])
        let function = try #require(harness.host.functions.first)
        #expect(function.signature.name == "enrich_geography")
        #expect(function.signature.summary == "Add geographic risk scores")
        #expect(function.signature.parameters[0].schema == String.schema)
        let missing = await harness.callEnrichment("enrich_geography")
        #expect(missing.error == "country_code is missing; it must be a text")
        let wrong = await harness.callEnrichment("enrich_geography", ["country_code": 4])
        #expect(wrong.error == "country_code must be a text, not a number")
        let unknown = await harness.callEnrichment(
            "enrich_geography", ["country_code": "KP", "countrycode": "KP"])
        #expect(unknown.error?.contains("did you mean 'country_code'?") == true)

        // A schema of an object with properties, one of them required, as the guide's.
        let place = RecordSchema.fields(["country": String.self, "city": String?.self])
        try await confirmation(expectedCount: 1) { called in
            let plugin = Declared {
                Enrichment("enrich_place") {
                    Parameter("place", PluginValue.self, schema: place)
                } answer: { _ in
                    called()
                    return EnrichmentResult(enrichments: [:])
                }
            }
            let dispatch = FunctionDispatch(try plugin.registeredFunctions())
            for (value, error): (PluginValue, String?) in [
                (["country": "KP"], nil),
                (["city": "A"], "place.country must be a text, not missing"),
                (["country": "KP", "city": 1], "place.city must be a text or null, not a number"),
                ("KP", "place must be an object, not a text"),
            ] {
                let answer = try await dispatch.call(
                    "enrich_place", kind: .enrichment, ["place": value], PluginContext())
                #expect(answer.error == error && answer.isInputRefused == (error != nil))
            }
        }
    }

    @Test func `an alert reaches Slack with colour, title and the ids of its transaction`()
        async throws
    {
        let harness = try PluginTestHarness(
            AlertSystemPlugin.self, configuration: ["slack_webhook": "https://slack.test/hook"])
        harness.mockHTTPResponse(url: "https://slack.test/hook", response: "ok")
        let result = await harness.callAction(
            "send_alert", ["severity": "critical", "message": "m", "channels": ["slack"]],
            context: MockContext(transaction: ["id": "t1"], ruleID: "r1"))
        #expect(result.success)
        let body = try #require(harness.http.requests.first?.body)
        #expect(
            try PluginValue(json: body) == [
                "attachments": [
                    [
                        "color": "#ff0000", "title": "Compliance Alert: CRITICAL", "text": "m",
                        "fields": [
                            ["title": "Transaction ID", "value": "t1", "short": true],
                            ["title": "Rule ID", "value": "r1", "short": true],
                        ],
                    ]
                ]
            ])
        let refused = await harness.callAction(
            "send_alert", ["severity": "fatal", "message": "m", "channels": ["fax"]])
        #expect(
            refused.error
                == "severity must be one of ['low', 'medium', 'high', 'critical']; "
                + "each of channels must be one of ['slack']")
        #expect(harness.http.requests.count == 1)
    }

    @Test(arguments: [(0.29, true, true), (0.3, true, false), (0.1, false, false)])
    func `a document is valid if it is not forged, consistent and not expired`(
        _ fraud: Double, isUnexpired: Bool, isValid: Bool
    ) async throws {
        let http = MockHTTP()
        http.mockHTTPResponse(
            url: "https://mock-api.test/extract",
            response: ["type": "passport", "name": "A", "expiry_valid": .boolean(isUnexpired)])
        var plugin = try KYCValidationPlugin(
            ["document_api": "https://mock-api.test"],
            services: PluginServices(http: http, time: VirtualClock()))
        plugin.model = FixedModel(score: fraud)
        let result = await plugin.validate(
            "validate_identity_document",
            data: [
                "document_type": "passport",
                "document_data": ["image": "…", "claimed_data": ["name": "A"]],
            ])
        #expect(result.valid == isValid)
        #expect(result.score == 1 - fraud)
        #expect(result.details?["document_type_verified"] == true)
        #expect(result.errors == (isValid ? [] : ["Document validation failed"]))
        let noImage = await plugin.validate(
            "validate_identity_document", data: ["document_type": "passport", "document_data": [:]])
        #expect(noImage.errors == ["document_data.image must be a text, not missing"])
    }
}

private struct FixedModel: FraudModel {
    let score: Double
    func predict(_ image: String) -> Double { score }
}
