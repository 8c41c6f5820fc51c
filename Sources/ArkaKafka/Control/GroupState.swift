import ArkaSystem
import Synchronization

/// What the control thread shares with the rest of the process.
final class GroupState: Sendable {
    private struct Shared {
        var reports: [LaneReport] = []
        var isStopping = false
        var deadline = Duration.zero
        var phase = "start"
        var reasons = ["no partitions have been assigned yet"]
        var assigned: [Int32] = []
        var fencings = 0
        var assignments = 0
        var exit: ExitReason?
    }

    private let shared = Mutex(Shared())
    /// Opens when the control thread has ended.
    let ended: Latch

    init() throws(SystemError) { ended = try Latch() }

    // MARK: To the control thread

    /// Leaves a report for the control thread.
    func report(_ report: LaneReport) { shared.withLock { $0.reports.append(report) } }

    /// Takes all reports, oldest first.
    func takeReports() -> [LaneReport] {
        shared.withLock { shared in
            defer { shared.reports.removeAll() }
            return shared.reports
        }
    }

    /// Asks for the end, at a time of the machine's monotonic clock.
    func stop(deadline: Duration) {
        shared.withLock { shared in
            shared.isStopping = true
            shared.deadline = deadline
        }
    }

    var isStopping: Bool { shared.withLock { $0.isStopping } }
    /// When the stop must be over.
    var deadline: Duration { shared.withLock { $0.deadline } }

    // MARK: From the control thread

    /// What it is doing, for whoever waits for its end.
    var phase: String {
        get { shared.withLock { $0.phase } }
        set { shared.withLock { $0.phase = newValue } }
    }

    /// What keeps the process from doing its share.
    var reasons: [String] {
        get { shared.withLock { $0.reasons } }
        set { shared.withLock { $0.reasons = newValue } }
    }

    /// The partitions assigned at the moment.
    var assigned: [Int32] {
        get { shared.withLock { $0.assigned } }
        set { shared.withLock { $0.assigned = newValue } }
    }

    var exit: ExitReason? {
        get { shared.withLock { $0.exit } }
        set { shared.withLock { $0.exit = $0.exit ?? newValue } }
    }

    func countFencing() { shared.withLock { $0.fencings += 1 } }
    func countAssignment() { shared.withLock { $0.assignments += 1 } }
    var counts: (fencings: Int, assignments: Int) {
        shared.withLock { ($0.fencings, $0.assignments) }
    }
}
