import ArkaSecrets
import ArkaTelemetry

/// Declares what is known of the secrets of a topology's plugins: counts, never names or values.
func declareSecretMetrics(of plugins: TopologyPlugins, in registry: MetricsRegistry) {
    registry.counter(
        "arka_secret_reads_total", "Secrets that were asked for at a backend, by how that ended.",
        labels: ["outcome"]
    ) {
        (plugins.secretCounts?.reads ?? [:]).sorted { $0.key < $1.key }.map { outcome, count in
            MetricReading(Double(count), labels: [outcome])
        }
    }
    registry.counter(
        "arka_secret_rotations_total", "Secrets that were found to have another value.", labels: []
    ) {
        plugins.secretCounts.map { [MetricReading(Double($0.rotations), labels: [])] } ?? []
    }
    let gauges: [(String, String, @Sendable (SecretStore.Counts) -> Int)] = [
        ("arka_secrets_known", "Secrets in memory.", { $0.known }),
        (
            "arka_secrets_behind",
            "Secrets whose last value is used because their backend does not answer.", { $0.behind }
        ),
    ]
    for (name, help, value) in gauges {
        registry.gauge(name, help, labels: []) { [value] in
            plugins.secretCounts.map { [MetricReading(Double(value($0)), labels: [])] } ?? []
        }
    }
}
