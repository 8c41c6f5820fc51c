import ArkaStream
import Synchronization

/// An answer on its way to the row that asked.
struct CallArrival: Sendable {
    /// The name under which the row waits.
    let ticket: Int
    /// The call, as its index in the rule book.
    let call: Int
    /// What it came to.
    let settled: SettledCall
}

/// Where answers for a lane arrive, from any thread, in order.
final class LaneInbox: Sendable {
    private struct Contents {
        var arrivals: [CallArrival] = []
        /// The lane is just asking and looks by itself before it goes on.
        var isWatched = false
    }

    private let contents = Mutex(Contents())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: Tells the lane that something arrived; called without any lock held.
    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    /// Adds answers, and wakes the lane unless it was woken already and has not looked yet.
    func post(_ arrivals: some Sequence<CallArrival>) {
        let mustWake = contents.withLock { contents in
            let mustWake = contents.arrivals.isEmpty && !contents.isWatched
            contents.arrivals.append(contentsOf: arrivals)
            return mustWake
        }
        if mustWake { wake() }
    }

    /// Says that the lane looks by itself until it calls ``takeAll()``.
    func watch() {
        contents.withLock { $0.isWatched = true }
    }

    /// Takes everything that arrived, oldest first.
    func takeAll() -> [CallArrival] {
        contents.withLock { contents in
            contents.isWatched = false
            guard !contents.arrivals.isEmpty else { return [] }
            defer { contents.arrivals = [] }
            return contents.arrivals
        }
    }

    /// Wakes the lane for another reason than an answer.
    func wakeLane() { wake() }
}

/// The lanes that ask; known to nobody else, so a lane that is gone is forgotten.
final class LaneRegister: Sendable {
    private struct Entry {
        weak var inbox: LaneInbox?
    }

    private let entries = Mutex<[Entry]>([])

    func add(_ inbox: LaneInbox) {
        entries.withLock { $0.append(Entry(inbox: inbox)) }
    }

    func remove(_ inbox: LaneInbox) {
        entries.withLock { $0.removeAll { $0.inbox == nil || $0.inbox === inbox } }
    }

    func wakeAll() {
        let lanes = entries.withLock { $0.compactMap(\.inbox) }
        for lane in lanes { lane.wakeLane() }
    }
}
