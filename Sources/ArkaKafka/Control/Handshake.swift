import ArkaStream
import ArkaSystem
import Synchronization

/// Lets the control thread wait until all lanes have answered.
final class Handshake: Sendable {
    private let roll = Mutex(HandshakeRoll())
    private let changed: WakeEvent

    init() throws(SystemError) { changed = try WakeEvent() }

    /// Begins to wait for these lanes; call it before they are asked.
    /// - Returns: What their answers must name.
    func expect(_ lanes: some Sequence<Int>) -> HandshakeRound {
        let lanes = Set(lanes)
        return roll.withLock { $0.ask(lanes) }
    }

    /// A lane has answered.
    func acknowledge(_ lane: Int, _ round: HandshakeRound) {
        roll.withLock { $0.acknowledge(lane, round) }
        changed.raise()
    }

    /// Blocks until all have, or the time is over.
    /// - Parameter deadline: A time of the machine's monotonic clock.
    /// - Returns: Those that have not; empty if all have.
    func wait(until deadline: Duration) -> [Int] {
        while true {
            let left = roll.withLock { $0.pending.sorted() }
            let now = SystemTime().monotonic
            if left.isEmpty || now >= deadline { return left }
            changed.wait(atMost: deadline - now)
        }
    }
}
