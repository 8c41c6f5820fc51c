/// How far a flight has come.
struct FlightProgress: Sendable {
    enum Stage: Sendable, Equatable {
        /// It stands in the bulkhead's line.
        case waiting
        /// It is this item of a call that is out.
        case out(DispatchID, index: Int)
        /// It waits for its next attempt; a timer runs.
        case backingOff
    }

    var stage = Stage.waiting
    /// Attempts that have gone out.
    var attempts = 0
    /// How the last one failed.
    var lastFailure: CallFailure?
    /// Whether it was the probe, which brought no answer.
    var wasProbe = false
}

/// A call of the plugin that has not ended.
struct DispatchProgress: Sendable {
    /// Its items; `nil` where nobody waits any more.
    var flights: [FlightID?]
    let ticket: BreakerTicket
    let places: Int
    let sentAt: Duration
    /// How long its first item had waited by then, in the line or between attempts.
    let waited: Duration
    let deadline: Deadline
    /// Nobody waits for it; it only holds its places until it ends.
    var isGivenUp = false

    var isWanted: Bool { flights.contains { $0 != nil } }
}

/// A call that has not ended.
struct PendingCall: Sendable {
    let startedAt: Duration
    let budgetEnd: Duration?
    /// Those whose budgets end with its own; `nil` if it has none.
    let budget: BudgetID?
}

/// What a call machine waits for.
enum CallTimer: Sendable, Hashable {
    /// The end of the budget of one call or more.
    case budget(BudgetID)
    /// The limit of a call of the plugin.
    case limit(DispatchID)
    /// The end of a pause between attempts.
    case pause(FlightID)
}
