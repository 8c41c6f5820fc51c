import ArkaAdmin
import ArkaAudit
import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import PactPlugins
import Synchronization

/// A topology as the whole work of a process: from the first signal handler to the exit code.
///
/// ```
/// admin server ─► consumer group and lanes ─► (SIGTERM | cannot go on | reached the end)
///                                                └─► stop in reverse order, ledger line, exit code
/// ```
final class TopologyProcess: Sendable {
    private let topology: TopologySpec
    private let engine: EngineSpec
    private let settings: KafkaSettings
    private let log: LogSink
    private let logger: Logger
    private let registry = MetricsRegistry()
    /// The topology's plugins; `nil` where it uses none.
    private let plugins: TopologyPlugins?
    /// What the plugins write their audit records to; `nil` without a topic for them.
    private let audit: AuditMailbox?
    private let redactor: SecretRedactor
    private let time = SystemTime()
    private let outcome = Mutex(Outcome())

    /// What is known when the parts have stopped.
    private struct Outcome {
        var isConnected = false
        var summary: RunSummary?
        var stopReason: ExitReason?
    }

    /// Prepares a process.
    /// - Parameter redactor: Takes secrets out of what is shown.
    /// - Throws: ``PluginLoadError``; what keeps the secrets' backends from being reached.
    init(
        _ topology: TopologySpec, _ engine: EngineSpec, settings: KafkaSettings, log: LogSink,
        plugins: PluginRegistry, redactor: SecretRedactor = SecretRedactor()
    ) throws {
        self.topology = topology
        self.engine = engine
        self.settings = settings
        self.log = log
        self.redactor = redactor
        let logger = Logger(log).with([.topology: .text(topology.name)])
        self.logger = logger
        audit =
            topology.plugins.isEmpty
            ? nil : AuditMailbox(of: topology, redactor: redactor, time: time)
        self.plugins =
            topology.plugins.isEmpty
            ? nil
            : try TopologyPlugins(
                topology, plugins, time: time,
                surroundings: try PluginSurroundings(
                    of: topology, plugins, engine.secrets, environment: Child.currentEnvironment,
                    time: time, redactor: redactor, audit: audit ?? RefusingAudit.noTopic,
                    log: logger.secretsLog),
                log: logger.pluginLog)
    }

    /// Works until a signal comes, the process cannot go on, or `endsWhenCaughtUp` and all records
    /// that were there have been decided. Blocks.
    /// - Returns: The exit code.
    func run(_ signals: SignalSwitch, endsWhenCaughtUp: Bool) throws -> Int32 {
        declareProcessMetrics(in: registry)
        declareLogMetrics(of: log, in: registry)
        if let plugins { declareCallMetrics(of: plugins, in: registry) }
        let end = EndRequest()
        let runner = TopologyRunner(
            topology, engine, settings: settings, logger: logger, registry: registry, time: time,
            plugins: plugins, audit: audit
        ) { [logger] reason in
            logger.error("the topology cannot go on", [.reason: .text(reason.message)])
            end.request(exitCode: reason.code)
        }
        let lifecycle = try Lifecycle(
            parts(runner, end: end, endsWhenCaughtUp: endsWhenCaughtUp),
            grace: engine.closeTimeout, time: time, report: report)
        end.onRequest { lifecycle.requestStop(exitCode: $0) }
        signals.onStop { [logger] signal in
            logger.info("stopping", [.signal: .text(signal.name)])
            end.request(exitCode: 0)
        }
        return finish(lifecycle.run(), runner)
    }

    /// What the run came to; `nil` if it did not get as far as the cluster.
    var summary: RunSummary? { outcome.withLock { $0.summary } }

    private func parts(
        _ runner: TopologyRunner, end: EndRequest, endsWhenCaughtUp: Bool
    ) throws -> [LifecyclePart] {
        var parts = [topologyPart(runner)]
        if let plugins { parts.insert(pluginPart(plugins), at: 0) }
        if engine.admin.port > 0 { parts.insert(adminPart(runner), at: 0) }
        if endsWhenCaughtUp { parts.append(try catchUpPart(runner, end: end)) }
        return parts
    }

    private func topologyPart(_ runner: TopologyRunner) -> LifecyclePart {
        LifecyclePart("topology") { [self] in
            try runner.start()
            outcome.withLock { $0.isConnected = true }
        } stop: { [self] deadline in
            let reason = runner.stop(deadline: deadline)
            outcome.withLock {
                $0.summary = runner.summary
                $0.stopReason = reason
            }
        }
    }

    private func pluginPart(_ plugins: TopologyPlugins) -> LifecyclePart {
        LifecyclePart("plugins") {
            try waiting { () async throws(PluginLoadError) in try await plugins.start() }
            plugins.watchHealth()
        } stop: { [self] deadline in
            // The lanes have ended. What is left over is for the parts that are stopped after this one.
            let left = max(.zero, deadline - time.monotonic) / 5 * 4
            waiting { await plugins.stop(within: left) }
            warnOfUnwrittenAuditRecords()
        }
    }

    private func warnOfUnwrittenAuditRecords() {
        guard let count = audit?.count, count > 0 else { return }
        logger.warning(
            "audit records are lost: no transaction came that could take them along",
            [.count: .integer(count)])
    }

    private func adminPart(_ runner: TopologyRunner) -> LifecyclePart {
        let server = Mutex<AdminServer?>(nil)
        return LifecyclePart("admin server") { [self] in
            let routes = adminRoutes(registry: registry, redactor: redactor) { [plugins] in
                plugins?.healthReports ?? []
            } health: {
                runner.health
            }
            let started = try AdminServer(
                port: UInt16(clamping: engine.admin.port), routes: routes, log: logger)
            server.withLock { $0 = started }
        } stop: { [time] deadline in
            server.withLock { $0 }?.stop(within: max(.zero, deadline - time.monotonic))
        }
    }

    /// Ends the run when nothing is left to read: for backfills and measurements.
    private func catchUpPart(_ runner: TopologyRunner, end: EndRequest) throws -> LifecyclePart {
        let stopped = try Latch()
        let watch = Mutex<Thread?>(nil)
        return LifecyclePart("end of the source") {
            let thread = try Thread("catch-up") {
                repeat {
                    if runner.hasCaughtUp { end.request(exitCode: 0) }
                } while !stopped.wait(atMost: .milliseconds(50))
            }
            watch.withLock { $0 = thread }
        } stop: { _ in
            stopped.open()
            watch.withLock { $0 }?.join()
        }
    }

    private func report(_ event: LifecycleEvent) {
        switch event {
        case .started(let part): logger.debug("part started", [.part: .text(part)])
        case .stopped(let part): logger.debug("part stopped", [.part: .text(part)])
        case .stopping: logger.debug("stopping all parts")
        case .failedToStart(let part, let reason):
            logger.error("part did not start", [.part: .text(part), .reason: .text(reason)])
        case .overran(let part):
            logger.error("part did not stop in time", [.part: .text(part)])
        }
    }

    /// Ends the log, then prints the ledger: it is the last line of the program. If the stop took too
    /// long, it says what was known by then, and what is still under way is its difference.
    private func finish(_ code: Int32, _ runner: TopologyRunner) -> Int32 {
        let outcome = outcome.withLock { $0 }
        if let reason = outcome.stopReason, reason.code != 0 {
            logger.error("stopped with a problem", [.reason: .text(reason.message)])
        }
        log.close()
        let ends = firstProblem(code, outcome.stopReason?.code ?? 0)
        guard outcome.isConnected else { return ends }
        return printLedger(outcome.summary?.ledger ?? runner.ledger, exitCode: ends)
    }
}
