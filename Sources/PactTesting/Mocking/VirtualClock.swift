public import ArkaModel
import Synchronization

/// A clock on which waiting takes no time: whoever sleeps moves it forward, and goes on.
public final class VirtualClock: Clock, TimeSource {
    /// A moment of this clock.
    public struct Instant: InstantProtocol {
        /// Time since the clock was made.
        public let sinceStart: Duration

        /// A moment so much later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(sinceStart: sinceStart + duration)
        }

        /// How much later another moment is.
        public func duration(to other: Instant) -> Duration { other.sinceStart - sinceStart }

        /// Orders moments.
        public static func < (a: Instant, b: Instant) -> Bool { a.sinceStart < b.sinceStart }
    }

    private struct State {
        var now = Duration.zero
        var waits: [Duration] = []
    }

    private let state = Mutex(State())
    private let wallStart: Int64

    /// Makes a clock that stands at zero.
    /// - Parameter wallMilliseconds: The moment on the calendar, in milliseconds since 1970.
    public init(wallMilliseconds: Int64 = 1_767_225_600_000) {
        wallStart = wallMilliseconds
    }

    /// Now.
    public var now: Instant { Instant(sinceStart: monotonic) }
    /// It is exact.
    public var minimumResolution: Duration { .nanoseconds(1) }
    /// Time since the clock was made.
    public var monotonic: Duration { state.withLock { $0.now } }
    /// Milliseconds since 1970; moves with the clock.
    public var wallMilliseconds: Int64 {
        let (seconds, attoseconds) = monotonic.components
        return wallStart + seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// How long was slept each time, in order.
    public var waits: [Duration] { state.withLock { $0.waits } }

    /// Moves the clock forward.
    public func advance(by duration: Duration) {
        state.withLock { $0.now += duration }
    }

    /// Moves the clock to a moment, unless that has passed, and returns at once.
    /// - Throws: `CancellationError` if the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            let wait = deadline.sinceStart - state.now
            state.waits.append(wait)
            if wait > .zero { state.now = deadline.sinceStart }
        }
    }
}
