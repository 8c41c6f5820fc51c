import ArkaStream
import Synchronization

/// What the control thread gives a lane: its partitions under one generation of the group.
struct LaneAssignment: Sendable {
    let generation: GroupGeneration
    /// Where to begin; for partitions without a committed offset this is where they started.
    let positions: [PartitionPosition]
    /// Where the audit trail of each partition stands; empty where there is none.
    var tails: [AuditTail] = []
}

/// Hands assignments from the control thread to a lane's thread.
final class AssignmentBox: Sendable {
    private let value = Mutex<LaneAssignment?>(nil)
    private let version = Atomic<Int>(0)

    /// Replaces the assignment; before the lane is told.
    func put(_ assignment: LaneAssignment?) {
        value.withLock { $0 = assignment }
        version.add(1, ordering: .releasing)
    }

    /// The assignment, if it is another than the one seen last.
    func changed(since seen: inout Int) -> LaneAssignment?? {
        let current = version.load(ordering: .acquiring)
        guard current != seen else { return nil }
        seen = current
        return .some(value.withLock { $0 })
    }
}
