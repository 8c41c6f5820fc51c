import ArkaConfig
import ArkaEngine
import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import Foundation
import Testing

/// The reference names what the program really writes and counts.
@Suite struct ReferenceTests {
    private func document(_ path: String) throws -> String {
        let project = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: project.appending(path: path), encoding: .utf8)
    }

    @Test func `each code of a dead letter and each status has its line`() throws {
        let records = try document("docs/reference/records.md")
        for code in DeadLetterCode.allCases { #expect(records.contains("| `\(code.rawValue)` |")) }
        for status in DecisionStatus.allCases { #expect(records.contains("`\(status.word)`")) }
        for cause in UnknownCause.allCases { #expect(records.contains("`\(cause.word)`")) }
    }

    @Test func `the metrics are those that are exposed, and no others`() throws {
        let registry = MetricsRegistry()
        let metrics = EngineMetrics(in: registry, rules: ["a"])
        metrics.observe { EngineReadings() }
        declareProcessMetrics(in: registry)
        let sink = try LogSink(to: Nowhere(), format: .text, level: .error)
        declareLogMetrics(of: sink, in: registry)
        let topology = TopologySpec(
            name: "t", source: SourceSpec(topic: "in", group: "g"), decisionsTopic: "out")
        let plugins = try TopologyPlugins(topology, PluginRegistry(), time: SystemTime()) {
            _, _, _ in
        }
        declareCallMetrics(of: plugins, in: registry)
        let exposed = registry.exposition().matches(of: #/# TYPE (\w+) /#).map { String($0.1) }
        let named = try document("docs/reference/metrics.md").split(separator: "\n")
            .filter { $0.hasPrefix("| `") }
            .flatMap { row in
                row.split(separator: "|")[0].matches(of: /`(\w+)/).map { String($0.1) }
            }
        #expect(Set(named) == Set(exposed))
        sink.close()
    }
}

private struct Nowhere: LogOutput {
    func write(_ lines: [UInt8]) -> Bool { true }
}
