import Synchronization

/// What one lane has done, readable from any thread while it works.
///
/// The lane's thread is the only writer. `consumed` grows where records leave the source, the
/// outcomes where the broker confirmed a commit, `returned` where rows are given back uncommitted;
/// none of them is computed from another, so that their difference means something.
public final class LaneCounters: Sendable {
    private let consumedCount = Atomic<Int>(0)
    private let returnedCount = Atomic<Int>(0)
    private let settledCounts = Mutex(OutcomeCounts())
    private let pendingRowCount = Atomic<Int>(0)
    private let pendingByteCount = Atomic<Int>(0)

    /// Starts at zero.
    public init() {}

    /// Records that left the source.
    public var consumed: Int { consumedCount.load(ordering: .relaxed) }
    /// Rows given back uncommitted: after an abort, at a revoke, at close.
    public var returned: Int { returnedCount.load(ordering: .relaxed) }
    /// Rows whose outcome is committed.
    public var settled: OutcomeCounts { settledCounts.withLock { $0 } }
    /// Rows read and not sent yet.
    public var pendingRows: Int { pendingRowCount.load(ordering: .relaxed) }
    /// Their bytes.
    public var pendingBytes: Int { pendingByteCount.load(ordering: .relaxed) }

    func consume(_ rows: Int) { consumedCount.add(rows, ordering: .relaxed) }
    func giveBack(_ rows: Int) { returnedCount.add(rows, ordering: .relaxed) }
    func settle(_ counts: OutcomeCounts) { settledCounts.withLock { $0.add(counts) } }

    func note(pending: PendingLoad) {
        pendingRowCount.store(pending.rows, ordering: .relaxed)
        pendingByteCount.store(pending.bytes, ordering: .relaxed)
    }
}
