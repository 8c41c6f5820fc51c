import PactPlugins
import PactTesting
import Testing

private struct LoggingPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "logging", version: "1.0.0", description: "Says what it does")
    let services: PluginServices

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
    }

    var functions: [DeclaredFunction] {
        DataSource("check", "Check an entity") {
            Parameter("entity_id", String.self)
            Context()
        } answer: { entityID, context in
            try await services.audit.log(
                action: "data_access", resource: "list",
                details: ["entity_id": .personal(.string(entityID)), "kind": "full"],
                context: context)
            return DataSourceResult(data: [:])
        }
    }
}

@Suite struct AuditRecordsTests {
    @Test func `the harness keeps what a plugin logs, under its name and with the values' classes`()
        async throws
    {
        let harness = try PluginTestHarness(LoggingPlugin.self)
        #expect(harness.auditRecords.isEmpty)
        let context = MockContext(transaction: ["id": "tx-1"])
        let result = await harness.callDataSource("check", ["entity_id": "E-1"], context: context)
        #expect(result.success)
        let record = try #require(harness.auditRecords.first)
        #expect(harness.auditRecords.count == 1)
        #expect(record.plugin == "logging" && record.action == "data_access")
        #expect(record.context?.transactionID == "tx-1")
        #expect(
            record.details == [
                .init("entity_id", .personal("E-1")), .init("kind", "full"),
            ])
    }
}
