import ArkaModel
import ArkaSystem
import ArkaTelemetry
import Testing

@Suite struct MetricsTests {
    let registry = MetricsRegistry()

    @Test func `a histogram that somebody else counts has its labels beside its bounds`() {
        registry.histogram(
            "arka_call_seconds", "Calls.", labels: ["function"],
            bounds: [.milliseconds(5), .seconds(1)]
        ) {
            [
                HistogramReading(
                    counts: [2, 1, 4], sum: .milliseconds(12_500), labels: ["plugin.a.b\""]),
                HistogramReading(counts: [0, 0, 0], sum: .zero, labels: ["plugin.a.c"]),
            ]
        }
        let expected = #"""
            # HELP arka_call_seconds Calls.
            # TYPE arka_call_seconds histogram
            arka_call_seconds_bucket{function="plugin.a.b\"",le="0.005"} 2
            arka_call_seconds_bucket{function="plugin.a.b\"",le="1"} 3
            arka_call_seconds_bucket{function="plugin.a.b\"",le="+Inf"} 7
            arka_call_seconds_sum{function="plugin.a.b\""} 12.5
            arka_call_seconds_count{function="plugin.a.b\""} 7
            arka_call_seconds_bucket{function="plugin.a.c",le="0.005"} 0
            arka_call_seconds_bucket{function="plugin.a.c",le="1"} 0
            arka_call_seconds_bucket{function="plugin.a.c",le="+Inf"} 0
            arka_call_seconds_sum{function="plugin.a.c"} 0
            arka_call_seconds_count{function="plugin.a.c"} 0

            """#
        #expect(registry.exposition() == expected)
    }

    @Test func `counters, gauges and histograms look as Prometheus wants them`() {
        let records = registry.counter("arka_records_total", "Records.\nAll \\ of them.")[0]
        let byStatus = registry.counter(
            "arka_decisions_total", "By status.", label: "status", values: ["ok", "a\"b\\c\nd"])
        let seconds = registry.histogram(
            "arka_commit_seconds", "Commits.", bounds: [.milliseconds(5), .seconds(1)])
        registry.gauge("arka_lag", "Lag.", labels: ["partition"]) {
            [
                MetricReading(7, labels: ["0"]), MetricReading(.infinity, labels: ["1"]),
                MetricReading(0.25, labels: ["2"]),
            ]
        }
        let cells = registry.cells()
        cells.counter(records).add(3)
        cells.counter(byStatus[1]).add(4)
        for milliseconds in [1, 5, 6, 2000] {
            cells.histogram(seconds).observe(.milliseconds(milliseconds))
        }
        let expected = #"""
            # HELP arka_records_total Records.\nAll \\ of them.
            # TYPE arka_records_total counter
            arka_records_total 3
            # HELP arka_decisions_total By status.
            # TYPE arka_decisions_total counter
            arka_decisions_total{status="ok"} 0
            arka_decisions_total{status="a\"b\\c\nd"} 4
            # HELP arka_commit_seconds Commits.
            # TYPE arka_commit_seconds histogram
            arka_commit_seconds_bucket{le="0.005"} 2
            arka_commit_seconds_bucket{le="1"} 3
            arka_commit_seconds_bucket{le="+Inf"} 4
            arka_commit_seconds_sum 2.012
            arka_commit_seconds_count 4
            # HELP arka_lag Lag.
            # TYPE arka_lag gauge
            arka_lag{partition="0"} 7
            arka_lag{partition="1"} +Inf
            arka_lag{partition="2"} 0.25

            """#
        #expect(registry.exposition() == expected)
    }

    @Test func `a scrape adds up all threads, also those that have ended`() throws {
        let slot = registry.counter("arka_x_total", "X.")[0]
        let threads = try (0..<4).map { number in
            let counter = registry.cells().counter(slot)
            return try Thread("t\(number)") { for _ in 0..<100_000 { counter.add(1) } }
        }
        for thread in threads { thread.join() }
        #expect(registry.exposition().hasSuffix("\narka_x_total 400000\n"))
    }

    @Test func `many series keep their own values`() {
        let values = (0..<1000).map { "v\($0)" }
        let slots = registry.counter("arka_x_total", "X.", label: "v", values: values)
        let seconds = registry.histogram("arka_y_seconds", "Y.", bounds: [.seconds(1)])
        let cells = registry.cells()
        for (index, slot) in slots.enumerated() { cells.counter(slot).add(index) }
        cells.histogram(seconds).observe(.seconds(2))
        let text = registry.exposition()
        for index in 0..<1000 {
            #expect(text.contains("arka_x_total{v=\"v\(index)\"} \(index)\n"))
        }
        #expect(text.contains("arka_y_seconds_sum 2\narka_y_seconds_count 1\n"))
    }

    @Test func `a name that Prometheus would refuse ends the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = MetricsRegistry().counter("arka-x_total", "X.")
        }
        await #expect(processExitsWith: .failure) {
            _ = MetricsRegistry().counter("arka_x", "A counter without _total.")
        }
    }

    @Test func `a name declared twice, and a series declared twice, end the program`() async {
        await #expect(processExitsWith: .failure) {
            let registry = MetricsRegistry()
            _ = registry.counter("arka_x_total", "X.")
            registry.gauge("arka_x_total", "X.") { [] }
        }
        await #expect(processExitsWith: .failure) {
            _ = MetricsRegistry().counter("arka_x_total", "X.", label: "a", values: ["b", "b"])
        }
    }

    @Test func `more series than a scrape can carry end the program`() async {
        await #expect(processExitsWith: .failure) {
            let values = (0...TelemetryLimits.series).map { "\($0)" }
            _ = MetricsRegistry().counter("arka_x_total", "X.", label: "a", values: values)
        }
    }
}
