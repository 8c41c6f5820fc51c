import ArkaSystem
import Synchronization

/// Lets the control thread wait until all lanes have let go.
final class Handshake: Sendable {
    private let pending = Mutex<Set<Int>>([])
    private let changed: WakeEvent

    init() throws(SystemError) { changed = try WakeEvent() }

    /// Begins to wait for these lanes; call it before they are asked.
    func expect(_ lanes: some Sequence<Int>) {
        pending.withLock { $0 = Set(lanes) }
    }

    /// A lane has let go.
    func acknowledge(_ lane: Int) {
        pending.withLock { _ = $0.remove(lane) }
        changed.raise()
    }

    /// Blocks until all have, or the time is over.
    /// - Parameter deadline: A time of the machine's monotonic clock.
    /// - Returns: Those that have not; empty if all have.
    func wait(until deadline: Duration) -> [Int] {
        while true {
            let left = pending.withLock { $0.sorted() }
            let now = SystemTime().monotonic
            if left.isEmpty || now >= deadline { return left }
            changed.wait(atMost: deadline - now)
        }
    }
}
