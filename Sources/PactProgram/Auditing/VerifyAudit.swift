import ArkaAudit
import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaSystem
import ArkaTelemetry

/// Verifies an audit trail as the user asked for.
/// - Returns: 0 if every chain holds; 1 if something is wrong with one, or the trail cannot be read.
func verifyAudit(
    _ options: AuditVerifyCommand.Options, _ plugins: PluginRegistry
) throws -> Int32 {
    var heads = AuditHeads()
    if let path = options.head {
        heads = try AuditHeads(
            json: try readFile(path, limit: AuditLimits.headsBytesMax), name: path)
    }
    var verification = AuditVerification(knowing: heads, mayBeginLate: options.mayBeginLate)
    if let path = options.file {
        try readLines(path) { verification.add($0, at: $1) }
    } else if let path = options.topology {
        guard let settings = auditSettings(path, options, plugins) else { return 1 }
        try readTopic(settings) { verification.add($0, at: $1) }
    }
    verification.finish()
    if let path = options.newHead, verification.holds {
        let file = try FileWriter(path: path)
        try file.write(verification.heads.json)
        try file.close(toDisk: true)
    }
    report(verification, asJSON: options.asJSON)
    return verification.holds ? 0 : 1
}

private func readLines(
    _ path: String, _ body: ([UInt8], _ place: String) -> Void
) throws(SystemError) {
    // No record is nearly as long; a file of other things shall not fill the memory.
    let reader = try LineReader(path: path, lineLimit: 1 << 20)
    while let line = try reader.copyNextLine() { body(line, "\(reader.name):\(reader.lineNumber)") }
}

private func readTopic(
    _ settings: KafkaSettings, _ body: ([UInt8], _ place: String) -> Void
) throws {
    guard let topic = settings.auditTopic else { return }
    let log = try LogSink(to: StandardStream.error, format: .text, level: .error)
    defer { log.close() }
    try readCommitted(settings.connection, topic: topic, logger: Logger(log)) { record in
        body(record.value, "\(topic)/\(record.partition)/\(record.offset)")
    }
}

/// How to reach the audit topic of a topology; `nil` if it has none, which has been said.
private func auditSettings(
    _ path: String, _ options: AuditVerifyCommand.Options, _ plugins: PluginRegistry
) -> KafkaSettings? {
    let environment = Child.currentEnvironment
    let overrides = splitOverrides(options.overrides)
    let topology = loadTopology(
        path: topologyPath(path), environment: environment, overrides: overrides.topology,
        plugins: plugins.linked, files: .system)
    let engine = loadEngine(
        path: options.config, environment: environment, overrides: overrides.engine,
        files: .system)
    for diagnostic in topology.diagnostics + engine.diagnostics where diagnostic.severity == .error
    {
        StandardStream.error.write(diagnostic.rendered() + "\n")
    }
    guard let topology = topology.value, let engine = engine.value else { return nil }
    guard topology.audit.topic != nil else {
        StandardStream.error.write(
            "pact: \(path): the topology has no audit topic; set `audit.topic` "
                + "[\(DiagnosticCode.auditNoTopic)]\n")
        return nil
    }
    let kafka = topology.kafka.overridden(by: engine.kafka)
    if let refusal = missingBrokers(kafka, topologyPath: topologyPath(path)) {
        StandardStream.error.write(refusal.rendered() + "\n")
        return nil
    }
    return KafkaSettings(topology, engine)
}
