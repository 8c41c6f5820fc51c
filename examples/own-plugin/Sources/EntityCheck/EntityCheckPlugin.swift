public import PactPlugins

/// Asks a service of our own whether an entity is known to it.
public struct EntityCheckPlugin: DataSourcePlugin {
    public static let metadata = PluginMetadata(
        name: "entity-check", version: "1.0.0", description: "Checks entities against a service")

    let services: PluginServices
    let endpoint: String

    public init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        endpoint = try configuration.read("api_endpoint")
    }

    public var functions: [DeclaredFunction] {
        DataSource("check_entity", "Check entity against our own service", timeout: .seconds(5)) {
            Parameter("entity_id", String.self, "The entity identifier", .length(1...100))
            Parameter("check_type", default: "full")
        } answer: { entityID, checkType in
            let response = try await services.requestJSON(
                url: "\(endpoint)/check",
                query: [("entity_id", .string(entityID)), ("check_type", .string(checkType))])
            return DataSourceResult(data: ["match": try .boolean(response.read("match"))])
        }
    }
}
