/// How a call of a plugin's function can fail. All of them count against its circuit breaker.
public enum FailureKind: String, Sendable, Hashable, CaseIterable {
    /// It threw, or the connection to it broke.
    case thrown = "error"
    /// It answered that it did not succeed.
    case unsuccessful
    /// It did not answer in time.
    case timedOut = "timeout"
    /// The process it runs in died.
    case workerDied = "worker_died"
}
