import PactPlugins

/// Asks a service about each transaction, by HTTP: what the proofs of calls put under load.
struct ServicePlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "service", version: "1.0.0", description: "Asks a service about an entity")

    let services: PluginServices
    let endpoint: String

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        endpoint = try configuration.read("endpoint")
    }

    var functions: [DeclaredFunction] {
        DataSource("check", "Ask the service about an entity", timeout: .seconds(30)) {
            Parameter("entity_id", String.self)
        } answer: { entityID in
            let response = try await services.requestJSON(
                url: "\(endpoint)/check", query: [("entity_id", .string(entityID))])
            return DataSourceResult(data: ["match": try .boolean(response.read("match"))])
        }
    }
}
