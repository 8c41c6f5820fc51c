import Synchronization

/// Where the events for a lane arrive, from any thread, in order.
public final class LaneMailbox: Sendable {
    private let events = Mutex<[LaneEvent]>([])
    private let wake = Mutex<(@Sendable () -> Void)?>(nil)

    /// Makes an empty mailbox.
    public init() {}

    /// Sets what interrupts a lane that waits in `read`; called on the posting thread after each
    /// event, never with a lock held that ``post(_:)`` takes.
    public func onPost(_ wake: @escaping @Sendable () -> Void) {
        self.wake.withLock { $0 = wake }
    }

    /// Adds an event and wakes the lane.
    public func post(_ event: LaneEvent) {
        events.withLock { $0.append(event) }
        wake.withLock { $0 }?()
    }

    /// Takes everything that arrived, oldest first.
    public func takeAll() -> [LaneEvent] {
        events.withLock { arrived in
            guard !arrived.isEmpty else { return [] }
            defer { arrived.removeAll() }
            return arrived
        }
    }

    /// Whether something waits.
    public var hasEvents: Bool { events.withLock { !$0.isEmpty } }
}
