import ArkaAdmin
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaTelemetry

/// What the admin server answers for a running topology.
///
/// `/healthz` says that the process lives, and how each plugin is, which changes nothing: a service that
/// fails is no reason to end a process that decides without it. `/readyz` says that every assigned
/// partition moves, and otherwise which one stands still and why.
func adminRoutes(
    registry: MetricsRegistry, redactor: SecretRedactor = SecretRedactor(),
    plugins: @escaping @Sendable () -> [PluginReport],
    health: @escaping @Sendable () -> KafkaHealth
) -> [String: AdminRoute] {
    [
        "/metrics": { .metrics(registry.exposition()) },
        "/healthz": {
            AdminResponse(
                200, redactor.redacted("alive\n" + plugins().map { $0.line + "\n" }.joined()))
        },
        "/readyz": {
            let health = health()
            let text = health.isReady ? "ready\n" : health.reasons.map { $0 + "\n" }.joined()
            return AdminResponse(health.isReady ? 200 : 503, redactor.redacted(text))
        },
    ]
}
