import PactPlugins
import PactTesting
import Testing

@Suite struct SanctionsListPluginTests {
    let harness: PluginTestHarness

    init() throws {
        harness = try PluginTestHarness(
            SanctionsListPlugin.self,
            configuration: ["api_endpoint": "https://mock-api.test", "api_key": "test-key"])
    }

    @Test func `a listed person is found`() async {
        harness.mockHTTPResponse(
            url: "https://mock-api.test/sanctions/check",
            response: ["match": true, "lists": ["OFAC"], "timestamp": "2026-01-01T00:00:00Z"])
        let result = await harness.callDataSource(
            "check_sanctions", ["entity_id": "entity-123", "entity_type": "individual"])
        #expect(result.success)
        #expect(result.data["is_sanctioned"] == true)
    }

    @Test func `a service that fails is no answer`() async {
        harness.mockHTTPError(url: "https://mock-api.test/sanctions/check", status: 500)
        let result = await harness.callDataSource(
            "check_sanctions", ["entity_id": "entity-123", "entity_type": "individual"])
        #expect(!result.success)
        #expect(result.error == "HTTP error 500 from mock-api.test")
    }

    @Test func `an entity of an unknown type is refused before anything is asked`() async {
        let result = await harness.callDataSource(
            "check_sanctions", ["entity_id": "entity-123", "entity_type": "ship"])
        #expect(result.error == "entity_type must be one of ['individual', 'organization']")
        #expect(harness.http.requests.isEmpty)
    }

    @Test func `the plugin keeps what every plugin promises`() async {
        let findings = await PluginConformance.findings(
            SanctionsListPlugin.self,
            configuration: ["api_endpoint": "https://mock-api.test", "api_key": "test-key"])
        #expect(findings == [])
    }
}
