/// What becomes of a lane that another producer has fenced: a value, told what happened and when.
///
/// ```
///                 ┌───────────── assignment lost ──► (new producer at the next assignment)
/// working ─fenced─┤
///    ▲            └─ 5 s, still assigned ──► renew in place ──ok──► working
///    │                                          │
///    └──────────────────────────────────────────┴─ fenced again within a minute ──► give up
/// ```
///
/// Being fenced usually means that this process was stopped for longer than its transaction may take
/// (a virtual machine's pause, a laptop's lid). If it also lost its partitions, the group says so
/// within a heartbeat. If it did not, nobody else works on them and the lane goes on. Only a rival
/// that keeps taking the id makes the process end.
struct FencingPolicy: Sendable {
    /// What the control thread does.
    enum Action: Sendable, Hashable {
        /// Give the lane a new producer with the same id, then tell it that it is restored.
        case renew(lane: Int)
        /// Close without commit and end: a rival has this lane's id.
        case giveUp(lane: Int)
    }

    private enum Standing: Equatable {
        case working
        /// Waits for the coordinator's answer until then.
        case waiting(until: Duration)
        /// A new producer is being made.
        case renewing
    }

    private var lanes: [Standing]
    /// When each lane was last given a new producer in place.
    private var renewed: [Duration?]

    init(lanes count: Int) {
        lanes = Array(repeating: .working, count: count)
        renewed = Array(repeating: nil, count: count)
    }

    /// Whether some lane does not work at the moment.
    var isDisturbed: Bool { lanes.contains { $0 != .working } }

    /// A lane reported that it is fenced.
    mutating func fenced(lane: Int, at now: Duration) -> Action? {
        if let last = renewed[lane], now - last < KafkaLimits.fencedAgainWithin {
            return .giveUp(lane: lane)
        }
        // A second report of the same fencing (its commit, then its abort) does not begin anew.
        if case .waiting = lanes[lane] { return nil }
        lanes[lane] = .waiting(until: now + KafkaLimits.coordinatorAnswerMax)
        return nil
    }

    /// The partitions belong to others now, or the lanes have let go of them in order. Every lane
    /// that needs it gets a new producer at the next assignment.
    mutating func assignmentEnded() {
        for lane in lanes.indices { lanes[lane] = .working }
    }

    /// Time has passed and the assignment still holds.
    mutating func stillAssigned(at now: Duration) -> [Action] {
        var actions: [Action] = []
        for lane in lanes.indices {
            guard case .waiting(let end) = lanes[lane], now >= end else { continue }
            lanes[lane] = .renewing
            renewed[lane] = now
            actions.append(.renew(lane: lane))
        }
        return actions
    }

    /// A new producer is ready; false if it was not wanted any more.
    mutating func didRenew(lane: Int) -> Bool {
        guard lanes[lane] == .renewing else { return false }
        lanes[lane] = .working
        return true
    }
}
