public import ArkaKafka
public import ArkaStream

/// What a run came to, for programs: how much, how long, under which settings.
public struct RunSummary: Sendable {
    /// What became of all records.
    public var ledger = Ledger()
    /// Commits that went through, all lanes.
    public var commits = 0
    /// Bytes of committed decisions, without keys and headers.
    public var decisionBytes = 0
    /// From the first record read to the last commit; zero if there was none.
    public var activeTime = Duration.zero
    /// CPU time of the process when it joined its group, in user mode and in the kernel.
    public var startCPUTime = Duration.zero
    /// Lane threads.
    public var lanes = 0
    /// The most records that a lane takes at once.
    public var batchRecordsMax = 0
    /// Time between the first decision of a transaction and its commit.
    public var commitInterval = Duration.zero
    /// What librdkafka ran with; `nil` if it never started.
    public var clientSettings: KafkaClientSettings?

    /// A run that has done nothing.
    public init() {}
}
