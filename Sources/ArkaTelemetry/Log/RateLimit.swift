public import ArkaModel
public import ArkaSystem
import Synchronization

/// Lets a noisy source through now and then: a value, told the time.
///
/// `burst` lines pass at once; then one passes per `interval`, and says how many did not.
public struct RateLimit: Sendable {
    private let burst: Int
    private let interval: Duration
    private var left: Int
    private var refilled: Duration
    private var suppressed = 0

    /// Begins with a full burst.
    /// - Parameters:
    ///   - burst: Lines that pass at once; at least 1.
    ///   - interval: The time after which one more may pass.
    ///   - now: The monotonic time.
    public init(burst: Int, per interval: Duration, now: Duration) {
        precondition(burst >= 1 && interval > .zero, "a rate limit lets something pass")
        self.burst = burst
        self.interval = interval
        left = burst
        refilled = now
    }

    /// Asks whether a line may pass.
    /// - Returns: How many were held back since the last one that passed, or `nil` to hold it back.
    public mutating func admit(at now: Duration) -> Int? {
        while left < burst, now - refilled >= interval {
            left += 1
            refilled += interval
        }
        if left == burst { refilled = now }
        guard left > 0 else {
            suppressed += 1
            return nil
        }
        left -= 1
        defer { suppressed = 0 }
        return suppressed
    }
}

/// A rate limit for each kind of noise, for all threads together.
public final class NoiseGate: Sendable {
    private let limits = Mutex<[String: RateLimit]>([:])
    private let burst: Int
    private let interval: Duration
    private let time: any TimeSource

    /// Makes a gate; the defaults suit transport errors, which librdkafka reports per connection try.
    public init(
        burst: Int = 3, per interval: Duration = .seconds(30), time: any TimeSource = SystemTime()
    ) {
        self.burst = burst
        self.interval = interval
        self.time = time
    }

    /// Asks whether a line of this kind may pass.
    ///
    /// Kinds beyond ``TelemetryLimits/noiseKinds`` share one limit.
    /// - Returns: How many were held back since the last one that passed, for the field
    ///   ``LogKey/suppressed``; `nil` to hold it back.
    public func admit(_ kind: String) -> Int? {
        let now = time.monotonic
        return limits.withLock { limits in
            let isKnown = limits[kind] != nil || limits.count < TelemetryLimits.noiseKinds
            let fresh = RateLimit(burst: burst, per: interval, now: now)
            return limits[isKnown ? kind : "", default: fresh].admit(at: now)
        }
    }
}
