extension RetryPolicy {
    /// What to do after an attempt that failed.
    public enum Decision: Sendable, Hashable {
        /// Try again after a pause.
        case retry(after: Duration)
        /// Give up, at once.
        case stop(Reason)
    }

    /// Why a call is not tried again.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// That was the last attempt.
        case attemptsUsed = "attempts"
        /// The policy does not name this outcome, or the function says that trying again is no use.
        case notRetried = "not_retried"
        /// The pause would end when nobody waits any more.
        case noTimeLeft = "no_time"
    }

    /// Decides what to do after an attempt that failed.
    /// - Parameters:
    ///   - attempt: Which one it was, from 1.
    ///   - failure: How it failed.
    ///   - end: When nobody waits for an answer any more; `nil` for never.
    ///   - now: When it failed.
    ///   - draw: 32 random bits for the jitter.
    public func decide(
        afterAttempt attempt: Int, failure: CallFailure, end: Duration?, at now: Duration,
        draw: UInt32 = 0
    ) -> Decision {
        precondition(attempt >= 1, "attempts are counted from 1")
        guard isRetried(failure) else { return .stop(.notRetried) }
        guard attempt < attemptsMax else { return .stop(.attemptsUsed) }
        let pause = pause(afterAttempt: attempt, draw: draw)
        if let end, now + pause >= end { return .stop(.noTimeLeft) }
        return .retry(after: pause)
    }

    /// Whether this failure is one after which it is tried again: the policy names it, and the function
    /// does not say that it stays as it is.
    public func isRetried(_ failure: CallFailure) -> Bool {
        guard failure.isRetryable else { return false }
        if kinds.contains(failure.kind) { return true }
        guard failure.kind == .unsuccessful, let code = failure.code else { return false }
        return codes.contains(code)
    }

    /// The pause after an attempt: doubled each time, capped, then cut short by the jitter.
    func pause(afterAttempt attempt: Int, draw: UInt32) -> Duration {
        // 2^32 of the shortest pauses is beyond the longest cap; more doublings only risk overflow.
        let doublings = min(attempt - 1, 32)
        let pause = min(backOffFirst * (1 << doublings), backOffMax)
        let cut = (pause.attoseconds * Int128(jitterPercent) / 100 * Int128(draw)) >> 32
        return Duration(attoseconds: pause.attoseconds - cut)
    }
}
