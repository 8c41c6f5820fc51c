/// What becomes of calls of a function whose circuit breaker is not closed.
public enum OutagePolicy: String, Sendable, Hashable, CaseIterable {
    /// The value is unknown and the decision follows `on_unknown`. The default.
    case decide
    /// The calls wait until the breaker closes and the decision's budget does not apply: the lane
    /// stops reading, the process is not ready, and says why. Once each call that waits has been the
    /// probe, it reads on until there is another to try: it may be the calls that are bad.
    case hold

    /// Until when a call waits at most; `nil` for as long as it takes.
    /// - Parameter budgetEnd: When the decision's budget is spent; `nil` if it has none.
    public func budgetEnd(_ budgetEnd: Duration?) -> Duration? {
        self == .hold ? nil : budgetEnd
    }

    /// Whether lanes whose rules call the function stop reading.
    /// - Parameters:
    ///   - breaker: What the function's breaker is.
    ///   - unprobedCount: Calls of it that wait and have not been a probe that failed. Without one
    ///     nothing new would ever be tried: so lanes read on until there is one.
    public func stopsReading(while breaker: BreakerStatus, unprobedCount: Int) -> Bool {
        self == .hold && breaker != .closed && unprobedCount > 0
    }
}
