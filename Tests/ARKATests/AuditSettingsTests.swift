import ArkaModel
import PactPlugins
import Synchronization
import Testing

@testable import ARKA

private struct LoggingPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "logging", version: "1.0.0", description: "Says what it does")
    let services: PluginServices

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
    }

    func initialize() async throws {
        try await services.audit.log(
            action: "started", resource: "list", details: ["who": .personal("E-1")], context: nil)
    }

    var functions: [DeclaredFunction] {
        DataSource("check", "Check an entity") {
            Parameter("entity_id", String.self)
        } answer: { _ in
            DataSourceResult(data: [:])
        }
    }
}

@Suite struct AuditSettingsTests {
    @Test func `records of loaded plugins are handed over, chained and without what is personal`()
        async throws
    {
        let records = Mutex<[[UInt8]]>([])
        let settings = AuditSettings { record in records.withLock { $0.append(record) } }
        let manager = PluginManager(linking: [LoggingPlugin.self], audit: settings)
        try await manager.load("pact/logging")
        try await manager.load("pact/logging", as: "second")
        let values = try records.withLock { $0 }.map { try PluginValue(json: $0) }
        #expect(values.map { $0["plugin"]?.text } == ["logging", "second"])
        #expect(values.map { $0["seq"] } == [1, 2])
        #expect(values[0]["hash"] == values[1]["prev"] && values[0]["chain"] == values[1]["chain"])
        #expect(values[0]["details"] == ["who": "[personal]"])
        await manager.shutdown()
    }

    @Test func `a record that is not taken, or has nowhere to go, fails what logs it`() async throws
    {
        struct Full: Error {}
        let refusing = AuditSettings { _ in throw Full() }
        for audit in [nil, refusing] {
            let manager = PluginManager(linking: [LoggingPlugin.self], audit: audit)
            await #expect(throws: (any Error).self) { try await manager.load("pact/logging") }
            await manager.shutdown()
        }
    }
}
