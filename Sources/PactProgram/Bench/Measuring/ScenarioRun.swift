import ArkaConfig
import ArkaKafka
import ArkaModel
import ArkaRules
import ArkaSystem
import ArkaTelemetry

/// Measures one scenario: fills its source once, then runs both sides in turns.
struct ScenarioRun {
    var scenario: ScenarioSpec
    let topology: TopologySpec
    let cluster: BenchCluster
    /// The passthrough's program; `nil` where nothing is compared.
    let floor: String?
    let runner: ChildRunner
    let logger: Logger
    /// What the names of topics and groups begin with.
    let stamp: String

    /// Runs everything.
    /// - Throws: `KafkaError` or `SystemError`: a side that fails ends the bench.
    mutating func run() throws -> ScenarioFigures {
        let messages = try SourceMessages(
            path: scenario.messages, idPath: topology.record.idPath)
        if cluster.isEmbedded { shrink(messages) }
        var figures = ScenarioFigures(
            name: scenario.name, records: scenario.records, partitions: scenario.partitions,
            messageBytes: messages.meanBytes, rules: topology.rules.book.rules.count,
            ratioMax: scenario.ratioMax.flatMap { Double("\($0)") })
        let source = "\(stamp)-\(scenario.name)-transactions"
        try cluster.create(source, partitions: scenario.partitions)
        defer { cluster.delete([source]) }
        try messages.fill(
            source, records: scenario.records, connection: cluster.connection, logger: logger
        ) { !runner.stopped.isOpen }
        for guarantee in scenario.guarantees {
            let (result, problems) = try measure(guarantee, source: source)
            figures.results.append(result)
            figures.problems += problems
        }
        return figures
    }

    /// Takes as many records as the embedded broker can hold.
    private mutating func shrink(_ messages: SourceMessages) {
        let most = messages.embeddedRecordsMax(partitions: scenario.partitions)
        guard scenario.records > most else { return }
        say(
            "\(most) records instead of \(scenario.records): the embedded broker keeps 5 MiB of a "
                + "partition")
        scenario.records = most
    }

    private func measure(
        _ guarantee: DeliveryGuarantee, source: String
    ) throws -> (GuaranteeFigures, problems: [String]) {
        var figures = GuaranteeFigures(guarantee)
        var problems: [String] = []
        for number in 1...scenario.repeats {
            let name = "\(stamp)-\(scenario.name)-\(guarantee.rawValue)-\(number)"
            problems += try runEngine(name, source: source, into: &figures)
            if let floor { problems += try runFloor(floor, name, source: source, into: &figures) }
            say(progress(figures, number))
        }
        return (figures, problems)
    }

    private func runEngine(
        _ name: String, source: String, into figures: inout GuaranteeFigures
    ) throws -> [String] {
        let (decisions, deadLetters) = ("\(name)-decisions", "\(name)-dlq")
        try cluster.create(decisions, partitions: scenario.partitions)
        try cluster.create(deadLetters, partitions: 1)
        defer { cluster.delete([decisions, deadLetters]) }
        let result = try EngineSide(scenario: scenario, cluster: cluster, runner: runner).run(
            "\(name)-engine",
            environment: benchEnvironment(
                bootstrap: cluster.connection.bootstrap, source: source, decisions: decisions,
                deadLetters: deadLetters, group: name, guarantee: figures.guarantee))
        figures.engine.append(result.run)
        figures.engineSettings = result.settings
        return result.problems
    }

    private func runFloor(
        _ program: String, _ name: String, source: String, into figures: inout GuaranteeFigures
    ) throws -> [String] {
        let output = "\(name)-floor"
        try cluster.create(output, partitions: scenario.partitions)
        defer { cluster.delete([output]) }
        let side = FloorSide(
            program: program, scenario: scenario, cluster: cluster, runner: runner)
        let route = FloorSide.Route(
            guarantee: figures.guarantee, source: source, output: output)
        let result = try side.run("\(name)-floor", route, like: figures.engineSettings)
        figures.floor.append(result.run)
        figures.floorSettings = result.settings
        return result.problems
    }

    private func progress(_ figures: GuaranteeFigures, _ number: Int) -> String {
        let engine = fixedText(figures.engine.last?.cpuMicrosecondsPerRecord, 2)
        let floor = fixedText(figures.floor.last?.cpuMicrosecondsPerRecord, 2)
        return "\(scenario.name) \(figures.guarantee.rawValue) \(number)/\(scenario.repeats): "
            + "engine \(engine) µs/record, floor \(floor)"
    }

    private func say(_ text: String) { StandardStream.error.write("pact bench: \(text)\n") }
}
