/// All that is said about how one function is called.
public struct CallPolicy: Sendable, Hashable {
    /// As rules call it, such as `plugin.sanctions_list.check_sanctions`; for error texts.
    public var function: String
    /// How long an answer may be kept; zero means that none is.
    public var cacheTTL: Duration
    /// How much is kept.
    public var cache: CacheCapacity
    /// Whether equal calls that are pending share one; not for functions with effects.
    public var sharesEqualCalls: Bool
    /// Whether it answers from memory on the thread that asks. Then equal calls do not wait for each
    /// other: waiting for another thread costs more than asking again.
    public var answersAtOnce: Bool
    /// When calls are kept away from it.
    public var breaker: BreakerPolicy
    /// How many calls may be out.
    public var bulkhead: BulkheadPolicy
    /// How many may go out in a time; `nil` for as many as come.
    public var rateLimit: RateLimitPolicy?
    /// Items that its batch form takes at once; 1 if it has none.
    public var batchItemsMax: Int
    /// How long an attempt may take.
    public var limits: TimeLimits
    /// Whether it is tried again.
    public var retry: RetryPolicy
    /// What becomes of calls while it does not work.
    public var whenUnavailable: OutagePolicy

    /// Makes the policy of a function of which nothing more is said: not kept, not retried.
    public init(function: String) {
        self.function = function
        cacheTTL = .zero
        cache = CacheCapacity()
        sharesEqualCalls = true
        answersAtOnce = false
        breaker = BreakerPolicy()
        bulkhead = BulkheadPolicy()
        rateLimit = nil
        batchItemsMax = 1
        limits = TimeLimits()
        retry = .never
        whenUnavailable = .decide
    }

    /// Whether a call joins an equal one that is pending.
    var joinsPending: Bool { sharesEqualCalls && !answersAtOnce }

    /// Whether calls go at once where there is a place for them: they never wait for better times,
    /// for another attempt, or for a token.
    public var allowsDirectCalls: Bool {
        answersAtOnce && whenUnavailable == .decide && retry.attemptsMax == 1 && rateLimit == nil
    }

    /// What of it cannot be, all of it; empty if all is well.
    public var problems: [SettingProblem] {
        var check = SettingCheck()
        check.require(cacheTTL, in: .zero...ResilienceLimits.cacheTTLMax, "cache_ttl")
        check.require(batchItemsMax, in: 1...ResilienceLimits.batchItemsMax, "batch.max_items")
        check.require(
            sharesEqualCalls || cacheTTL == .zero, "cache_ttl",
            expected: "0s for a function with effects")
        return check.problems + cache.problems + breaker.problems + bulkhead.problems
            + (rateLimit?.problems ?? []) + limits.problems + retry.problems
    }
}
