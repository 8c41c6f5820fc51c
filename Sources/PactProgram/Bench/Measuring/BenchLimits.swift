/// The bounds of a bench.
enum BenchLimits {
    /// Messages kept in memory to fill a topic; more of a file are left out. The workload has 20,000.
    static let messagesMax = 200_000
    /// Their bytes.
    static let messageBytesMax = 512 << 20
    /// The longest that one run may take: a hundred times the longest one measured.
    static let runTimeMax = Duration.seconds(600)
    /// Bytes that a child may print; both sides print less than 16 KiB.
    static let childOutputBytesMax = 1 << 20
    /// Lines of a failed child that are shown.
    static let failureLinesShown = 5
    /// The embedded broker keeps this many bytes of a partition and drops the oldest beyond.
    static let embeddedPartitionBytes = 5 << 20
    /// What it needs for a record beside its bytes, roughly.
    static let embeddedRecordOverheadBytes = 100
    /// Transactions of a run that measures calls, and HTTP calls of one: most of a second.
    static let callTransactions = 40_960
    /// Runs of each kind of call.
    static let callRuns = 9
    /// A commit by time, for the passthrough's last records; it commits by number before.
    static let floorCommitMilliseconds = 5_000
}
