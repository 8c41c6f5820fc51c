import ArkaModel
import PactPlugins

/// Asks a service about each transaction, with a key that it has from the secrets: what the proof of
/// rotation puts under load. It asks for the key at each call, and so follows its rotation.
struct KeyedServicePlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "keyed-service", version: "1.0.0", description: "Asks a service that wants a key",
        permissions: PluginPermissions(network: ["127.0.0.1"], secrets: ["service/api-key"]))

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
            let key = try await services.secrets.get("service/api-key").revealed
            let response = try await services.requestJSON(
                url: "\(endpoint)/check", query: [("entity_id", .string(entityID))],
                headers: [.init("X-Api-Key", key)])
            return DataSourceResult(data: ["match": try .boolean(response.read("match"))])
        }
    }
}
