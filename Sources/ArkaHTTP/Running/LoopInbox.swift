import ArkaSystem
import Synchronization

/// What the event thread is told by others.
enum LoopMessage: Sendable {
    /// New requests.
    case submit([Submission])
    /// Requests that nobody waits for any more; those that have ended are skipped.
    case cancel([TransferID])
    /// What a lookup brought; no addresses if it failed.
    case resolved(name: String, [IPAddress])
    /// No further requests; those that are out have until then.
    case stop(at: Duration)
}

/// Hands messages to the event thread and wakes it.
final class LoopInbox: Sendable {
    private struct State {
        var messages: [LoopMessage] = []
        var isOpen = true
    }

    /// What the event thread waits on.
    let poll: ReadinessPoll
    private let state = Mutex(State())

    /// - Throws: ``SystemError`` (`outOfResources`).
    init() throws(SystemError) { poll = try ReadinessPoll() }

    /// Hands a message over.
    /// - Returns: False if nobody will read it.
    func post(_ message: LoopMessage) -> Bool {
        let (isOpen, isFirst) = state.withLock { state in
            guard state.isOpen else { return (false, false) }
            state.messages.append(message)
            return (true, state.messages.count == 1)
        }
        // The thread takes all there is, so only the first must wake it.
        if isFirst { poll.raise() }
        return isOpen
    }

    /// Takes all messages, in the order in which they came.
    func take() -> [LoopMessage] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// Lets nobody post any more.
    /// - Returns: What came in the meantime.
    func close() -> [LoopMessage] {
        state.withLock { state in
            state.isOpen = false
            defer { state.messages = [] }
            return state.messages
        }
    }
}
