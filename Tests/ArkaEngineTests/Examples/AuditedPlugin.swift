import PactPlugins

/// Checks an entity against an outside list, and says what it does.
struct AuditedPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "audited", version: "1.0.0", description: "Checks an entity, and says so")

    let services: PluginServices

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
    }

    func initialize() async throws {
        try await services.audit.log(action: "started", resource: "audited", context: nil)
    }

    var functions: [DeclaredFunction] {
        DataSource("sensitive_check", "Check an entity against a list") {
            Parameter("entity_id", String.self)
            Context()
        } answer: { entityID, context in
            try await services.audit.log(
                action: "data_access", resource: "external_database",
                details: [
                    "entity_id": .personal(.string(entityID)), "query_type": "sanctions_check",
                ], context: context)
            let match = entityID.hasSuffix("7")
            try await services.audit.log(
                action: "check_complete", resource: "external_database",
                details: [
                    "entity_id": .personal(.string(entityID)),
                    "result": match ? "match" : "no_match",
                ], context: context)
            return DataSourceResult(data: ["match": .boolean(match)])
        }
    }
}
