import PactPlugins

/// How one attempt of a call ended.
struct Attempt {
    /// What stands as the answer if it was the last.
    let outcome: FunctionAnswer
    /// Whether another attempt may help.
    let mayBeRepeated: Bool

    init(outcome: FunctionAnswer, mayBeRepeated: Bool) {
        self.outcome = outcome
        self.mayBeRepeated = mayBeRepeated
    }

    /// An attempt that threw. Refused calls stay refused; a plugin's own error says whether it helps
    /// to try again; of any other error nothing is known, so it may.
    init(_ error: any Error) {
        outcome = FunctionAnswer(isSuccess: false, error: "\(error)")
        mayBeRepeated =
            switch error {
            case let error as PluginError: error.isRetryable
            case is CallRefusal, is CancellationError: false
            default: true
            }
    }
}

/// Counts attempts and says how long to wait before the next: 2ⁿ seconds after the n-th, counted from
/// zero, at most an hour.
struct RetryCounter {
    private static let exponentMax = 12
    private let attempts: Int
    private var failed = 0

    init(attempts: Int) {
        self.attempts = attempts
    }

    /// An attempt has failed; how long to wait before the next, or `nil` if it was the last.
    mutating func nextPause() -> Duration? {
        failed += 1
        guard failed < attempts else { return nil }
        return min(.seconds(1 << min(failed - 1, Self.exponentMax)), .seconds(3600))
    }
}
