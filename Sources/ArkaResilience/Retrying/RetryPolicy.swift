/// Whether, how often and after which pauses a call that failed is made again.
///
/// `1 s`, `2 s`, `4 s` … stand between attempts, and nothing after the last one: who has given up does
/// not wait. A failure that is not ``CallFailure/isRetryable`` is the last one under any policy.
public struct RetryPolicy: Sendable, Hashable {
    /// Attempts in all, the first included (`max_retries` in documents).
    public var attemptsMax: Int
    /// The pause after the first failure; each further one is twice as long.
    public var backOffFirst: Duration
    /// The longest pause.
    public var backOffMax: Duration
    /// By how many per cent a pause may be cut short at random, so that those who failed together do
    /// not all come back together; 0 for exact pauses.
    public var jitterPercent: Int
    /// Kinds of failure after which it is tried again. Leave out ``FailureKind/unsuccessful`` to ask
    /// only ``codes`` about results.
    public var kinds: Set<FailureKind>
    /// Codes of unsuccessful results after which it is tried again, whatever ``kinds`` says.
    public var codes: Set<String>

    /// Makes a policy.
    public init(
        attemptsMax: Int = ResilienceLimits.attemptsDefault,
        backOffFirst: Duration = ResilienceLimits.backOffFirst,
        backOffMax: Duration = ResilienceLimits.backOffMaxDefault, jitterPercent: Int = 0,
        kinds: Set<FailureKind> = Set(FailureKind.allCases), codes: Set<String> = []
    ) {
        self.attemptsMax = attemptsMax
        self.backOffFirst = backOffFirst
        self.backOffMax = backOffMax
        self.jitterPercent = jitterPercent
        self.kinds = kinds
        self.codes = codes
    }

    /// One attempt, whatever comes of it (`retry_on_failure: false`).
    public static let never = RetryPolicy(attemptsMax: 1)

    /// What of it cannot be; empty if all is well.
    public var problems: [SettingProblem] {
        var check = SettingCheck()
        check.require(attemptsMax, in: 1...ResilienceLimits.attemptsMax, "max_retries")
        check.require(backOffFirst, in: ResilienceLimits.backOffRange, "back_off.first")
        check.require(backOffMax, in: ResilienceLimits.backOffRange, "back_off.max")
        check.require(jitterPercent, in: 0...100, "back_off.jitter_percent")
        check.require(
            backOffFirst <= backOffMax, "back_off.max", expected: "at least back_off.first")
        return check.problems
    }
}
