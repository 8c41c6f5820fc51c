/// Records that leave in the same transaction as the decisions that they belong to, and go on a chain
/// for each partition of the source.
///
/// Whoever delivers decisions sees the audit trail only through this. Calls for one lane come from the
/// lane's thread, except ``didCommit(lane:job:)``, which may come from any; an entry may be added
/// meanwhile by any thread.
///
/// ```
///   resume(tails) ──► take(rows that leave) … seal(job) ──► didCommit(job)
///        ▲                        │
///        └────── resume(tails) ◄──┘ the transaction failed, or nobody knows
/// ```
public protocol AuditTrail: AnyObject, Sendable {
    /// Bytes that one record has at most.
    var recordBytesMax: Int { get }

    /// Whether ``take(for:lane:)`` may have anything to give; one atomic load.
    var hasEntries: Bool { get }

    /// Why a chain cannot go on behind what stands in its partition; `nil` if it can.
    func refusal(of tail: AuditTail) -> String?

    /// The lane owns these partitions from now on, each going on behind its last committed record.
    ///
    /// What the lane took and no commit has been reported of is settled by them: what is behind a tail
    /// went down with its transaction, and is given out again.
    /// - Precondition: No tail is refused.
    func resume(lane: Int, _ tails: [AuditTail])

    /// The lane lets go of its partitions. What it took and no commit has been reported of is given out
    /// again, to any lane.
    func release(lane: Int)

    /// Records to be sent with the rows of a batch that leave now, in order for each partition.
    func take(for batch: RecordBatch, lane: Int) -> [AuditOutput]

    /// Whether ``takeRest(lane:)`` would give anything; for when no more rows leave.
    func hasRest(lane: Int) -> Bool

    /// Everything that waits and belongs to the lane's partitions or to none, as records of its chains.
    /// - Precondition: The lane owns a partition.
    func takeRest(lane: Int) -> [AuditOutput]

    /// Everything taken since the last call is part of this commit.
    func seal(lane: Int, job: LaneJobID)

    /// That commit went through.
    func didCommit(lane: Int, job: LaneJobID)
}

/// Where the chain of a partition stands.
public struct AuditTail: Sendable, Hashable {
    /// The partition of the source, and of the audit topic.
    public let partition: Int32
    /// The last committed record; `nil` where there is none.
    public let record: [UInt8]?

    /// Says where a chain stands.
    public init(partition: Int32, record: [UInt8]?) {
        self.partition = partition
        self.record = record
    }
}

/// A record of the audit trail, ready to be written.
public struct AuditOutput: Sendable, Hashable {
    /// The partition that it goes to.
    public let partition: Int32
    /// The record.
    public let bytes: [UInt8]

    /// Makes a record.
    public init(partition: Int32, bytes: [UInt8]) {
        self.partition = partition
        self.bytes = bytes
    }
}
