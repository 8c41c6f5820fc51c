public import ArkaModel

/// Whether a command that needs brokers has some.
/// - Parameters:
///   - kafka: The connection that the process would use.
///   - path: The topology's path, for the message where no document names brokers.
/// - Returns: What to print if there are none; `eval` need not ask.
public func missingBrokers(_ kafka: KafkaConnectionSpec, topologyPath path: String) -> Diagnostic? {
    guard kafka.bootstrap.isEmpty else { return nil }
    let place =
        kafka.bootstrapPlace
        ?? SourcePlace(SourceText(name: path, text: ""), SourceRange(0, 0))
    return Diagnostic(
        .configNoBrokers, "no broker is named",
        expected: "spec.kafka.bootstrap in the topology or the engine document, or"
            + " --set kafka.bootstrap=host:port",
        at: place)
}
