public import ArkaModel

/// What a scenario document says: one comparison that `pact bench` makes.
public struct ScenarioSpec: Sendable {
    /// `metadata.name`: the word by which it is asked for.
    public var name = ""
    /// The topology that decides, as a path of the program.
    public var topology = ""
    /// JSON lines that fill the source topic, as a path of the program; `.zst` is taken too.
    public var messages = ""
    /// Records in the source topic; the messages are repeated until there are so many.
    public var records = 300_000
    /// Partitions of every topic.
    public var partitions = 16
    /// Lane threads; `nil` for one per core.
    public var lanes: Int?
    /// What is promised, in the order of the runs.
    public var guarantees: [DeliveryGuarantee] = [.atLeastOnce, .exactlyOnce]
    /// Runs of each side and guarantee; medians are compared.
    public var repeats = 3
    /// Whether a plain passthrough runs beside the engine.
    public var comparesWithFloor = true
    /// How batches are compressed in all topics.
    public var compression = BatchCompression.none
    /// The most CPU time per record that the engine may need, as a multiple of the passthrough's.
    public var ratioMax: ExactDecimal?

    /// Makes a scenario that names nothing yet.
    public init() {}
}

/// How a producer compresses a batch of records; the words are librdkafka's.
public enum BatchCompression: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case none
    /// Fast, half the size.
    case lz4
    /// Slower, smaller.
    case zstd
    /// Like lz4, older.
    case snappy
    /// Slow; every client knows it.
    case gzip
}
