/// What became of all calls of one function.
///
/// Each call that was started is in exactly one of the ends, or pending:
/// `started == cached + answered + failed + timedOut + open + skipped + cancelled + pending`.
public struct CallCounters: Sendable, Hashable {
    /// Calls asked for.
    public var started = 0
    /// Answered from the cache.
    public var cached = 0
    /// Answered by the plugin.
    public var answered = 0
    /// Ended by a failure other than time.
    public var failed = 0
    /// Ended by a time limit or the budget after they had gone out.
    public var timedOut = 0
    /// Not let through by the breaker.
    public var open = 0
    /// Not made for want of time or room.
    public var skipped = 0
    /// Given up by who had asked.
    public var cancelled = 0
    /// Calls that joined an equal one.
    public var shared = 0
    /// Calls of the plugin, batches counted once.
    public var dispatches = 0
    /// What they carried.
    public var items = 0
    /// Items that were not the first attempt.
    public var retries = 0
    /// Calls of the plugin that ended after nobody waited for them.
    public var late = 0

    /// Starts at zero.
    public init() {}

    /// Calls that have ended.
    public var ended: Int { cached + answered + failed + timedOut + open + skipped + cancelled }

    @inlinable mutating func count<Answer>(_ outcome: CallOutcome<Answer>) {
        switch outcome {
        case .answered(_, .cache): cached += 1
        case .answered(_, .plugin): answered += 1
        case .failed(let failure, _) where failure.kind == .timedOut: timedOut += 1
        case .failed: failed += 1
        case .open: open += 1
        case .skipped: skipped += 1
        }
    }
}
