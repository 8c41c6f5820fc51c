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
    private let commitCount = Atomic<Int>(0)
    private let firstReadNanoseconds = Atomic<Int64>(-1)
    private let lastCommitNanoseconds = Atomic<Int64>(-1)
    private let pendingRowCount = Atomic<Int>(0)
    private let pendingByteCount = Atomic<Int>(0)
    private let heldRowCount = Atomic<Int>(0)
    private let heldByteCount = Atomic<Int>(0)
    private let waitingRowCount = Atomic<Int>(0)

    /// Starts at zero.
    public init() {}

    /// Records that left the source.
    public var consumed: Int { consumedCount.load(ordering: .relaxed) }
    /// Rows given back uncommitted: after an abort, at a revoke, at close.
    public var returned: Int { returnedCount.load(ordering: .relaxed) }
    /// Rows whose outcome is committed.
    public var settled: OutcomeCounts { settledCounts.withLock { $0 } }
    /// Commits that went through.
    public var commits: Int { commitCount.load(ordering: .relaxed) }
    /// When the first record was read, by the monotonic clock; `nil` before.
    public var firstRead: Duration? { instant(firstReadNanoseconds.load(ordering: .relaxed)) }
    /// When the last commit was confirmed, by the monotonic clock; `nil` before the first.
    public var lastCommit: Duration? { instant(lastCommitNanoseconds.load(ordering: .relaxed)) }
    /// Rows read and not sent yet.
    public var pendingRows: Int { pendingRowCount.load(ordering: .relaxed) }
    /// Their bytes.
    public var pendingBytes: Int { pendingByteCount.load(ordering: .relaxed) }

    /// Rows among them that wait for calls, or stand behind such.
    public var heldRows: Int { heldRowCount.load(ordering: .relaxed) }
    /// The bytes of those.
    public var heldBytes: Int { heldByteCount.load(ordering: .relaxed) }
    /// Rows among the held whose own calls are out.
    public var waitingRows: Int { waitingRowCount.load(ordering: .relaxed) }

    func consume(_ rows: Int, at now: Duration) {
        if firstRead == nil { firstReadNanoseconds.store(nanoseconds(now), ordering: .relaxed) }
        consumedCount.add(rows, ordering: .relaxed)
    }

    func settle(_ counts: OutcomeCounts, at now: Duration) {
        settledCounts.withLock { $0.add(counts) }
        commitCount.add(1, ordering: .relaxed)
        lastCommitNanoseconds.store(nanoseconds(now), ordering: .relaxed)
    }

    func giveBack(_ rows: Int) { returnedCount.add(rows, ordering: .relaxed) }

    func note(pending: PendingLoad) {
        let held = pending.held
        pendingRowCount.store(pending.rows + held.rows, ordering: .relaxed)
        pendingByteCount.store(pending.bytes + held.bytes, ordering: .relaxed)
        heldRowCount.store(held.rows, ordering: .relaxed)
        heldByteCount.store(held.bytes, ordering: .relaxed)
        waitingRowCount.store(held.waiting, ordering: .relaxed)
    }

    private func nanoseconds(_ time: Duration) -> Int64 {
        let (seconds, attoseconds) = time.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    private func instant(_ nanoseconds: Int64) -> Duration? {
        nanoseconds < 0 ? nil : .nanoseconds(nanoseconds)
    }
}
