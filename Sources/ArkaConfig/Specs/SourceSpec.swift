/// Where a topology reads its transactions.
public struct SourceSpec: Sendable, Hashable {
    /// The topic of the transactions.
    public var topic: String
    /// The consumer group; processes of one group share the partitions.
    public var group: String
    /// Where a partition starts that has no committed offset yet.
    public var start: StartPosition

    /// Makes a source.
    public init(topic: String, group: String, start: StartPosition = .earliest) {
        self.topic = topic
        self.group = group
        self.start = start
    }
}

/// Where reading starts in a partition without a committed offset.
public enum StartPosition: Sendable, Hashable {
    /// At the oldest record that the broker still has.
    case earliest
    /// Behind the newest record.
    case latest
    /// At the first record with this timestamp or a later one, in milliseconds since 1970 UTC.
    case timestamp(milliseconds: Int64)
}
