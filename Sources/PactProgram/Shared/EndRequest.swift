import Synchronization

/// Lets whatever finds out first that the process should end say so, also before it can be told.
final class EndRequest: Sendable {
    private struct State {
        var requested: Int32?
        var perform: (@Sendable (Int32) -> Void)?
    }
    private let state = Mutex(State())

    /// What was asked for; `nil` if nobody did.
    var exitCode: Int32? { state.withLock { $0.requested } }

    /// Asks for the end; the first request's code counts.
    func request(exitCode: Int32) {
        let perform = state.withLock { state in
            state.requested = state.requested ?? exitCode
            return state.perform
        }
        perform?(exitCode)
    }

    /// Sets what a request does; called at once if there was one before.
    func onRequest(_ perform: @escaping @Sendable (Int32) -> Void) {
        let missed = state.withLock { state in
            state.perform = perform
            return state.requested
        }
        if let missed { perform(missed) }
    }
}
