/// How many calls of a function may go out in a time.
public struct RateLimitPolicy: Sendable, Hashable {
    /// Calls that may go out in each period, on the long run.
    public var tokensPerPeriod: Int
    /// The period.
    public var period: Duration
    /// Calls that may go out at once after a quiet time.
    public var burst: Int

    /// Makes a policy, such as 100 calls a second with bursts of 20.
    public init(tokensPerPeriod: Int, period: Duration = .seconds(1), burst: Int) {
        self.tokensPerPeriod = tokensPerPeriod
        self.period = period
        self.burst = burst
    }

    /// What of it cannot be; empty if all is well.
    public var problems: [SettingProblem] {
        var check = SettingCheck()
        check.require(tokensPerPeriod, in: 1...ResilienceLimits.rateTokensMax, "rate_limit.calls")
        check.require(period, in: ResilienceLimits.ratePeriodRange, "rate_limit.per")
        check.require(burst, in: 1...ResilienceLimits.rateTokensMax, "rate_limit.burst")
        return check.problems
    }
}
