import ArkaModel
import PactPlugins
import PactTesting
import Testing

/// A plugin that breaks promises, one for each value of its configuration.
private struct RudePlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "rude", version: "1.0.0", description: "Breaks what it is told to break.")
    let services: PluginServices
    let breaks: String

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        breaks = try configuration.read("breaks", default: "")
        if breaks == "init" { throw PluginError("no") }
    }

    var functions: [DeclaredFunction] {
        DataSource(breaks == "name" ? "Look" : "look", breaks == "summary" ? "" : "Looks it up") {
            Parameter("id", RudeArgument.self)
        } answer: { _ in
            if breaks == "request" { _ = try? await services.requestJSON(url: "https://a.test") }
            if breaks == "type" || breaks == "request" { return DataSourceResult() }
            return .failure(breaks == "message" ? "no" : "id is wrong")
        }
    }

    func initialize() async throws {
        if breaks == "initialize" { throw PluginError("not ready") }
    }

    func healthCheck() async -> PluginHealth { PluginHealth(isHealthy: breaks != "health") }
}

/// Takes anything, whatever it says.
private struct RudeArgument: PluginArgument {
    static var schema: RecordSchema { String.schema }
    var pluginValue: PluginValue { .null }
    init(pluginValue: PluginValue) {}
}

@Suite struct PluginConformanceTests {
    @Test(
        arguments: [
            ("", []), ("init", ["it cannot be made: no"]), ("name", ["ARKA-PLUGIN-0003"]),
            ("summary", ["look: it has no description"]),
            ("type", ["look: a wrong type for 'id' is not refused"]),
            (
                "request",
                ["look: a wrong type for 'id' is not refused", "look: bad input causes requests"]
            ),
            ("message", ["look: the refusal of a wrong type for 'id' does not name it"]),
            ("initialize", ["the plugin does not initialize: not ready"]),
            ("health", ["it is not healthy right after"]),
        ])
    func `a plugin that breaks a promise is found out, and one that keeps them passes`(
        _ breaks: String, findings: [String]
    ) async {
        let found = await PluginConformance.findings(
            RudePlugin.self, configuration: ["breaks": .string(breaks)])
        #expect(found.count == findings.count || breaks == "initialize", "\(found)")
        for (found, expected) in zip(found, findings) { #expect(found.contains(expected)) }
        #expect(findings.isEmpty == found.isEmpty)
    }
}
