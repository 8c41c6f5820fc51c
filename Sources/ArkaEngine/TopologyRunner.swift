public import ArkaAudit
public import ArkaConfig
import ArkaEvaluate
public import ArkaKafka
public import ArkaModel
import ArkaPipeline
import ArkaRules
public import ArkaStream
import ArkaSystem
public import ArkaTelemetry
import Synchronization

/// A topology at work in this process: the consumer group member, its lanes and their threads.
///
/// ```
/// init ── start() ──► working ── stop(deadline:) ──► ended
///                        └── cannot go on ──► onEnd
/// ```
public final class TopologyRunner: Sendable {
    private let topology: TopologySpec
    private let plan: EvaluationPlan
    private let limits: LaneLimits
    private let group: KafkaConsumerGroup
    private let metrics: EngineMetrics
    private let logger: Logger
    private let time: any TimeSource
    private let counters: [LaneCounters]
    private let threads = Mutex<[Thread]>([])
    private let startCPUTime = Mutex(Duration.zero)
    private let plugins: TopologyPlugins?
    private let audit: AuditMailbox?

    /// Assembles a topology; nothing is connected yet.
    /// - Parameters:
    ///   - settings: How to reach Kafka, usually `KafkaSettings(topology, engine)`.
    ///   - registry: Gets the engine's metrics; one runner per registry.
    ///   - plugins: What its rules call, started; `nil` where they call nothing.
    ///   - audit: What the plugins write their audit records to; `nil` where the topology has no topic
    ///     for them.
    ///   - onEnd: Called at most once, from a thread of the group, if it cannot go on.
    public init(
        _ topology: TopologySpec, _ engine: EngineSpec, settings: KafkaSettings, logger: Logger,
        registry: MetricsRegistry, time: any TimeSource, plugins: TopologyPlugins? = nil,
        audit: AuditMailbox? = nil, onEnd: @escaping @Sendable (ExitReason) -> Void
    ) {
        let laneCount = engine.laneCount ?? availableCores()
        self.topology = topology
        self.plugins = plugins
        self.audit = audit
        plan = EvaluationPlan(topology)
        limits = LaneLimits(
            laneCount: laneCount, commitInterval: topology.commitInterval,
            processRowsMax: engine.rowsInFlightMax, processBytesMax: engine.bytesInFlightMax)
        group = KafkaConsumerGroup(
            settings: settings, lanes: laneCount, audit: audit, logger: logger, time: time,
            onEnd: onEnd)
        metrics = EngineMetrics(in: registry, rules: topology.rules.book.rules.map(\.name))
        self.logger = logger
        self.time = time
        counters = group.lanes.map { _ in LaneCounters() }
        metrics.observe { [weak self] in self?.readings ?? EngineReadings() }
    }

    /// Starts the lanes' threads and joins the consumer group. Blocks until the brokers have answered.
    /// - Throws: ``KafkaError`` or ``SystemError``; everything has been stopped again then.
    public func start() throws {
        do {
            for (lane, counters) in zip(group.lanes, counters) {
                let thread = try Thread("lane-\(lane.index)") { [self] in
                    runLane(lane, counters)
                }
                threads.withLock { $0.append(thread) }
            }
            try group.start()
            let used = ProcessUsage.cpuTime
            startCPUTime.withLock { $0 = used.user + used.system }
        } catch {
            for lane in group.lanes { lane.mailbox.post(.stop(round: .unasked)) }
            joinLanes()
            throw error
        }
    }

    /// Lets the lanes commit what they have read, then leaves. Blocks.
    /// - Parameter deadline: The ``TimeSource/monotonic`` time at which it returns at the latest.
    public func stop(deadline: Duration) -> ExitReason {
        let reason = group.stop(deadline: deadline)
        // A lane that hangs would hang this join too; the reason says which.
        if reason.code == 0 { joinLanes() }
        return reason
    }

    /// Audit records that no transaction took along; final once ``stop(deadline:)`` has returned and the
    /// plugins have ended.
    public var unwrittenAuditRecords: Int { audit?.count ?? 0 }

