import ArkaResilience
import PactPlugins
import Synchronization

/// One call of a plugin's function that goes out, from its dispatch to its end.
///
/// It may be cancelled before it has begun: whoever takes a dispatch out of the machine performs it
/// without the lock, and somebody else may have let the machine give up meanwhile.
final class FunctionRun: Sendable {
    private enum Stage {
        case waiting
        case running(Task<Void, Never>?)
        case cancelled
    }

    let id: DispatchID
    let items: [AskedCall]
    let deadline: Deadline
    let sentAt: Duration
    private let stage = Mutex(Stage.waiting)

    init(_ id: DispatchID, items: [AskedCall], deadline: Deadline, sentAt: Duration) {
        self.id = id
        self.items = items
        self.deadline = deadline
        self.sentAt = sentAt
    }

    /// What the function is given.
    func calls(at now: Duration) -> [FunctionCall] {
        let timeLeft = max(.zero, deadline.at - now)
        return items.map { $0.functionCall(timeLeft: timeLeft) }
    }

    /// Says that the function is called now; false if nobody wants that any more.
    func begin() -> Bool {
        stage.withLock { stage in
            guard case .waiting = stage else { return false }
            stage = .running(nil)
            return true
        }
    }

    /// Keeps the task that it runs in.
    func keep(_ task: Task<Void, Never>) {
        let isCancelled = stage.withLock { stage in
            guard case .running = stage else { return true }
            stage = .running(task)
            return false
        }
        if isCancelled { task.cancel() }
    }

    /// Tells the function that nobody waits any more.
    func cancel() {
        let task = stage.withLock { stage -> Task<Void, Never>? in
            defer { stage = .cancelled }
            if case .running(let task) = stage { return task }
            return nil
        }
        task?.cancel()
    }
}
