import ArkaSystem
import Synchronization

/// A thread that decides transactions, so that no task's thread is ever blocked by it.
///
/// Its thread keeps it alive until it is closed.
final class EvaluationLane: Sendable {
    /// What the thread is told.
    enum Message: Sendable {
        case decide(Evaluation)
        /// Nobody waits for it any more.
        case forget(Evaluation)
    }

    private struct Mail {
        var messages: [Message] = []
        var isClosed = false
        var hasEnded = false
        /// Tasks that wait until it has.
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let mail = Mutex(Mail())
    /// Raised for mail, and when answers have arrived.
    private let wake: WakeEvent

    /// Starts a lane.
    /// - Parameter work: Makes what the lane works with, on its thread; `wake` may be called by anybody.
    /// - Throws: ``ArkaSystem/SystemError`` (`outOfResources`).
    init(
        _ work: @escaping @Sendable (_ wake: @escaping @Sendable () -> Void) -> LaneWork
    ) throws(SystemError) {
        wake = try WakeEvent()
        _ = try Thread("arka-lane") { self.run(work { [wake = self.wake] in wake.raise() }) }
    }

    private func run(_ work: LaneWork) {
        var isClosed = false
        while !isClosed {
            wake.wait()
            let messages = mail.withLock { mail in
                defer { mail.messages = [] }
                isClosed = mail.isClosed
                return mail.messages
            }
            work.take(messages)
            work.goOn()
        }
        work.giveUp()
        let waiters = mail.withLock { mail in
            mail.hasEnded = true
            defer { mail.waiters = [] }
            return mail.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Decides a transaction, and waits for its calls.
    /// - Throws: `CancellationError` if the calling task is cancelled; ``EvaluationRefusal`` if the lane
    ///   is closed before it is decided.
    func decide(_ evaluation: Evaluation) async throws -> Evaluation.Outcome {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                evaluation.begin(waiter)
                if !post(.decide(evaluation)) { evaluation.end(.failure(EvaluationRefusal.ended)) }
            }
        } onCancel: {
            // The mark first: if the lane does not have it yet, it finds it when it comes.
            evaluation.cancel()
            _ = post(.forget(evaluation))
        }
    }

    private func post(_ message: Message) -> Bool {
        let isOpen = mail.withLock { mail in
            if !mail.isClosed { mail.messages.append(message) }
            return !mail.isClosed
        }
        if isOpen { wake.raise() }
        return isOpen
    }

    /// Takes nothing more; what waits ends undecided.
    func close() {
        mail.withLock { $0.isClosed = true }
        wake.raise()
    }

    /// Returns when the thread has done all that it does.
    func waitUntilEnded() async {
        await withCheckedContinuation { waiter in
            let hasEnded = mail.withLock { mail in
                if !mail.hasEnded { mail.waiters.append(waiter) }
                return mail.hasEnded
            }
            if hasEnded { waiter.resume() }
        }
    }
}