    private func joinLanes() {
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private func runLane(_ transport: KafkaLane, _ counters: LaneCounters) {
        let own = metrics.lane()
        let observer = LaneReporter(
            metrics: own, logger: logger.with([.lane: .integer(transport.index)]))
        let lane = Lane(
            transport: transport, mailbox: transport.mailbox,
            decider: decider(own, transport.mailbox), limits: limits,
            time: time, counters: counters, observer: observer)
        lane.run()
    }

    private func decider(_ metrics: LaneMetrics, _ mailbox: LaneMailbox) -> any BatchDecider {
        let origin = RecordOrigin.topic(topology.source.topic)
        let didFire = { (rule: Int, rows: Int) in metrics.ruleFires[rule].add(rows) }
        guard let plugins else {
            return EvaluatorDecider(
                evaluator: BatchEvaluator(plan: plan), origin: origin, didFire: didFire)
        }
        return plugins.decider(
            plan, origin: origin, wake: { mailbox.post(.answered) }, didFire: didFire)
    }
}

extension TopologyRunner {
    /// What became of all records so far; final once ``stop(deadline:)`` has returned.
    public var ledger: Ledger {
        counters.reduce(into: Ledger()) { sum, lane in
            let settled = lane.settled
            sum += Ledger(
                consumed: lane.consumed, decided: settled.decided.reduce(0, +),
                deadLettered: settled.deadLettered.reduce(0, +), skipped: settled.skipped,
                returned: lane.returned)
        }
    }

    /// What the run came to; final once ``stop(deadline:)`` has returned.
    public var summary: RunSummary {
        var summary = RunSummary()
        summary.ledger = ledger
        summary.commits = counters.reduce(0) { $0 + $1.commits }
        summary.decisionBytes = counters.reduce(0) { $0 + $1.settled.decisionBytes }
        if let first = counters.compactMap(\.firstRead).min(),
            let last = counters.compactMap(\.lastCommit).max()
        {
            summary.activeTime = last - first
        }
        summary.startCPUTime = startCPUTime.withLock { $0 }
        summary.lanes = counters.count
        summary.batchRecordsMax = RecordBatch.capacity
        summary.commitInterval = limits.commitInterval
        summary.clientSettings = group.clientSettings
        return summary
    }

    /// Whether every assigned partition moves, and no function of a plugin keeps lanes from reading.
    public var health: KafkaHealth {
        KafkaHealth(reasons: group.health.reasons + (plugins?.standstills ?? []))
    }

    /// What the group member has done and holds.
    public var statistics: KafkaStatistics { group.statistics }

    /// How often each rule fired, in the order of the rule book.
    public var ruleFires: [(name: String, count: Int)] {
        let names = topology.rules.book.rules.map(\.name)
        return zip(names, metrics.ruleFireCounts).map { (name: $0, count: $1) }
    }

    /// Everything that metrics and tables show.
    public var readings: EngineReadings {
        var settled = OutcomeCounts()
        var readings = EngineReadings()
        for lane in counters {
            readings.consumed += lane.consumed
            readings.returned += lane.returned
            readings.rowsInFlight += lane.pendingRows
            readings.bytesInFlight += lane.pendingBytes
            readings.rowsWaiting += lane.waitingRows
            readings.rowsHeld += lane.heldRows
            readings.bytesHeld += lane.heldBytes
            settled.add(lane.settled)
        }
        readings.decisions = zip(DecisionStatus.allCases, settled.decided).map {
            (status: $0.word, count: $1)
        }
        readings.deadLetters = zip(DeadLetterCode.allCases, settled.deadLettered).map {
            (code: $0.rawValue, count: $1)
        }
        readings.skipped = settled.skipped
        readings.lag = group.statistics.partitions.compactMap { partition in
            partition.lag.map { (partition: partition.partition, records: $0) }
        }
        return readings
    }
}

extension TopologyRunner {
    /// Whether every record that is in the assigned partitions has been decided and committed.
    public var hasCaughtUp: Bool {
        let partitions = statistics.partitions
        return !partitions.isEmpty && partitions.allSatisfy { $0.lag == 0 }
    }
}
