import EntityCheck
import PactTesting
import Testing

@Suite struct EntityCheckPluginTests {
    private let harness: PluginTestHarness

    init() throws {
        harness = try PluginTestHarness(
            EntityCheckPlugin.self, configuration: ["api_endpoint": "https://mock-api.test"])
    }

    @Test func `an entity that the service knows is a match`() async {
        harness.mockHTTPResponse(url: "https://mock-api.test/check", response: ["match": true])
        let result = await harness.callDataSource("check_entity", ["entity_id": "entity-123"])
        #expect(result.success)
        #expect(result.data["match"] == true)
    }

    @Test func `a service that fails is no answer`() async {
        harness.mockHTTPError(url: "https://mock-api.test/check", status: 500)
        let result = await harness.callDataSource("check_entity", ["entity_id": "entity-123"])
        #expect(!result.success)
        #expect(result.error?.lowercased().contains("error") == true)
    }
}
