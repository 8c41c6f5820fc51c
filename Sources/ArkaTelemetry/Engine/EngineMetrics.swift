public import ArkaModel
import ArkaSystem

/// The engine's own metrics: every name, help text and label in one place.
public struct EngineMetrics: Sendable {
    /// What the metrics of a topology are made of.
    public struct Names: Sendable {
        /// The rules in the order of the rule book.
        public let rules: [String]
        /// The words of the kinds of dead letters.
        public let deadLetterCodes: [String]

        /// Names the label values; both lists are free of repetitions.
        public init(rules: [String], deadLetterCodes: [String]) {
            self.rules = rules
            self.deadLetterCodes = deadLetterCodes
        }
    }

    /// The label value that rules beyond ``TelemetryLimits/rulesWithSeries`` share.
    public static let otherRules = "(others)"

    private let registry: MetricsRegistry
    private let deadLetterCodes: [String]
    private let sourceRecords: MetricSlot
    private let decisions: [MetricSlot]
    private let deadLetters: [MetricSlot]
    private let skipped: MetricSlot
    private let returned: MetricSlot
    private let ruleFires: [MetricSlot]
    private let commitSeconds: HistogramSlot

    /// Declares the counters. Call it once per registry.
    public init(in registry: MetricsRegistry, _ names: Names) {
        self.registry = registry
        deadLetterCodes = names.deadLetterCodes
        sourceRecords =
            registry.counter(
                "arka_source_records_total", "Records taken from the source.")[0]
        decisions = registry.counter(
            "arka_decisions_total", "Decisions whose commit was confirmed.", label: "status",
            values: DecisionStatus.allCases.map(\.word))
        deadLetters = registry.counter(
            "arka_dead_letters_total", "Records set aside because they cannot be decided.",
            label: "code", values: names.deadLetterCodes)
        skipped =
            registry.counter(
                "arka_skipped_records_total", "Null payloads: there was nothing to decide.")[0]
        returned =
            registry.counter(
                "arka_returned_records_total",
                "Records given back uncommitted, to be read again here or elsewhere.")[0]
        ruleFires = Self.declareRules(names.rules, in: registry)
        commitSeconds = registry.histogram(
            "arka_commit_seconds", "From the start of a commit to its answer.",
            bounds: Self.commitBounds)
    }

    /// From half a loopback commit to the transaction timeout.
    private static let commitBounds: [Duration] = [
        .milliseconds(1), .milliseconds(2), .milliseconds(5), .milliseconds(10),
        .milliseconds(20), .milliseconds(50), .milliseconds(100), .milliseconds(200),
        .milliseconds(500), .seconds(1), .seconds(2), .seconds(5), .seconds(10),
    ]

    /// One slot per rule; those beyond the limit share the last.
    private static func declareRules(
        _ rules: [String], in registry: MetricsRegistry
    ) -> [MetricSlot] {
        let own = rules.prefix(TelemetryLimits.rulesWithSeries)
        let values = own.count < rules.count ? own + [otherRules] : Array(own)
        let slots = registry.counter(
            "arka_rule_fires_total", "Decisions in which a rule fired.", label: "rule",
            values: values)
        return rules.indices.map { slots[min($0, slots.count - 1)] }
    }

    /// Declares what is asked for at each scrape. Call it once per registry.
    /// - Parameters:
    ///   - lag: Records between the committed position and the end, per partition.
    ///   - inFlight: Rows and bytes taken from the source and not yet committed or given back.
    public func observe(
        lag: @escaping @Sendable () -> [(partition: Int32, records: Int64)],
        inFlight: @escaping @Sendable () -> (rows: Int, bytes: Int)
    ) {
        registry.gauge(
            "arka_source_lag_records", "Records of a partition that are not decided yet.",
            labels: ["partition"]
        ) { lag().map { MetricReading(Double($0.records), labels: ["\($0.partition)"]) } }
        registry.gauge("arka_in_flight_rows", "Rows read and not yet committed.") {
            [MetricReading(Double(inFlight().rows))]
        }
        registry.gauge("arka_in_flight_bytes", "Bytes of the rows read and not yet committed.") {
            [MetricReading(Double(inFlight().bytes))]
        }
    }

    /// Makes the metrics of one lane's thread.
    public func lane() -> LaneMetrics {
        let cells = registry.cells()
        let codes = zip(deadLetterCodes, deadLetters.map(cells.counter))
        return LaneMetrics(
            sourceRecords: cells.counter(sourceRecords), decisions: decisions.map(cells.counter),
            deadLetters: Dictionary(uniqueKeysWithValues: codes),
            skippedRecords: cells.counter(skipped), returnedRecords: cells.counter(returned),
            ruleFires: ruleFires.map(cells.counter))
    }

    /// Makes the metrics of one commit thread.
    public func commits() -> Histogram { registry.cells().histogram(commitSeconds) }
}

/// What one lane counts. Only the lane's thread may add.
public struct LaneMetrics: Sendable {
    /// Records taken from the source.
    public let sourceRecords: Counter
    /// Committed decisions, by the raw value of their status.
    fileprivate let decisions: [Counter]
    /// Committed dead letters, by the word of their kind.
    fileprivate let deadLetters: [String: Counter]
    /// Committed null payloads.
    public let skippedRecords: Counter
    /// Records given back.
    public let returnedRecords: Counter
    /// How often rules fired, by their place in the rule book.
    public let ruleFires: [Counter]

    fileprivate init(
        sourceRecords: Counter, decisions: [Counter], deadLetters: [String: Counter],
        skippedRecords: Counter, returnedRecords: Counter, ruleFires: [Counter]
    ) {
        self.sourceRecords = sourceRecords
        self.decisions = decisions
        self.deadLetters = deadLetters
        self.skippedRecords = skippedRecords
        self.returnedRecords = returnedRecords
        self.ruleFires = ruleFires
    }

    /// The counter of committed decisions of a status.
    public func decisions(_ status: DecisionStatus) -> Counter { decisions[Int(status.rawValue)] }

    /// The counter of committed dead letters of a kind.
    /// - Precondition: The kind is one of those that ``EngineMetrics`` was made with.
    public func deadLetters(_ code: String) -> Counter {
        guard let counter = deadLetters[code] else {
            preconditionFailure("the kind of dead letter '\(code)' was not declared")
        }
        return counter
    }
}

/// What the process uses, under the names that Prometheus' own clients have for it.
public func declareProcessMetrics(in registry: MetricsRegistry) {
    registry.counter("process_cpu_seconds_total", "CPU time in user mode and in the kernel.") {
        let used = ProcessUsage.cpuTime
        return (used.user + used.system) / .seconds(1)
    }
    registry.gauge("process_resident_memory_bytes", "Resident set.") {
        ProcessUsage.residentBytes.map { [MetricReading(Double($0))] } ?? []
    }
}

/// How many lines the log has dropped.
public func declareLogMetrics(of sink: LogSink, in registry: MetricsRegistry) {
    registry.counter("arka_log_dropped_lines_total", "Log lines dropped.") {
        Double(sink.droppedCount)
    }
}
