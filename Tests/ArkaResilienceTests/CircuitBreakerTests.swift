import Testing

@testable import ArkaResilience

@Suite struct CircuitBreakerTests {
    /// Makes a call and reports its end at once.
    private func call(
        _ breaker: inout CircuitBreaker, _ failure: FailureKind?, at now: Duration
    ) -> BreakerChange {
        guard case .admitted(let ticket) = breaker.admit(at: now) else {
            Issue.record("not let through at \(now)")
            return .none
        }
        return breaker.end(ticket, with: failure, at: now)
    }

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 0..<5 { _ = call(&breaker, .thrown, at: .zero) }
        return breaker
    }

    @Test func `from closed over open and half-open to closed`() {
        var breaker = opened()
        #expect(breaker.status(at: .zero) == .open)
        #expect(breaker.refusal(at: seconds(2)) == BreakerRefusal(probesIn: seconds(3)))
        #expect(breaker.status(at: seconds(5)) == .halfOpen)
        #expect(call(&breaker, nil, at: seconds(5)) == .closed)
        #expect(breaker.status(at: seconds(5)) == .closed)
        #expect(breaker.counters.opened == 1 && breaker.counters.closed == 1)
    }

    @Test func `the fifth failure in a row opens it, of whatever kind`() {
        var breaker = CircuitBreaker()
        let kinds: [FailureKind] = [.thrown, .timedOut, .workerDied, .unsuccessful]
        for kind in kinds { #expect(call(&breaker, kind, at: .zero) == .none) }
        #expect(call(&breaker, .timedOut, at: .zero) == .opened(for: seconds(5)))
        #expect(
            breaker.counters.failures == [
                .thrown: 1, .timedOut: 2, .workerDied: 1, .unsuccessful: 1,
            ])
    }

    @Test func `a success in between starts the row anew`() {
        var breaker = CircuitBreaker()
        for _ in 0..<3 {
            for _ in 0..<4 { #expect(call(&breaker, .thrown, at: .zero) == .none) }
            #expect(call(&breaker, nil, at: .zero) == .none)
        }
        // 12 of 15 failed, but fewer than 20 were made.
        #expect(breaker.isClosed)
    }

    @Test func `half of twenty calls within ten seconds open it, at a failure`() {
        var breaker = CircuitBreaker()
        for number in 0..<19 {
            let failure: FailureKind? = number % 2 == 0 ? .thrown : nil
            #expect(call(&breaker, failure, at: milliseconds(number * 100)) == .none)
        }
        // The twentieth makes it 10 of 20, but succeeds; the next one fails.
        #expect(call(&breaker, nil, at: seconds(2)) == .none)
        #expect(call(&breaker, .thrown, at: seconds(2)) == .opened(for: seconds(5)))
    }

    @Test func `what is older than the window does not count`() {
        var breaker = CircuitBreaker()
        for number in 0..<19 {
            _ = call(&breaker, number % 2 == 0 ? .thrown : nil, at: .zero)
        }
        for number in 0..<19 {
            let change = call(&breaker, number % 2 == 0 ? .thrown : nil, at: seconds(10))
            #expect(change == .none, "call \(number) after the window")
        }
    }

    @Test func `below half it stays closed however long it lasts`() {
        var breaker = CircuitBreaker()
        for number in 0..<1000 {
            let failure: FailureKind? = number % 5 < 2 ? .thrown : nil
            #expect(call(&breaker, failure, at: milliseconds(number * 37)) == .none)
        }
    }

    @Test func `open twice as long after each probe that fails, up to a minute, then anew`() {
        var breaker = opened()
        var now = Duration.zero
        for length in [5, 10, 20, 40, 60, 60] {
            #expect(breaker.refusal(at: now + seconds(length) - .nanoseconds(1)) != nil)
            now += seconds(length)
            let next = min(length * 2, 60)
            #expect(call(&breaker, .timedOut, at: now) == .opened(for: seconds(next)))
        }
        now += seconds(60)
        #expect(call(&breaker, nil, at: now) == .closed)
        for _ in 0..<4 { _ = call(&breaker, .thrown, at: now) }
        #expect(call(&breaker, .thrown, at: now) == .opened(for: seconds(5)))
    }

    @Test func `one probe is out, and everybody else is refused until it is decided`() throws {
        var breaker = opened()
        guard case .admitted(let probe) = breaker.admit(at: seconds(5)) else { throw Unexpected() }
        #expect(probe.isProbe)
        for second in [5, 6, 600] {
            #expect(breaker.admit(at: seconds(second)) == .refused(BreakerRefusal(probesIn: nil)))
        }
        #expect(breaker.end(probe, with: nil, at: seconds(600)) == .closed)
    }

    @Test func `an answer from before it opened neither closes nor opens it`() throws {
        var breaker = CircuitBreaker()
        guard case .admitted(let old) = breaker.admit(at: .zero),
            case .admitted(let older) = breaker.admit(at: .zero)
        else { throw Unexpected() }
        for _ in 0..<5 { _ = call(&breaker, .thrown, at: .zero) }
        guard case .admitted(let probe) = breaker.admit(at: seconds(5)) else { throw Unexpected() }
        #expect(breaker.end(old, with: nil, at: seconds(5)) == .none)
        #expect(breaker.end(older, with: .thrown, at: seconds(5)) == .none)
        #expect(breaker.refusal(at: seconds(5)) == BreakerRefusal(probesIn: nil))
        #expect(breaker.counters.late == 2)
        #expect(breaker.end(probe, with: nil, at: seconds(5)) == .closed)
    }

    @Test func `a probe that nobody wants any more makes room for the next`() throws {
        var breaker = opened()
        guard case .admitted(let probe) = breaker.admit(at: seconds(5)) else { throw Unexpected() }
        breaker.abandon(probe)
        guard case .admitted(let next) = breaker.admit(at: seconds(5)) else { throw Unexpected() }
        #expect(next.isProbe && next != probe)
        // The first one's answer arrives all the same, and is nobody's.
        #expect(breaker.end(probe, with: nil, at: seconds(6)) == .none)
        #expect(breaker.refusal(at: seconds(6)) != nil)
    }

    @Test func `one call that is always a probe can have any numbers`() {
        var breaker = CircuitBreaker(
            BreakerPolicy(
                consecutiveFailures: 1, failurePercent: 100, callsMin: 1, window: .seconds(1),
                open: .milliseconds(10), openMax: .milliseconds(10)))
        #expect(call(&breaker, .thrown, at: .zero) == .opened(for: milliseconds(10)))
        #expect(call(&breaker, .thrown, at: milliseconds(10)) == .opened(for: milliseconds(10)))
    }

    @Test func `numbers that cannot be are all named`() {
        let policy = BreakerPolicy(
            consecutiveFailures: 0, failurePercent: 101, callsMin: 0, window: .zero,
            open: .seconds(7200), openMax: .seconds(5))
        #expect(
            policy.problems.map(\.setting) == [
                "breaker.consecutive_failures", "breaker.failure_percent", "breaker.min_calls",
                "breaker.window", "breaker.open", "breaker.open_max",
            ])
        #expect(policy.problems.last?.expectation == "at least breaker.open")
        #expect(policy.problems[3].expectation == "between 1s and 10m")
        #expect(BreakerPolicy().problems == [])
    }
}
