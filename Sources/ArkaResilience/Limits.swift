/// The bounds of everything that waits, is kept or is repeated in this target, with their defaults.
///
/// Defaults are what a function gets whose author and operator say nothing; ranges are what settings
/// are checked against.
public enum ResilienceLimits {
    // MARK: Result cache

    /// Answers that a function's cache keeps. At 400 bytes each they fill half of the bytes below.
    public static let cacheEntriesDefault = 32_768
    /// Answers that any cache may keep: places in its table are numbered in 32 bits.
    public static let cacheEntriesMax = 1 << 28
    /// Bytes that a function's cache keeps: five such functions stay below the 150 MB that the
    /// process may have.
    public static let cacheBytesDefault = 24 << 20
    /// The part of the bytes that one answer may take; a larger one would empty the cache for itself.
    public static let cacheEntryShare = 16
    /// What an entry costs beside its key's bytes and its value: places, times, table, array headers.
    public static let cacheEntryOverheadBytes = 160
    /// Entries that the clock's hand spares for having been read, before it takes the next one anyway:
    /// so storing an answer takes bounded time even where all were read since the last round.
    static let cacheHandStepsMax = 64
    /// The longest an answer may be kept: 30 days. Longer is a data set, not a cache.
    public static let cacheTTLMax = Duration.seconds(30 * 86_400)

    // MARK: Calls

    /// Calls of one function that may be under way or wait, all callers together: the rows that a
    /// process may have in flight. Beyond it a call is skipped, which the decision says.
    public static let callsPendingMax = 65_536
    /// Items of one batch at most: the rows of one batch of a lane.
    public static let batchItemsMax = 256

    // MARK: Circuit breaker

    /// Failures one after the other that open a breaker.
    public static let breakerFailuresDefault = 5
    /// Calls in the window below which no share of failures opens a breaker.
    public static let breakerCallsMinDefault = 20
    /// Per cent of failures in the window that open a breaker.
    public static let breakerFailurePercentDefault = 50
    /// The window in which calls and failures are counted.
    public static let breakerWindowDefault = Duration.seconds(10)
    /// What a window may be: shorter than a second no share means anything, longer than ten minutes
    /// an outage is long over before it is seen.
    public static let breakerWindowRange = Duration.seconds(1)...Duration.seconds(600)
    /// Parts of the window that fall out of it at a time: it covers between 9 and 10 tenths.
    static let breakerBuckets = 10
    /// How long a breaker stays open the first time.
    public static let breakerOpenDefault = Duration.seconds(5)
    /// How long it stays open at most, after probes that failed.
    public static let breakerOpenMaxDefault = Duration.seconds(60)
    /// What either may be. Below 10 ms probes would be the traffic that the breaker is to keep away.
    public static let breakerOpenRange = Duration.milliseconds(10)...Duration.seconds(3600)
    /// The least time an attempt must have had for its time-out to count against the function: one
    /// that got the last millisecond of a decision's budget says nothing of it.
    public static let fairAttemptMin = Duration.milliseconds(100)

    // MARK: Bulkhead and rate limit

    /// Calls of one function that may be out at once.
    public static let concurrentDefault = 256
    /// What that may be: file descriptors and a worker's queue end before this.
    public static let concurrentRange = 1...65_536
    /// Whole numbers in a rate limit: products of two with attoseconds stay within 128 bits.
    public static let rateTokensMax = 1_000_000_000
    /// The time that a rate limit's tokens are counted in.
    public static let ratePeriodRange = Duration.milliseconds(1)...Duration.seconds(86_400)

    // MARK: Deadlines and retries

    /// How long a function may take where it says nothing.
    public static let timeoutDefault = Duration.seconds(30)
    /// What a time limit may be.
    public static let timeoutRange = Duration.milliseconds(1)...Duration.seconds(86_400)
    /// Attempts where a function is retried and says no number.
    public static let attemptsDefault = 3
    /// Attempts at most: with the pause below, more than this is a queue, not a call.
    public static let attemptsMax = 100
    /// The pause after the first failure; each further one is twice as long.
    public static let backOffFirst = Duration.seconds(1)
    /// The longest pause between two attempts.
    public static let backOffMaxDefault = Duration.seconds(60)
    /// What a pause may be.
    public static let backOffRange = Duration.milliseconds(1)...Duration.seconds(3600)
}
