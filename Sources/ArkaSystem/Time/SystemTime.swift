public import ArkaModel
import Glibc

/// The machine's clocks.
public struct SystemTime: TimeSource {
    /// Makes a source; all are equal.
    public init() {}

    /// Time since the machine started; does not go back when somebody sets the clock.
    public var monotonic: Duration {
        let now = read(CLOCK_MONOTONIC)
        return .seconds(Int64(now.tv_sec)) + .nanoseconds(Int64(now.tv_nsec))
    }

    /// Milliseconds since 1970-01-01 UTC, as the machine believes.
    public var wallMilliseconds: Int64 {
        let now = read(CLOCK_REALTIME)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    private func read(_ clock: clockid_t) -> timespec {
        var now = timespec()
        // SAFETY: `now` is ours for the call; these two clocks exist on every Linux.
        clock_gettime(clock, &now)
        return now
    }
}
