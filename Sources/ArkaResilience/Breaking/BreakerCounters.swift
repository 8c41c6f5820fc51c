/// What a circuit breaker has seen since it was made.
public struct BreakerCounters: Sendable, Hashable {
    /// Answers that count as success.
    public var successes = 0
    /// Failures by their kind; answers that came late are in none.
    public var failures: [FailureKind: Int] = [:]
    /// Answers to calls from before the breaker last changed: they change nothing.
    public var late = 0
    /// Calls given back without having been decided.
    public var abandoned = 0
    /// Times it opened.
    public var opened = 0
    /// Times it closed again.
    public var closed = 0
    /// Probes that went out.
    public var probes = 0

    /// Starts at zero.
    public init() {}
}
