/// Whether the process does its share of the group's work.
public struct KafkaHealth: Sendable, Hashable {
    /// What keeps it from working, one sentence each; empty if nothing does.
    public let reasons: [String]
    /// Whether every assigned partition moves.
    public var isReady: Bool { reasons.isEmpty }

    /// Makes a report.
    public init(reasons: [String]) { self.reasons = reasons }
}

/// How far one partition is.
public struct PartitionProgress: Sendable, Hashable {
    /// The partition of the source topic.
    public let partition: Int32
    /// The lane that works on it.
    public let lane: Int
    /// Records between the committed position and the end of the partition, as of the last fetch;
    /// `nil` until something was fetched.
    public let lag: Int64?
}

/// What a consumer group member has done and holds, for gauges and counters.
public struct KafkaStatistics: Sendable, Hashable {
    /// The partitions assigned at the moment, by number.
    public var partitions: [PartitionProgress] = []
    /// Records fetched and not read yet, all lanes.
    public var fetchedRecords = 0
    /// Records sent and not acknowledged yet, all lanes.
    public var unacknowledgedRecords = 0
    /// Commits that went through.
    public var commits = 0
    /// Transactions or epochs that ended otherwise.
    public var failedCommits = 0
    /// Times that a lane was fenced.
    public var fencings = 0
    /// Assignments received.
    public var assignments = 0
}
