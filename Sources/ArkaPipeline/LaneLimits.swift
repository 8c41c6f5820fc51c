import ArkaStream

/// The bounds and intervals of one lane.
public struct LaneLimits: Sendable, Hashable {
    /// Time between the first output of a transaction and its commit.
    ///
    /// One transactional commit costs 4 to 10 ms of CPU, so commits are counted in time, not records.
    public var commitInterval: Duration
    /// Rows after which a transaction is committed at once, so that a burst does not make one that a
    /// broker takes long to finish.
    public var rowsPerCommitMax: Int
    /// Rows read and not sent; at the bound the lane stops reading, which is the back-pressure.
    public var rowsInFlightMax: Int
    /// The same in bytes of payloads, keys and headers.
    public var bytesInFlightMax: Int
    /// The same in batches: at a trickle a batch holds one row, and its memory must be bounded too.
    public var batchesInFlightMax: Int
    /// The longest wait for a record or an event. Events interrupt it; it only bounds how late a lane
    /// sees what nobody told it.
    public var idleWait: Duration

    /// Makes limits for one of `laneCount` lanes out of the bounds of the process.
    public init(
        laneCount: Int, commitInterval: Duration = .milliseconds(100),
        rowsPerCommitMax: Int = 50_000, processRowsMax: Int = 65_536,
        processBytesMax: Int = 64 << 20, idleWait: Duration = .milliseconds(100)
    ) {
        precondition(laneCount > 0, "a process has at least one lane")
        self.commitInterval = commitInterval
        self.rowsPerCommitMax = rowsPerCommitMax
        rowsInFlightMax = max(1, processRowsMax / laneCount)
        bytesInFlightMax = max(1, processBytesMax / laneCount)
        batchesInFlightMax = max(2, rowsInFlightMax / RecordBatch.capacity)
        self.idleWait = idleWait
    }

    /// Whether a lane may read on beside what it has read and not sent yet.
    func hasRoom(beside pending: PendingLoad) -> Bool {
        pending.rows + pending.held.rows < rowsInFlightMax
            && pending.bytes + pending.held.bytes < bytesInFlightMax
            && pending.batches < batchesInFlightMax
    }
}
