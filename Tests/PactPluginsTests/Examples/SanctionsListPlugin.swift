import PactPlugins

/// Checks entities against sanctions lists.
struct SanctionsListPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "sanctions-list", version: "1.0.0", description: "OFAC Sanctions List Data Source")

    let services: PluginServices
    let endpoint: String
    let apiKey: String

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        endpoint = try configuration.read("api_endpoint")
        apiKey = try configuration.read("api_key")
    }

    var functions: [DeclaredFunction] {
        DataSource(
            "check_sanctions", "Check entity against sanctions lists", cacheTTL: .seconds(3600)
        ) {
            Parameter("entity_id", String.self, "The entity identifier", .length(1...100))
            Parameter("entity_type", String.self, .oneOf(["individual", "organization"]))
            Parameter("lists", default: ["OFAC", "UN", "EU"])
        } answer: { entityID, entityType, lists in
            let response = try await services.requestJSON(
                url: "\(endpoint)/sanctions/check",
                query: [
                    ("entity_id", .string(entityID)), ("entity_type", .string(entityType)),
                    ("lists", PluginValue(lists)),
                ],
                headers: [.init("Authorization", "Bearer \(apiKey)")])
            return DataSourceResult(
                data: [
                    "is_sanctioned": try .boolean(response.read("match")),
                    "matches": response["matches", default: []],
                    "lists_checked": response["lists"],
                    "check_timestamp": response["timestamp"],
                ],
                metadata: ["source": "sanctions-api", "version": response["api_version"]])
        }
    }
}
