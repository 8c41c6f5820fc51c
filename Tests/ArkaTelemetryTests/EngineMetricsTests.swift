import ArkaModel
import ArkaTelemetry
import Testing

@Suite struct EngineMetricsTests {
    let registry = MetricsRegistry()

    @Test func `every metric of the engine is there under its name, from the first scrape on`() {
        let metrics = metrics(rules: ["amount_over_220", "night"])
        var readings = EngineReadings()
        readings.consumed = 10
        readings.decisions = [("compliant", 0), ("manual_review", 2)]
        readings.deadLetters = [("empty_payload", 0), ("malformed_json", 1)]
        readings.skipped = 3
        readings.returned = 4
        readings.lag = [(partition: 0, records: 5), (partition: 3, records: 0)]
        readings.rowsInFlight = 256
        readings.bytesInFlight = 100_000
        readings.rowsWaiting = 3
        readings.rowsHeld = 40
        readings.bytesHeld = 8_000
        metrics.observe { [readings] in readings }
        declareProcessMetrics(in: registry)
        let lane = metrics.lane()
        lane.ruleFires[1].add(5)
        lane.commitSeconds.observe(.milliseconds(7))
        let text = registry.exposition()
        let lines = [
            "arka_source_records_total 10", "arka_decisions_total{status=\"compliant\"} 0",
            "arka_decisions_total{status=\"manual_review\"} 2",
            "arka_dead_letters_total{code=\"malformed_json\"} 1",
            "arka_dead_letters_total{code=\"empty_payload\"} 0", "arka_skipped_records_total 3",
            "arka_returned_records_total 4", "arka_rule_fires_total{rule=\"amount_over_220\"} 0",
            "arka_rule_fires_total{rule=\"night\"} 5", "arka_commit_seconds_bucket{le=\"0.005\"} 0",
            "arka_commit_seconds_bucket{le=\"0.01\"} 1", "arka_commit_seconds_count 1",
            "arka_source_lag_records{partition=\"0\"} 5",
            "arka_source_lag_records{partition=\"3\"} 0", "arka_in_flight_rows 256",
            "arka_in_flight_bytes 100000", "arka_waiting_rows 3", "arka_held_rows 40",
            "arka_held_bytes 8000",
        ]
        for line in lines { #expect(text.contains("\n\(line)\n"), "\(line)") }
        #expect(text.contains("\nprocess_cpu_seconds_total "))
        #expect(text.contains("\nprocess_resident_memory_bytes "))
    }

    @Test func `rules beyond the bound share one series`() {
        let rules = (0..<TelemetryLimits.rulesWithSeries + 3).map { "rule_\($0)" }
        let lane = metrics(rules: rules).lane()
        #expect(lane.ruleFires.count == rules.count)
        for counter in lane.ruleFires { counter.add(1) }
        let text = registry.exposition()
        #expect(text.contains("{rule=\"rule_\(TelemetryLimits.rulesWithSeries - 1)\"} 1\n"))
        #expect(text.contains("{rule=\"(others)\"} 3\n"))
    }

    @Test func `a rule book without rules is fine`() {
        #expect(metrics(rules: []).lane().ruleFires.isEmpty)
    }

    private func metrics(rules: [String]) -> EngineMetrics {
        EngineMetrics(in: registry, rules: rules)
    }
}
