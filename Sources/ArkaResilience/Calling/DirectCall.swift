/// A call of a function that answers on the thread that asks, between its begin and its end.
///
/// Nobody waits for it in the machine, so the machine keeps nothing of its items: no flight, no place
/// in the line, no timer. That is most of what a call costs otherwise.
public struct DirectCall: Sendable {
    let ticket: BreakerTicket
    let places: Int
    /// What it carries.
    public let itemCount: Int
    /// When it began, in monotonic time.
    public let sentAt: Duration
    /// When an answer is late, the budgets of its items aside.
    public let limitEnd: Duration
}

/// What a machine says to somebody who wants to make a direct call.
public enum DirectStart: Sendable {
    /// Make it, and report its end.
    case admitted(DirectCall)
    /// All of its items have ended: the breaker is not closed.
    case refused(BreakerRefusal)
    /// Nothing was started. There is no place for it now: start the items one by one, to wait in the line.
    case mustWait
}

/// Direct calls that have not ended.
struct DirectCalls: Sendable {
    private(set) var count = 0
    private(set) var itemCount = 0
    private(set) var placeCount = 0
    private(set) var probeCount = 0

    mutating func add(_ call: DirectCall) {
        count += 1
        itemCount += call.itemCount
        placeCount += call.places
        probeCount += call.ticket.isProbe ? 1 : 0
    }

    mutating func remove(_ call: DirectCall) {
        precondition(count > 0, "a direct call ends once")
        count -= 1
        itemCount -= call.itemCount
        placeCount -= call.places
        probeCount -= call.ticket.isProbe ? 1 : 0
    }
}
