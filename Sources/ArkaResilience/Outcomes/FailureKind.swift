/// How a call of a plugin's function can fail.
public enum FailureKind: String, Sendable, Hashable, CaseIterable {
    /// It threw, or the connection to it broke.
    case thrown = "error"
    /// It answered that it did not succeed.
    case unsuccessful
    /// It did not answer in time.
    case timedOut = "timeout"
    /// The process it runs in died.
    case workerDied = "worker_died"
    /// It was given input that it does not take, and refused it before it asked anybody.
    case inputRefused = "input_refused"

    /// Whether it counts against the function's circuit breaker. Refused input does not, nor does it
    /// count as a success: it says nothing of whether the service behind the function works, and a
    /// rule that passes bad input must not take the function away from all others.
    public var countsAgainstService: Bool { self != .inputRefused }
}
