import ArkaModel
import ArkaStream
import Synchronization

/// A transaction on its way through a lane, and the task that waits for its decision.
final class Evaluation: Sendable {
    /// What became of it.
    enum Outcome: Sendable {
        /// The decision's status and JSON.
        case decided(DecisionStatus, json: [UInt8])
        /// It cannot be decided.
        case refused(DeadLetterReason)
    }

    typealias Waiter = CheckedContinuation<Outcome, any Error>

    private struct State {
        var waiter: Waiter?
        var isCancelled = false
    }

    /// Counted from 1 by the engine; stands for the record's place.
    let number: Int
    /// The transaction as JSON.
    let record: [UInt8]
    /// The plugins that it does without, by their names in rules.
    let withheld: Set<String>
    private let state = Mutex(State())

    init(_ number: Int, record: [UInt8], withheld: Set<String>) {
        self.number = number
        self.record = record
        self.withheld = withheld
    }

    /// Whether nobody waits for it any more.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    /// Says who waits; before it is handed to a lane.
    func begin(_ waiter: Waiter) {
        state.withLock { $0.waiter = waiter }
    }

    /// Tells whoever waits; later calls do nothing.
    func end(_ result: Result<Outcome, any Error>) {
        let waiter = state.withLock { $0.waiter.take() }
        waiter?.resume(with: result)
    }
}
