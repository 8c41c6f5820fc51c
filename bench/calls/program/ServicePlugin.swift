import PactPlugins

/// Asks a service about each transaction, by HTTP: what the proofs of calls put under load.
struct ServicePlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "service", version: "1.0.0", description: "Asks a service about an entity")

    let services: PluginServices
    let endpoint: String
    /// Whether each call leaves records in the audit trail.
    let isAudited: Bool

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        endpoint = try configuration.read("endpoint")
        isAudited = try configuration.read("audited", default: false)
    }

    var functions: [DeclaredFunction] {
        DataSource("check", "Ask the service about an entity", timeout: .seconds(30)) {
            Parameter("entity_id", String.self)
            Context()
        } answer: { entityID, context in
            if isAudited { try await log("data_access", entityID, nil, context) }
            let response = try await services.requestJSON(
                url: "\(endpoint)/check", query: [("entity_id", .string(entityID))])
            let match: Bool = try response.read("match")
            if isAudited { try await log("check_complete", entityID, match, context) }
            return DataSourceResult(data: ["match": .boolean(match)])
        }
    }

    private func log(
        _ action: String, _ entityID: String, _ match: Bool?, _ context: PluginContext
    ) async throws {
        let result: AuditValue = match.map { $0 ? "match" : "no_match" } ?? "asked"
        try await services.audit.log(
            action: action, resource: "service",
            details: ["entity_id": .personal(.string(entityID)), "result": result],
            context: context)
    }
}
