import Testing

@testable import ArkaResilience

@Suite struct TokenBucketTests {
    @Test func `a burst goes at once, then one for each part of the period`() {
        var bucket = TokenBucket(
            RateLimitPolicy(tokensPerPeriod: 4, period: .seconds(1), burst: 3), at: .zero)
        for _ in 0..<3 { #expect(bucket.take(at: .zero) == .taken) }
        #expect(bucket.take(at: .zero) == .wait(milliseconds(250)))
        #expect(bucket.take(at: milliseconds(249)) == .wait(milliseconds(1)))
        #expect(bucket.take(at: milliseconds(250)) == .taken)
        #expect(bucket.take(at: milliseconds(250)) == .wait(milliseconds(250)))
    }

    @Test func `a long quiet time fills it to the burst, and no further`() {
        var bucket = TokenBucket(
            RateLimitPolicy(tokensPerPeriod: 1_000_000_000, period: .milliseconds(1), burst: 2),
            at: .zero)
        let century = Duration.seconds(100 * 365 * 86_400)
        #expect(bucket.take(at: century) == .taken)
        #expect(bucket.take(at: century) == .taken)
        #expect(bucket.take(at: century) != .taken)
    }

    /// A third of a token comes each second; asked ten times as often, in uneven steps, for half a day.
    @Test(arguments: seeds(3))
    func `nothing is rounded, however long and often it is asked`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bucket = TokenBucket(
            RateLimitPolicy(tokensPerPeriod: 1, period: .seconds(3), burst: 1), at: .zero)
        var now = Duration.zero
        var taken = 0
        while now < seconds(43_200) {
            if bucket.take(at: now) == .taken { taken += 1 }
            let step = Duration(attoseconds: Int128(random.number(1..<6_000_000_000)) * 100_000_007)
            // Never past the next token by more than nothing: so none is lost to the burst.
            let wait = bucket.waitForToken(at: now)
            now += wait == .zero ? step : min(step, wait)
        }
        #expect(taken == 43_200 / 3)
    }

    @Test func `after the wait it names the token is there, and a moment before it is not`() {
        var bucket = TokenBucket(
            RateLimitPolicy(tokensPerPeriod: 7, period: .seconds(1), burst: 1), at: .zero)
        #expect(bucket.take(at: .zero) == .taken)
        let wait = bucket.waitForToken(at: .zero)
        var early = bucket
        #expect(early.take(at: wait - Duration(attoseconds: 1)) != .taken)
        #expect(bucket.take(at: wait) == .taken)
    }

    @Test func `a time that goes back brings nothing`() {
        var bucket = TokenBucket(RateLimitPolicy(tokensPerPeriod: 1, burst: 1), at: seconds(10))
        #expect(bucket.take(at: seconds(10)) == .taken)
        #expect(bucket.take(at: seconds(5)) == .wait(seconds(6)))
        #expect(bucket.take(at: seconds(11)) == .taken)
    }

    @Test func `numbers that cannot be are all named`() {
        let policy = RateLimitPolicy(tokensPerPeriod: 0, period: .zero, burst: 0)
        #expect(
            policy.problems.map(\.setting) == [
                "rate_limit.calls", "rate_limit.per", "rate_limit.burst",
            ])
    }
}
