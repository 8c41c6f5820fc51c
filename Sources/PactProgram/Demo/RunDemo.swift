import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import Synchronization

/// Decides the sample payments through the embedded broker and shows a table while it does.
func runDemo(_ signals: SignalSwitch) throws -> Int32 {
    let data = try DemoData.find()
    let log = try LogSink(to: StandardStream.error, format: .text, level: .warning)
    let broker = try EmbeddedBroker(logger: Logger(log))
    StandardStream.error.write("\(EmbeddedBroker.limits)\n")
    let code: Int32
    do {
        code = try Demo(data, broker: broker, log: log).run(signals)
    } catch {
        broker.close()
        throw error
    }
    broker.close()
    log.close()
    return code
}

/// Where the demo's messages and rules are.
private struct DemoData {
    let topology: String
    let messages: String

    /// Looks where the project is.
    static func find() throws -> DemoData {
        guard let folder = projectFolder("bench/workload", holding: "rules-100.yaml") else {
            throw SystemError(
                .cannotOpenFile, "bench/workload/rules-100.yaml",
                "the sample payments are not here; run the demo from the project's folder")
        }
        return DemoData(
            topology: folder + "/rules-100.yaml", messages: folder + "/messages.jsonl.zst")
    }
}

/// One demo run.
private struct Demo {
    static let partitions = 8
    let topology: TopologySpec
    let engine: EngineSpec
    let messages: String
    let directory: TemporaryDirectory
    let broker: EmbeddedBroker
    let log: LogSink
    let time = SystemTime()

    init(_ data: DemoData, broker: EmbeddedBroker, log: LogSink) throws {
        let settings = [
            "PACT_BOOTSTRAP": broker.bootstrap.joined(separator: ","),
            "PACT_SOURCE_TOPIC": "transactions", "PACT_DECISIONS_TOPIC": "decisions",
            "PACT_GROUP": "demo", "PACT_GUARANTEE": DeliveryGuarantee.atLeastOnce.rawValue,
        ]
        let loaded = loadTopology(path: data.topology, environment: settings, files: .system)
        StandardStream.error.write(loaded.diagnostics.map { $0.rendered() + "\n" }.joined())
        guard let topology = loaded.value else {
            throw SystemError(.cannotReadFile, data.topology, "the demo's topology is wrong")
        }
        self.topology = topology
        directory = try TemporaryDirectory(prefix: "pact-demo")
        var engine = EngineSpec()
        engine.dataDirectory = directory.path
        engine.membership = .dynamic
        self.engine = engine
        messages = data.messages
        self.broker = broker
        self.log = log
    }

    func run(_ signals: SignalSwitch) throws -> Int32 {
        defer { directory.remove() }
        let total = try fillSource()
        let end = EndRequest()
        signals.onStop { _ in end.request(exitCode: 0) }
        let stopped = try Latch()
        end.onRequest { _ in stopped.open() }
        var settings = KafkaSettings(topology, engine)
        settings.isEmbedded = true
        let registry = MetricsRegistry()
        let runner = TopologyRunner(
            topology, engine, settings: settings, logger: Logger(log), registry: registry,
            time: time
        ) { reason in
            StandardStream.error.write("pact: \(reason.message)\n")
            end.request(exitCode: reason.code)
        }
        try runner.start()
        show(runner, total: total, until: stopped)
        let reason = runner.stop(deadline: time.monotonic + engine.closeTimeout)
        if reason.code != 0 { StandardStream.error.write("pact: \(reason.message)\n") }
        let code = firstProblem(end.exitCode ?? 0, reason.code)
        return printLedger(runner.ledger, exitCode: code)
    }

    /// Writes the sample payments into the source topic.
    /// - Returns: How many.
    private func fillSource() throws -> Int {
        for topic in [topology.source.topic, topology.decisionsTopic] {
            try broker.createTopic(topic, partitions: Self.partitions)
        }
        try broker.createTopic(topology.deadLettersTopic, partitions: 1)
        let connection = KafkaConnection(bootstrap: broker.bootstrap)
        let filler = try TopicFiller(connection, topic: topology.source.topic, logger: Logger(log))
        defer { filler.close() }
        let lines = try LineReader(path: messages)
        var line: [UInt8] = []
        while try lines.nextLine({ bytes in line = copy(bytes) }) {
            try filler.append(line, key: Array("payment-\(filler.count)".utf8))
        }
        try filler.flush()
        return filler.count
    }

    /// Shows the table until everything is decided or somebody stops the demo.
    private func show(_ runner: TopologyRunner, total: Int, until stopped: Latch) {
        let started = time.monotonic
        let screen = LiveScreen(StandardStream.output)
        while true {
            // Not "as many decided as sent": the ledger is to say whether one is missing.
            let isDone = runner.hasCaughtUp
            let readings = runner.readings
            screen.show(
                DecisionTable(
                    readings: readings, ruleFires: runner.ruleFires, total: total,
                    elapsed: time.monotonic - started
                ).lines, isLast: isDone)
            if isDone || stopped.wait(atMost: .milliseconds(250)) { return }
        }
    }
}
