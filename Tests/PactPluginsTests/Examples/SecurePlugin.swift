import ArkaModel
import PactPlugins

/// Asks a database that wants a password, and a service that wants a key.
struct SecurePlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "secure", version: "1.0.0", description: "Has secrets",
        permissions: PluginPermissions(
            network: ["api.example.com"],
            secrets: ["sanctions/api-key", "database/password"],
            environment: ["SANCTIONS_TIMEOUT"]))

    let services: PluginServices
    let timeout: Int

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        timeout = try services.environment.get("SANCTIONS_TIMEOUT", default: 30)
    }

    func initialize() async throws {
        // Read here, a secret that is not there keeps the process from starting.
        let password = try await services.secrets.get("database/password")
        try await logIn(password.revealed)
    }

    var functions: [DeclaredFunction] {
        DataSource("check", "Ask the service about an entity") {
            Parameter("entity_id", String.self)
        } answer: { (id: String) async throws -> DataSourceResult in
            // Asked for at each call, the key follows its rotation; it comes from memory.
            let key = try await services.secrets.get("sanctions/api-key").revealed
            let answer = try await services.requestJSON(
                url: "https://api.example.com/check", query: [("entity_id", .string(id))],
                headers: [.init("X-Api-Key", key)], timeout: .seconds(timeout))
            return DataSourceResult(data: ["match": try .boolean(answer.read("match"))])
        }
    }

    private func logIn(_ password: String) async throws {}
}
