import PactPlugins
import Synchronization

/// Requests that were given together: whom each outcome is told, and who waits for the last.
final class RequestBatch: Sendable {
    typealias Outcome = Result<HTTPResponse, HTTPFailure>

    private struct State {
        var leftCount: Int
        var isCancelled = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    let policy: EgressPolicy
    private let onEach: @Sendable (Int, Outcome) -> Void
    private let state: Mutex<State>

    init(
        count: Int, policy: EgressPolicy, onEach: @escaping @Sendable (Int, Outcome) -> Void
    ) {
        self.policy = policy
        self.onEach = onEach
        state = Mutex(State(leftCount: count))
    }

    /// Whether nobody wants the outcomes any more.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Notes that nobody wants the outcomes any more.
    func cancel() { state.withLock { $0.isCancelled = true } }

    /// Tells an outcome, and lets the waiter go after the last one.
    func finish(_ index: Int, _ outcome: Outcome) {
        onEach(index, outcome)
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.leftCount -= 1
            guard state.leftCount == 0 else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits until every outcome has been told.
    func waitForAll() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.leftCount > 0 { state.waiter = continuation }
                return state.leftCount == 0
            }
            if isDone { continuation.resume() }
        }
    }
}

/// A checked request on its way to the event thread.
struct Submission: Sendable {
    let id: TransferID
    let request: CheckedRequest
    let batch: RequestBatch
    /// Its place in the batch.
    let index: Int
    /// When it was given.
    let start: Duration
}
