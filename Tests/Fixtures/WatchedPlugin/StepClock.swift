import Synchronization

/// A clock that stands until the test moves it.
public final class StepClock: Clock {
    /// A moment of this clock.
    public struct Instant: InstantProtocol {
        let time: Duration

        /// A moment so much later.
        public func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
        /// How much later another moment is.
        public func duration(to other: Instant) -> Duration { other.time - time }
        /// Orders moments.
        public static func < (a: Instant, b: Instant) -> Bool { a.time < b.time }
    }

    private struct Sleeper {
        let number: Int
        let until: Duration
        let task: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Duration.zero
        var numberNext = 0
        var cancelled: Set<Int> = []
        var sleepers: [Sleeper] = []
    }

    private let state = Mutex(State())

    /// Makes a clock that stands at zero.
    public init() {}

    /// Now.
    public var now: Instant { state.withLock { Instant(time: $0.now) } }
    /// It is exact.
    public var minimumResolution: Duration { .nanoseconds(1) }
    /// Tasks that sleep until a moment that is so much later than now.
    public func sleepers(for duration: Duration) -> Int {
        state.withLock { state in state.sleepers.count { $0.until == state.now + duration } }
    }

    /// Moves the clock forward and wakes whoever has slept long enough.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now += duration
            let now = state.now
            defer { state.sleepers.removeAll { $0.until <= now } }
            return state.sleepers.filter { $0.until <= now }
        }
        for sleeper in woken { sleeper.task.resume() }
    }

    /// Suspends until the clock has been moved to a moment.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = state.withLock { state in
            state.numberNext += 1
            return state.numberNext
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { task in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    if state.cancelled.remove(number) != nil {
                        return .failure(CancellationError())
                    }
                    if deadline.time <= state.now { return .success(()) }
                    state.sleepers.append(
                        Sleeper(number: number, until: deadline.time, task: task))
                    return nil
                }
                if let outcome { task.resume(with: outcome) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let place = state.sleepers.firstIndex(where: { $0.number == number }) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return state.sleepers.remove(at: place)
            }
            sleeper?.task.resume(throwing: CancellationError())
        }
    }
}
