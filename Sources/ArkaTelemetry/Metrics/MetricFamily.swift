/// What kind of metric a family is, as Prometheus names it.
enum MetricKind: String, Sendable {
    case counter, gauge, histogram
}

/// One value that is asked for at scrape, with its labels.
public struct MetricReading: Sendable, Hashable {
    /// The value now.
    public let value: Double
    /// Values of the family's labels, in their order.
    public let labels: [String]

    /// Makes a reading; `labels` has one value per label of the family.
    public init(_ value: Double, labels: [String] = []) {
        self.value = value
        self.labels = labels
    }
}

/// A histogram that somebody else counts, as it is at scrape, with its labels.
public struct HistogramReading: Sendable, Hashable {
    /// How many fell between each bound and the one before, and above the last.
    public let counts: [Int]
    /// All durations together.
    public let sum: Duration
    /// Values of the family's labels, in their order.
    public let labels: [String]

    /// Makes a reading; `counts` has one more value than the family has bounds.
    public init(counts: [Int], sum: Duration, labels: [String] = []) {
        self.counts = counts
        self.sum = sum
        self.labels = labels
    }
}

/// All series of one name.
struct MetricFamily: Sendable {
    let name: String
    let help: String
    let kind: MetricKind
    let labelNames: [String]
    /// Upper bounds of a histogram's buckets.
    var bounds: [Duration] = []
    /// Series that threads count themselves.
    var series: [Series] = []
    /// Where the values come from if they are asked for at scrape.
    var read: (@Sendable () -> [MetricReading])?
    /// The same for a histogram.
    var readHistograms: (@Sendable () -> [HistogramReading])?

    struct Series: Sendable {
        let labels: [String]
        let slot: MetricSlot
    }
}

/// Where a series' cells stand in each thread's cells.
public struct MetricSlot: Sendable, Hashable {
    /// The block's number.
    let block: Int
    /// The first cell in the block.
    let index: Int
}

/// Whether a name is one that Prometheus takes.
func isMetricName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
