import ArkaConfig
import ArkaKafka
import ArkaSystem
import ArkaTelemetry

/// Measures scenarios and reports.
/// - Returns: 0; 1 if something is wrong with the runs or, if asked for, a bound is not held.
func runBench(_ options: BenchCommand.Options, _ signals: SignalSwitch) throws -> Int32 {
    // First, while the process has little memory of its own.
    let isRuleBookAlone = options.scenario == ruleBookBench
    let ruleBook = isRuleBookAlone || options.scenario == nil ? try measureRuleBook() : nil
    if isRuleBookAlone { return try finish(BenchReport(ruleBook: ruleBook), options) }
    let stopped = try Latch()
    signals.onStop { _ in stopped.open() }
    let calls = try options.callCosts(stopped)
    if options.scenario == callsBench { return try finish(BenchReport(calls: calls), options) }
    let loaded = try scenarioPaths(options.scenario).map(loadScenarioAndTopology)
    let scenarios = loaded.compactMap { $0 }.map { options.applied(to: $0) }
    guard scenarios.count == loaded.count else { return 1 }
    let log = try LogSink(to: StandardStream.error, format: .text, level: .warning)
    defer { log.close() }
    let bench = Bench(options: options, stopped: stopped, logger: Logger(log))
    var report = try bench.run(scenarios)
    report.ruleBook = ruleBook
    report.calls = calls
    return try finish(report, options)
}

/// Writes and prints a report.
private func finish(_ report: BenchReport, _ options: BenchCommand.Options) throws -> Int32 {
    try write(report, options)
    StandardStream.output.write(BenchTable(report: report).lines.map { $0 + "\n" }.joined())
    let fails = !report.problems.isEmpty || (options.checksBounds && !report.holdsAllBounds)
    return fails ? 1 : 0
}

private func write(_ report: BenchReport, _ options: BenchCommand.Options) throws {
    if let path = options.jsonFile {
        let file = try FileWriter(path: path)
        try file.write(report.json + [UInt8(ascii: "\n")])
        try file.close()
    }
    if let path = options.htmlFile {
        let file = try FileWriter(path: path)
        try file.write(BenchPage(report: report).html)
        try file.close()
    }
}

extension BenchReport {
    /// A report of costs that are measured without a broker.
    fileprivate init(ruleBook: RuleBookCost? = nil, calls: CallCosts? = nil) {
        self.init(
            machine: .current(), versions: [("pact", pactVersion)], broker: "none",
            isEmbedded: true, startedMilliseconds: SystemTime().wallMilliseconds,
            ruleBook: ruleBook, calls: calls)
    }
}

extension BenchCommand.Options {
    /// What calls cost; `nil` if the user did not ask for it.
    fileprivate func callCosts(_ stopped: Latch) throws(SystemError) -> CallCosts? {
        guard scenario == nil || scenario == callsBench else { return nil }
        var costs = try measureCalls(
            transactions: records ?? BenchLimits.callTransactions,
            runs: repeats ?? BenchLimits.callRuns)
        guard let url else { return costs }
        let directory = try TemporaryDirectory(prefix: "pact-bench")
        defer { directory.remove() }
        costs.http = try measureHTTPCalls(
            url, requests: BenchLimits.callTransactions,
            runner: ChildRunner(directory: directory.path, stopped: stopped))
        return costs
    }

    /// The scenario with what the command line says instead.
    fileprivate func applied(to loaded: LoadedScenario) -> LoadedScenario {
        var result = loaded
        result.scenario.records = records ?? result.scenario.records
        result.scenario.repeats = repeats ?? result.scenario.repeats
        return result
    }
}

/// All scenarios on one cluster.
private struct Bench {
    let options: BenchCommand.Options
    let stopped: Latch
    let logger: Logger

    func run(_ scenarios: [LoadedScenario]) throws -> BenchReport {
        let time = SystemTime()
        let cluster = try BenchCluster(bootstrap: options.bootstrap, logger: logger)
        let directory: TemporaryDirectory
        do {
            directory = try TemporaryDirectory(prefix: "pact-bench")
        } catch {
            _ = cluster.close()
            throw error
        }
        defer {
            directory.remove()
            let left = cluster.close()
            if !left.isEmpty { say("not deleted: \(left.joined(separator: " "))") }
        }
        var report = BenchReport(
            machine: .current(),
            versions: [("pact", pactVersion), ("librdkafka", "\(LibraryVersion.loaded)")],
            broker: cluster.description, isEmbedded: cluster.isEmbedded,
            startedMilliseconds: time.wallMilliseconds)
        if cluster.isEmbedded { say(EmbeddedBroker.limits) }
        let floor = try floorProgram(cluster)
        for loaded in scenarios {
            var run = ScenarioRun(
                scenario: loaded.scenario, topology: loaded.topology, cluster: cluster,
                floor: loaded.scenario.comparesWithFloor ? floor : nil,
                runner: ChildRunner(directory: directory.path, stopped: stopped), logger: logger,
                stamp: "bench-\(report.startedMilliseconds)")
            report.scenarios.append(try run.run())
        }
        return report
    }

    /// The passthrough's program; `nil`, with a word to the user, where nothing can be compared.
    private func floorProgram(_ cluster: BenchCluster) throws(SystemError) -> String? {
        if cluster.isEmbedded {
            say("no comparison with the floor: the embedded broker shares this machine's time")
            return nil
        }
        if let path = options.floor {
            guard isReadableFile(path) else {
                throw SystemError(.cannotOpenFile, path, "there is no such program")
            }
            return path
        }
        if let folder = projectFolder(".build/floor", holding: "floor") { return folder + "/floor" }
        say("no comparison: make -C bench/floor builds the floor")
        return nil
    }

    private func say(_ text: String) { StandardStream.error.write("pact bench: \(text)\n") }
}
