import ArkaSystem

/// The engine's own metrics: every name, help text and label in one place.
public struct EngineMetrics: Sendable {
    /// The label value that rules beyond ``TelemetryLimits/rulesWithSeries`` share.
    public static let otherRules = "(others)"

    private let registry: MetricsRegistry
    private let ruleFires: [MetricSlot]
    private let commitSeconds: HistogramSlot

    /// Declares what lanes count themselves. Call it once per registry.
    /// - Parameter rules: The rules' names in the order of the rule book, free of repetitions.
    public init(in registry: MetricsRegistry, rules: [String]) {
        self.registry = registry
        ruleFires = Self.declareRules(rules, in: registry)
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

    /// How often each rule fired, in the order of the rule book; those that share a series show its sum.
    public var ruleFireCounts: [Int] { ruleFires.map(registry.sum) }

    /// Declares what is asked for at each scrape. Call it once per registry.
    public func observe(_ read: @escaping @Sendable () -> EngineReadings) {
        registry.counter("arka_source_records_total", "Records taken from the source.") {
            [MetricReading(Double(read().consumed))]
        }
        registry.counter(
            "arka_decisions_total", "Decisions whose commit was confirmed.", labels: ["status"]
        ) { read().decisions.map { MetricReading(Double($0.count), labels: [$0.status]) } }
        registry.counter(
            "arka_dead_letters_total", "Records set aside because they cannot be decided.",
            labels: ["code"]
        ) { read().deadLetters.map { MetricReading(Double($0.count), labels: [$0.code]) } }
        registry.counter(
            "arka_skipped_records_total", "Null payloads: there was nothing to decide."
        ) { [MetricReading(Double(read().skipped))] }
        registry.counter(
            "arka_returned_records_total",
            "Records given back uncommitted, to be read again here or elsewhere."
        ) { [MetricReading(Double(read().returned))] }
        registry.gauge(
            "arka_source_lag_records", "Records of a partition that are not decided yet.",
            labels: ["partition"]
        ) { read().lag.map { MetricReading(Double($0.records), labels: ["\($0.partition)"]) } }
        registry.gauge("arka_in_flight_rows", "Rows read and not yet sent.") {
            [MetricReading(Double(read().rowsInFlight))]
        }
        registry.gauge("arka_in_flight_bytes", "Bytes of the rows read and not yet sent.") {
            [MetricReading(Double(read().bytesInFlight))]
        }
        registry.gauge("arka_waiting_rows", "Rows whose calls are out.") {
            [MetricReading(Double(read().rowsWaiting))]
        }
        registry.gauge(
            "arka_held_rows", "Rows whose calls are out, and rows of their partitions behind them."
        ) { [MetricReading(Double(read().rowsHeld))] }
        registry.gauge("arka_held_bytes", "Bytes of the rows that are held.") {
            [MetricReading(Double(read().bytesHeld))]
        }
    }

    /// Makes the metrics of one lane's thread.
    public func lane() -> LaneMetrics {
        let cells = registry.cells()
        return LaneMetrics(
            ruleFires: ruleFires.map(cells.counter),
            commitSeconds: cells.histogram(commitSeconds))
    }
}

/// What a topology has done so far and what it holds: asked for at each scrape.
public struct EngineReadings: Sendable {
    /// Records taken from the source.
    public var consumed = 0
    /// Committed decisions by the word of their status.
    public var decisions: [(status: String, count: Int)] = []
    /// Committed dead letters by the word of their kind.
    public var deadLetters: [(code: String, count: Int)] = []
    /// Committed null payloads.
    public var skipped = 0
    /// Records given back.
    public var returned = 0
    /// Records of each assigned partition that are not decided yet.
    public var lag: [(partition: Int32, records: Int64)] = []
    /// Rows read and not yet sent.
    public var rowsInFlight = 0
    /// Their bytes.
    public var bytesInFlight = 0
    /// Rows among them whose calls are out.
    public var rowsWaiting = 0
    /// Rows among them whose calls are out, and those behind such.
    public var rowsHeld = 0
    /// The bytes of those that are held.
    public var bytesHeld = 0

    /// Records whose outcome is committed.
    public var settled: Int {
        decisions.reduce(0) { $0 + $1.count } + deadLetters.reduce(0) { $0 + $1.count } + skipped
    }

    /// Makes readings of an engine that has done nothing yet.
    public init() {}
}

/// What one lane counts itself. Only the lane's thread may add.
public struct LaneMetrics: Sendable {
    /// How often rules fired, by their place in the rule book.
    public let ruleFires: [Counter]
    /// How long commits took.
    public let commitSeconds: Histogram
}

/// What the process uses, under the names that Prometheus' own clients have for it.
public func declareProcessMetrics(in registry: MetricsRegistry) {
    registry.counter("process_cpu_seconds_total", "CPU time in user mode and in the kernel.") {
        let used = ProcessUsage.cpuTime
        return [MetricReading((used.user + used.system) / .seconds(1))]
    }
    registry.gauge("process_resident_memory_bytes", "Resident set.") {
        ProcessUsage.residentBytes.map { [MetricReading(Double($0))] } ?? []
    }
}

/// How many lines the log has dropped.
public func declareLogMetrics(of sink: LogSink, in registry: MetricsRegistry) {
    registry.counter("arka_log_dropped_lines_total", "Log lines dropped.") {
        [MetricReading(Double(sink.droppedCount))]
    }
}
