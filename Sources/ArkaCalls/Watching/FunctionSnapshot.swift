public import ArkaResilience

/// What is known of one function's calls at a moment; for metrics and health.
public struct FunctionSnapshot: Sendable, Hashable {
    /// As rules call it, such as `plugin.sanctions_list.check_sanctions`.
    public let function: String
    /// What became of its calls.
    public let calls: CallCounters
    /// What its circuit breaker is.
    public let breaker: BreakerStatus
    /// What its circuit breaker has seen.
    public let breakerCounters: BreakerCounters
    /// What its cache has done.
    public let cache: CacheCounters
    /// Calls of the plugin that have not ended, batches counted once, those that nobody waits for
    /// included.
    public let inFlight: Int
    /// Calls of rules that have not ended.
    public let waiting: Int
    /// What becomes of its calls while it does not work.
    public let whenUnavailable: OutagePolicy
    /// Whether lanes stop reading for it: see ``CallStage/stopsReading``.
    public let stopsReading: Bool
    /// How long they have; `nil` while they read.
    public let stopsReadingFor: Duration?
    /// How long its calls took, each call of the plugin counted when it ends.
    public let latency: LatencyHistogram
}
