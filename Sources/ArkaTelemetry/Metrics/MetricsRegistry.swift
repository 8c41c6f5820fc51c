import Synchronization

/// All metrics of the process: declared once at start, counted by threads, asked at scrape.
///
/// Declaring is for the program's own constants: a wrong or repeated name is a bug and ends it.
public final class MetricsRegistry: Sendable {
    fileprivate struct State {
        var families: [MetricFamily] = []
        var next = MetricSlot(block: 0, index: 0)
        var threads: [MetricCells] = []
    }

    private let state = Mutex(State())

    /// Makes an empty registry.
    public init() {}

    /// Declares a counter.
    /// - Parameters:
    ///   - name: Ends in `_total`.
    ///   - help: One sentence for people.
    ///   - label: The name of its label; `nil` if it has none.
    ///   - values: The label's values, each a series.
    /// - Returns: The series' slots in the order of `values`; one if there is no label.
    public func counter(
        _ name: String, _ help: String, label: String? = nil, values: [String] = []
    ) -> [MetricSlot] {
        precondition(name.hasSuffix("_total"), "the name of counter \(name) must end in _total")
        let labels = label == nil ? [[]] : values.map { [$0] }
        let family = MetricFamily(
            name: name, help: help, kind: .counter, labelNames: label.map { [$0] } ?? [])
        return declare(family, labels: labels, cellCount: 1)
    }

    /// Declares a histogram of durations, shown in seconds.
    /// - Parameter bounds: Upper bounds of the buckets, ascending.
    public func histogram(_ name: String, _ help: String, bounds: [Duration]) -> HistogramSlot {
        let family = Self.histogramFamily(name, help, labels: [], bounds: bounds)
        let slots = declare(family, labels: [[]], cellCount: bounds.count + 2)
        return HistogramSlot(slot: slots[0], bounds: bounds)
    }

    /// Declares a histogram of durations that somebody else counts, asked at each scrape.
    /// - Parameters:
    ///   - bounds: Upper bounds of the buckets, ascending.
    ///   - read: As for a gauge; its counts must never go down.
    public func histogram(
        _ name: String, _ help: String, labels: [String] = [], bounds: [Duration],
        read: @escaping @Sendable () -> [HistogramReading]
    ) {
        var family = Self.histogramFamily(name, help, labels: labels, bounds: bounds)
        family.readHistograms = read
        _ = declare(family, labels: [], cellCount: 0)
    }

    private static func histogramFamily(
        _ name: String, _ help: String, labels: [String], bounds: [Duration]
    ) -> MetricFamily {
        precondition(name.hasSuffix("_seconds"), "the name of histogram \(name) needs its unit")
        precondition(
            !bounds.isEmpty && bounds.count <= TelemetryLimits.histogramBounds
                && zip(bounds, bounds.dropFirst()).allSatisfy(<),
            "the bounds of histogram \(name) must ascend and fit a block")
        var family = MetricFamily(name: name, help: help, kind: .histogram, labelNames: labels)
        family.bounds = bounds
        return family
    }

    /// Declares a gauge that is asked for its values at each scrape.
    /// - Parameter read: Called on the thread that scrapes; must not block. Each reading has one value
    ///   per label.
    public func gauge(
        _ name: String, _ help: String, labels: [String] = [],
        read: @escaping @Sendable () -> [MetricReading]
    ) {
        var family = MetricFamily(name: name, help: help, kind: .gauge, labelNames: labels)
        family.read = read
        _ = declare(family, labels: [], cellCount: 0)
    }

    /// Declares a counter that somebody else counts, asked at each scrape.
    /// - Parameter read: As for a gauge; its values must never go down.
    public func counter(
        _ name: String, _ help: String, labels: [String] = [],
        read: @escaping @Sendable () -> [MetricReading]
    ) {
        precondition(name.hasSuffix("_total"), "the name of counter \(name) must end in _total")
        var family = MetricFamily(name: name, help: help, kind: .counter, labelNames: labels)
        family.read = read
        _ = declare(family, labels: [], cellCount: 0)
    }

    /// Makes the cells of one thread. They stay in the sums after the thread has ended.
    public func cells() -> MetricCells {
        let cells = MetricCells()
        state.withLock { $0.threads.append(cells) }
        return cells
    }

    /// What all threads together have counted in a series.
    public func sum(_ slot: MetricSlot) -> Int {
        let threads = state.withLock { $0.threads }
        return threads.reduce(0) { $0 &+ ($1.snapshot()[slot.block]?.value(at: slot.index) ?? 0) }
    }

    /// Everything as Prometheus' text format 0.0.4.
    ///
    /// Gauges are read without a lock held, so they may ask anything but this registry.
    public func exposition() -> String {
        let (families, threads) = state.withLock { ($0.families, $0.threads) }
        let blocks = threads.map { $0.snapshot() }
        var text = ""
        for family in families {
            appendFamily(family, to: &text) { slot in
                blocks.reduce(0) { $0 &+ ($1[slot.block]?.value(at: slot.index) ?? 0) }
            }
        }
        return text
    }

    private func declare(
        _ family: MetricFamily, labels: [[String]], cellCount: Int
    ) -> [MetricSlot] {
        precondition(isMetricName(family.name), "'\(family.name)' is no name for a metric")
        precondition(family.labelNames.allSatisfy(isMetricName), "\(family.name): bad label")
        precondition(Set(labels).count == labels.count, "\(family.name) has a series twice")
        return state.withLock { state in
            precondition(
                !state.families.contains { $0.name == family.name },
                "\(family.name) is declared twice")
            let count = state.families.reduce(labels.count) { $0 + $1.series.count }
            precondition(count <= TelemetryLimits.series, "too many series at \(family.name)")
            var family = family
            for values in labels {
                let slot = state.take(cellCount)
                family.series.append(MetricFamily.Series(labels: values, slot: slot))
            }
            state.families.append(family)
            return family.series.map(\.slot)
        }
    }
}

extension MetricsRegistry.State {
    /// Reserves cells that lie in one block.
    fileprivate mutating func take(_ count: Int) -> MetricSlot {
        if next.index + count > CellBlock.capacity {
            next = MetricSlot(block: next.block + 1, index: 0)
        }
        defer { next = MetricSlot(block: next.block, index: next.index + count) }
        return next
    }
}

/// A declared histogram.
public struct HistogramSlot: Sendable {
    let slot: MetricSlot
    let bounds: [Duration]
}

/// One thread's cells of all metrics of a registry; blocks come into being when they are asked for.
public final class MetricCells: Sendable {
    private let blocks = Mutex<[Int: CellBlock]>([:])

    /// The thread's share of a counter. Ask once, keep it.
    public func counter(_ slot: MetricSlot) -> Counter {
        Counter(block: block(slot.block), index: slot.index)
    }

    /// The thread's share of a histogram. Ask once, keep it.
    public func histogram(_ histogram: HistogramSlot) -> Histogram {
        let slot = histogram.slot
        return Histogram(block: block(slot.block), index: slot.index, bounds: histogram.bounds)
    }

    private func block(_ number: Int) -> CellBlock {
        blocks.withLock { blocks in
            if let block = blocks[number] { return block }
            let block = CellBlock()
            blocks[number] = block
            return block
        }
    }

    func snapshot() -> [Int: CellBlock] { blocks.withLock { $0 } }
}
