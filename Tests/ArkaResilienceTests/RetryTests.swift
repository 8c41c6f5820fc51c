import Testing

@testable import ArkaResilience

@Suite struct RetryTests {
    private func schedule(
        _ policy: RetryPolicy, _ failure: CallFailure = thrown, end: Duration? = nil,
        draw: UInt32 = 0
    ) -> (pauses: [Duration], reason: RetryPolicy.Reason) {
        var pauses: [Duration] = []
        var now = Duration.zero
        while true {
            let decision = policy.decide(
                afterAttempt: pauses.count + 1, failure: failure, end: end, at: now, draw: draw)
            switch decision {
            case .stop(let reason): return (pauses, reason)
            case .retry(let pause):
                pauses.append(pause)
                now += pause
            }
        }
    }

    @Test func `three attempts with one and two seconds between them, and none after the last`() {
        let (pauses, reason) = schedule(RetryPolicy())
        #expect(pauses == [seconds(1), seconds(2)])
        #expect(reason == .attemptsUsed)
    }

    @Test func `pauses double up to the longest one`() {
        let (pauses, _) = schedule(RetryPolicy(attemptsMax: 9))
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60].map(seconds))
        #expect(schedule(RetryPolicy(attemptsMax: 100)).pauses.count == 99)
    }

    @Test func `who is not retried gives up at once`() {
        let (pauses, reason) = schedule(.never)
        #expect(pauses == [])
        #expect(reason == .attemptsUsed)
    }

    // acceptance: X-9
    @Test func `the policy names which failures and which results are tried again`() {
        let refused = CallFailure(.unsuccessful, code: "rate_limited", message: "slow down")
        let denied = CallFailure(.unsuccessful, code: "denied", message: "no")
        let plain = CallFailure(.unsuccessful, message: "no")
        #expect(RetryPolicy().isRetried(denied))
        let policy = RetryPolicy(kinds: [.timedOut], codes: ["rate_limited"])
        #expect(policy.isRetried(refused))
        #expect(!policy.isRetried(denied) && !policy.isRetried(plain) && !policy.isRetried(thrown))
        #expect(policy.isRetried(CallFailure(.timedOut, message: "")))
        // The same code of a thrown error is no result's code.
        #expect(!policy.isRetried(CallFailure(.thrown, code: "rate_limited", message: "")))
        #expect(schedule(policy, denied).reason == .notRetried)
        #expect(schedule(policy, refused).pauses.count == 2)
    }

    @Test func `what stays as it is, is not tried again, whatever kind or code the policy names`() {
        let policy = RetryPolicy(codes: ["denied"])
        for kind in FailureKind.allCases {
            let denied = CallFailure(kind, code: "denied", message: "no", isRetryable: false)
            #expect(schedule(policy, denied).reason == .notRetried)
            #expect(schedule(policy, denied).pauses == [])
        }
        let refused = CallFailure(.inputRefused, message: "entity is missing", isRetryable: true)
        #expect(!refused.isRetryable && !policy.isRetried(refused))
    }

    @Test func `a pause that would end when nobody waits is not begun`() {
        let (pauses, reason) = schedule(RetryPolicy(attemptsMax: 9), end: seconds(7))
        #expect(pauses == [seconds(1), seconds(2)])
        #expect(reason == .noTimeLeft)
        let longer = schedule(RetryPolicy(attemptsMax: 9), end: seconds(7) + .nanoseconds(1))
        #expect(longer.pauses == [seconds(1), seconds(2), seconds(4)])
    }

    @Test func `jitter cuts pauses by at most its part, and only if asked for`() {
        let jittered = RetryPolicy(attemptsMax: 4, jitterPercent: 50)
        #expect(schedule(jittered, draw: 0).pauses == [1, 2, 4].map(seconds))
        #expect(schedule(jittered, draw: 1 << 31).pauses == [750, 1500, 3000].map(milliseconds))
        let least = schedule(jittered, draw: .max).pauses
        #expect(zip(least, [500, 1000, 2000]).allSatisfy { $0 > milliseconds($1) })
        #expect(schedule(RetryPolicy(attemptsMax: 4), draw: .max).pauses == [1, 2, 4].map(seconds))
    }

    @Test func `numbers that cannot be are all named`() {
        let policy = RetryPolicy(
            attemptsMax: 0, backOffFirst: .seconds(90), backOffMax: .seconds(60), jitterPercent: -1)
        #expect(
            policy.problems.map(\.setting) == [
                "max_retries", "back_off.jitter_percent", "back_off.max",
            ])
        #expect(RetryPolicy().problems == [] && RetryPolicy.never.problems == [])
    }
}
