/// Lets calls out at a bounded rate, with bounded bursts.
///
/// A token is worth as many credits as its period has attoseconds, and each attosecond that passes
/// brings as many credits as the period has tokens. All are whole numbers, so nothing is rounded:
/// after any time exactly as many tokens have come as the policy says, however it was asked meanwhile.
public struct TokenBucket: Sendable {
    /// What came of asking for a token.
    public enum Answer: Sendable, Hashable {
        /// It is taken.
        case taken
        /// There is none; the next comes in so long.
        case wait(Duration)
    }

    /// The numbers it goes by.
    public let policy: RateLimitPolicy
    private var credits: Int128
    private var countedUntil: Duration

    /// Makes a full bucket.
    /// - Precondition: `policy` has no ``RateLimitPolicy/problems``.
    public init(_ policy: RateLimitPolicy, at now: Duration) {
        precondition(policy.problems.isEmpty, "a rate limit is checked before it is made")
        self.policy = policy
        credits = Int128(policy.burst) * policy.period.attoseconds
        countedUntil = now
    }

    /// Takes a token if there is one.
    public mutating func take(at now: Duration) -> Answer {
        fill(until: now)
        let wait = waitForToken(at: now)
        guard wait == .zero else { return .wait(wait) }
        credits -= creditsOfToken
        return .taken
    }

    /// Time until there is a token; zero if there is one.
    public func waitForToken(at now: Duration) -> Duration {
        var filled = self
        filled.fill(until: now)
        let missing = filled.creditsOfToken - filled.credits
        guard missing > 0 else { return .zero }
        let rate = Int128(policy.tokensPerPeriod)
        // Rounded up to the attosecond: after that time the token is there, not nearly there.
        let due = filled.countedUntil + Duration(attoseconds: (missing + rate - 1) / rate)
        return max(.zero, due - now)
    }

    private var creditsOfToken: Int128 { policy.period.attoseconds }

    private var creditsMax: Int128 { Int128(policy.burst) * creditsOfToken }

    private mutating func fill(until now: Duration) {
        guard now > countedUntil else { return }
        let passed = (now - countedUntil).attoseconds
        let rate = Int128(policy.tokensPerPeriod)
        // Compared first, so that the product of a long time and a high rate cannot overflow.
        let isFull = passed >= (creditsMax - credits + rate - 1) / rate
        credits = isFull ? creditsMax : credits + passed * rate
        countedUntil = now
    }
}
