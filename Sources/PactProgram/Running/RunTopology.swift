import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaSystem
import ArkaTelemetry

/// Runs a topology as the user asked for.
func runTopology(
    _ options: RunCommand.Options, _ signals: SignalSwitch, _ plugins: PluginRegistry
) throws -> Int32 {
    guard let documents = loadRunDocuments(options, plugins) else { return 1 }
    let settings = KafkaSettings(documents.topology, documents.engine)
    let redactor = SecretRedactor()
    for connection in [documents.topology.kafka, documents.engine.kafka] {
        connection.addSecrets(to: redactor)
    }
    let log = try LogSink(documents.engine.log, redactor: redactor)
    if !documents.engine.secrets.allowsCoreDumps, !forbidCoreDumps() {
        Logger(log).warning("core dumps cannot be forbidden")
    }
    if options.createsTopics {
        try createMissingTopics(settings, logger: Logger(log))
    }
    let process = try TopologyProcess(
        documents.topology, documents.engine, settings: settings, log: log, plugins: plugins,
        redactor: redactor)
    let code = try process.run(signals, endsWhenCaughtUp: options.endsWhenCaughtUp)
    if let path = options.summaryFile { try process.summary?.write(to: path) }
    return code
}

/// Reads both documents and prints everything that is wrong with either.
/// - Returns: `nil` if there is an error.
private func loadRunDocuments(
    _ options: RunCommand.Options, _ plugins: PluginRegistry
) -> (topology: TopologySpec, engine: EngineSpec)? {
    let environment = Child.currentEnvironment
    let overrides = splitOverrides(options.overrides)
    let topology = loadTopology(
        path: topologyPath(options.topology), environment: environment,
        overrides: overrides.topology, plugins: plugins.linked, files: .system)
    let engine = loadEngine(
        path: options.config, environment: environment, overrides: overrides.engine, files: .system)
    StandardStream.error.write(shownAtStart(topology.diagnostics, of: options.topology))
    for diagnostic in engine.diagnostics {
        StandardStream.error.write(diagnostic.rendered() + "\n")
    }
    guard let topology = topology.value, let engine = engine.value else { return nil }
    let kafka = topology.kafka.overridden(by: engine.kafka)
    let brokers = missingBrokers(kafka, topologyPath: topologyPath(options.topology))
    if let refusal = refusedCalls(topology, runsActions: false) ?? brokers {
        StandardStream.error.write(refusal.rendered() + "\n")
        return nil
    }
    return (topology, engine)
}

extension LogSink {
    /// Opens the program's log on standard error.
    convenience init(_ spec: LogSpec, redactor: SecretRedactor) throws(SystemError) {
        let isText =
            spec.format == .text || (spec.format == .auto && StandardStream.error.isTerminal)
        try self.init(
            to: StandardStream.error, format: isText ? .text : .json,
            level: LogLevel(word: spec.level.rawValue) ?? .info, redactor: redactor)
    }
}
