import ArkaModel
import PactPlugins
import Testing

@testable import ARKA

/// Plugins that answer what nobody expects: decisions say so and stay whole.
@Suite struct HostilePluginTests {
    /// Decides by one function of the plugin, which is told what to answer.
    private func decide(_ what: String, by function: String = "ask") async throws -> Decision {
        let rule = """
            rule listed {
                when { plugin.hostile.\(function)(what: transaction.what).text == "listed" }
                then { reject(reason: "listed") }
            }
            """
        let manager = PluginManager(linking: [HostilePlugin.self])
        try await manager.load("hostile")
        let engine = try ARKAEngine(
            pluginManager: manager, rules: [.text(rule)],
            settings: EngineSettings(onUnknown: .review, decisionBudget: .seconds(600)))
        let decision = try await engine.evaluate(
            transaction: ["what": .string(what)], plugins: ["hostile": true])
        await engine.shutdown()
        await manager.shutdown()
        return decision
    }

    @Test(arguments: [("flood", "warn"), ("metadata", "ask"), ("names in metadata", "ask")])
    func
        `what a plugin says besides its answer, however much, keeps no transaction from being decided`(
            _ what: String, _ function: String
        ) async throws
    {
        let decision = try await decide(what, by: function)
        #expect(decision.status == .rejected && !decision.isDegraded)
        #expect(decision.json.utf8.count < 20_000)
    }

    @Test(arguments: ["twice", "twice, hidden"])
    func `a member that an answer holds twice is unknown`(_ what: String) async throws {
        let decision = try await decide(what)
        #expect(decision.status == .manualReview, "\(decision.json)")
        #expect(decision.unknown.count == 1)
    }

    @Test func `control characters in an error text are escaped in decisions`() async throws {
        let decision = try await decide("controls")
        #expect(decision.status == .manualReview && decision.isDegraded)
        #expect(decision.json.utf8.allSatisfy { $0 >= 0x20 })
    }
}

private struct HostilePlugin: EnrichmentPlugin {
    static let metadata = PluginMetadata(
        name: "hostile", version: "1.0.0", description: "Answers what nobody expects")

    init(_ configuration: PluginConfiguration, services: PluginServices) {}

    var functions: [DeclaredFunction] {
        DataSource("ask", "Answers") {
            Parameter("what", String.self)
        } answerAtOnce: { what in
            let listed: PluginValue = ["text": "listed"]
            let member = PluginValue.Member("text", "listed")
            let other = PluginValue.Member("text", "clear")
            switch what {
            case "metadata":
                return DataSourceResult(
                    data: listed, metadata: .string(String(repeating: "\u{1}", count: 1 << 20)))
            case "names in metadata":
                return DataSourceResult(data: listed, metadata: .object([member, other]))
            case "twice": return DataSourceResult(data: .object([member, other]))
            case "twice, hidden": return DataSourceResult(data: .object([other, member]))
            case "controls": return .failure("\u{0}\u{1B}[2J\r\n\u{7F}\u{2028}\"\\")
            default: return DataSourceResult(data: listed)
            }
        }
        Enrichment("warn", "Answers with warnings") {
            Parameter("what", String.self)
        } answerAtOnce: { what in
            EnrichmentResult(
                enrichments: ["text": "listed"],
                warnings: Array(
                    repeating: what + String(repeating: "!", count: 100), count: 100_000))
        }
    }
}
