/// When a circuit breaker opens, and for how long.
public struct BreakerPolicy: Sendable, Hashable {
    /// Failures one after the other that open it.
    public var consecutiveFailures: Int
    /// Per cent of the window's calls that must have failed to open it.
    public var failurePercent: Int
    /// Calls in the window below which their share says nothing.
    public var callsMin: Int
    /// The time over which calls and failures are counted.
    public var window: Duration
    /// How long it stays open the first time; after each probe that failed, twice as long.
    public var open: Duration
    /// The longest it stays open.
    public var openMax: Duration

    /// Makes a policy.
    public init(
        consecutiveFailures: Int = ResilienceLimits.breakerFailuresDefault,
        failurePercent: Int = ResilienceLimits.breakerFailurePercentDefault,
        callsMin: Int = ResilienceLimits.breakerCallsMinDefault,
        window: Duration = ResilienceLimits.breakerWindowDefault,
        open: Duration = ResilienceLimits.breakerOpenDefault,
        openMax: Duration = ResilienceLimits.breakerOpenMaxDefault
    ) {
        self.consecutiveFailures = consecutiveFailures
        self.failurePercent = failurePercent
        self.callsMin = callsMin
        self.window = window
        self.open = open
        self.openMax = openMax
    }

    /// What of it cannot be; empty if all is well.
    public var problems: [SettingProblem] {
        var check = SettingCheck()
        check.require(consecutiveFailures, in: 1...1_000_000, "breaker.consecutive_failures")
        check.require(failurePercent, in: 1...100, "breaker.failure_percent")
        check.require(callsMin, in: 1...1_000_000, "breaker.min_calls")
        check.require(window, in: ResilienceLimits.breakerWindowRange, "breaker.window")
        check.require(open, in: ResilienceLimits.breakerOpenRange, "breaker.open")
        check.require(openMax, in: ResilienceLimits.breakerOpenRange, "breaker.open_max")
        check.require(open <= openMax, "breaker.open_max", expected: "at least breaker.open")
        return check.problems
    }
}
