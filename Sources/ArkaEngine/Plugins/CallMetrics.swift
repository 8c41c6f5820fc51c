import ArkaCalls
import ArkaHTTP
import ArkaResilience
public import ArkaTelemetry
import PactPlugins

/// Declares what is known of the calls of a topology's plugins, asked for at each scrape. Call it once
/// per registry.
public func declareCallMetrics(of plugins: TopologyPlugins, in registry: MetricsRegistry) {
    registry.counter(
        "arka_calls_total", "Calls of plugins' functions that have ended, by how.",
        labels: ["function", "outcome"]
    ) {
        plugins.snapshot().flatMap { function in
            function.calls.ends.map { outcome, count in
                MetricReading(Double(count), labels: [function.function, outcome])
            }
        }
    }
    let counters: [(String, String, @Sendable (FunctionSnapshot) -> Int)] = [
        (
            "arka_call_dispatches_total", "Calls that went out, batches counted once.",
            { $0.calls.dispatches }
        ),
        ("arka_call_items_total", "Calls that went out, each one of a batch.", { $0.calls.items }),
        ("arka_call_retries_total", "Calls that went out again.", { $0.calls.retries }),
        (
            "arka_call_late_answers_total", "Answers that came when nobody waited any more.",
            { $0.calls.late }
        ),
    ]
    for (name, help, value) in counters {
        registry.counter(name, help, labels: ["function"]) { [value] in
            plugins.snapshot().map { MetricReading(Double(value($0)), labels: [$0.function]) }
        }
    }
    registry.counter(
        "arka_circuit_breaker_changes_total", "Changes of a circuit breaker, by what it became.",
        labels: ["function", "to"]
    ) {
        plugins.snapshot().flatMap { function in
            function.breakerCounters.changes.map { state, count in
                MetricReading(Double(count), labels: [function.function, state])
            }
        }
    }
    declareCallGauges(of: plugins, in: registry)
    declareRequestMetrics(of: plugins, in: registry)
    declareSecretMetrics(of: plugins, in: registry)
    registry.histogram(
        "arka_call_duration_seconds", "How long calls took, batches counted once.",
        labels: ["function"], bounds: LatencyHistogram.bounds
    ) {
        plugins.snapshot().map { function in
            HistogramReading(
                counts: function.latency.counts, sum: function.latency.sum,
                labels: [function.function])
        }
    }
    registry.gauge(
        "arka_plugin_healthy", "1 if the plugin was healthy when it was last asked, else 0.",
        labels: ["plugin"]
    ) {
        plugins.healthReports.compactMap { report in
            report.health.map { MetricReading($0.isHealthy ? 1 : 0, labels: [report.name]) }
        }
    }
}

private func declareCallGauges(of plugins: TopologyPlugins, in registry: MetricsRegistry) {
    let gauges: [(String, String, @Sendable (FunctionSnapshot) -> Int)] = [
        ("arka_calls_in_flight", "Calls that are out, batches counted once.", { $0.inFlight }),
        ("arka_calls_pending", "Calls of rules that have not ended.", { $0.waiting }),
        ("arka_circuit_breaker_state", "0 closed, 1 half-open, 2 open.", { $0.breaker.number }),
    ]
    for (name, help, value) in gauges {
        registry.gauge(name, help, labels: ["function"]) { [value] in
            plugins.snapshot().map { MetricReading(Double(value($0)), labels: [$0.function]) }
        }
    }
}

/// Declares what the network client that the plugins share has done.
private func declareRequestMetrics(of plugins: TopologyPlugins, in registry: MetricsRegistry) {
    let counters: [(String, String, @Sendable (HTTPStatistics) -> Int)] = [
        ("arka_http_requests_total", "HTTP requests of plugins.", { $0.requests }),
        (
            "arka_http_connections_opened_total", "Connections that were opened, or tried to be.",
            { $0.connectionsOpened }
        ),
        (
            "arka_http_connections_reused_total",
            "Requests that went out on a connection that was there already.",
            { $0.connectionsReused }
        ),
    ]
    for (name, help, value) in counters {
        registry.counter(name, help, labels: []) { [value] in
            [MetricReading(Double(value(plugins.httpStatistics)), labels: [])]
        }
    }
}

extension CallCounters {
    /// How many calls ended how, by the words of decisions.
    fileprivate var ends: [(String, Int)] {
        [
            ("answered", answered), ("cached", cached), ("failed", failed), ("timeout", timedOut),
            ("open", open), ("skipped", skipped), ("cancelled", cancelled),
        ]
    }
}

extension BreakerCounters {
    /// How often it became what.
    fileprivate var changes: [(String, Int)] {
        [("open", opened), ("half_open", probes), ("closed", closed)]
    }
}

extension BreakerStatus {
    fileprivate var number: Int {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}
