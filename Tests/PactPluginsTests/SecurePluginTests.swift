import PactPlugins
import PactTesting
import Testing

/// The plugin of the page on secrets.
@Suite struct SecurePluginTests {
    // acceptance: S-76
    @Test func `a plugin reads its secrets when it is initialized, and does not start without`()
        async throws
    {
        let harness = try PluginTestHarness(
            SecurePlugin.self, environment: ["SANCTIONS_TIMEOUT": "5"],
            secrets: ["sanctions/api-key": "k1", "database/password": "p1"])
        harness.mockHTTPResponse(
            url: "https://api.example.com/check", response: ["match": true])
        let result = await harness.callDataSource("check", ["entity_id": "e"])
        #expect(result.data["match"] == true, "\(result.error ?? "")")
        let request = try #require(harness.http.requests.first)
        #expect(request.headers.contains(.init("X-Api-Key", "k1")))
        #expect(request.timeout == .seconds(5))

        let without = try PluginTestHarness(
            SecurePlugin.self, secrets: ["sanctions/api-key": "k1"])
        let error = await #expect(throws: PluginError.self) {
            try await without.host.initialize()
        }
        #expect(error?.description.contains("'database/password'") == true)
        #expect(await without.host.state == .failed)
    }
}
