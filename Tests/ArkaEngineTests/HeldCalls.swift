import Synchronization

/// Calls of a plugin under test that stay out until the test answers them.
final class HeldCalls<Answer: Sendable>: Sendable {
    private struct State {
        var open: [Int: CheckedContinuation<Answer, any Error>] = [:]
        var count = 0
        var cancelled: [Int] = []
    }

    private let state = Mutex(State())

    /// Calls so far.
    var count: Int { state.withLock { $0.count } }
    /// Those that were told that nobody waits any more, by their number from zero.
    var cancelled: [Int] { state.withLock { $0.cancelled } }

    /// Holds a call; one that is cancelled goes on waiting, as code does that does not look.
    func hold() async throws -> Answer {
        let number = state.withLock { state in
            defer { state.count += 1 }
            return state.count
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { $0.open[number] = continuation }
            }
        } onCancel: {
            state.withLock { $0.cancelled.append(number) }
        }
    }

    /// Ends a call.
    func answer(_ number: Int, _ answer: Answer) {
        state.withLock { $0.open.removeValue(forKey: number) }?.resume(returning: answer)
    }

    /// Ends all calls that are out.
    func answerAll(_ answer: Answer) {
        let open = state.withLock { state in
            defer { state.open = [:] }
            return Array(state.open.values)
        }
        for continuation in open { continuation.resume(returning: answer) }
    }
}

/// What plugins under test were told, in order.
final class Noted<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }
    var count: Int { all.count }

    func add(_ element: Element) { elements.withLock { $0.append(element) } }
}
