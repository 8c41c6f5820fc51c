import ArkaModel
import Testing

@testable import ArkaResilience

@Suite struct CallMachineTests {
    @Test func `an answer is kept and given with its age, without another call`() {
        var bench = CallBench { $0.cacheTTL = .seconds(60) }
        bench.start(1, 7)
        bench.answer("no match")
        #expect(bench.end(of: 1) == .answered("no match", .plugin(attempts: 1, isShared: false)))
        bench.advance(by: seconds(20))
        bench.start(2, 7)
        let cached = CallSource.cache(age: seconds(20), timeLeft: seconds(40))
        #expect(bench.end(of: 2) == .answered("no match", cached))
        #expect(bench.machine.counters.dispatches == 1)
        bench.advance(by: seconds(40))
        bench.start(3, 7)
        #expect(bench.out.count == 1)
    }

    @Test func `an empty answer is kept like any other`() {
        var bench = CallBench { $0.cacheTTL = .seconds(60) }
        bench.start(1, 7)
        bench.answer("")
        bench.start(2, 7)
        #expect(bench.end(of: 2)?.word == "cached")
    }

    @Test func `only successes are kept`() {
        var bench = CallBench { $0.cacheTTL = .seconds(60) }
        bench.start(1, 7)
        bench.end(.results([.failure(CallFailure(.unsuccessful, message: "no"))]))
        #expect(bench.end(of: 1)?.unknownCause == .callFailed)
        bench.start(2, 7)
        #expect(bench.out.count == 1)
        #expect(bench.machine.cacheCounters.stored == 0)
    }

    @Test func `without a time to keep answers nothing is kept`() {
        var bench = CallBench()
        bench.start(1, 7)
        bench.answer("yes")
        bench.start(2, 7)
        #expect(bench.out.count == 1)
    }

    @Test func `equal calls share one, and each gets its result or its failure`() {
        var bench = CallBench()
        bench.start([(1, 7), (2, 7), (3, 8)])
        #expect(bench.out.map { $0.items.count } == [1, 1])
        bench.start(4, 7)
        bench.answer("seven")
        bench.fail()
        let shared = CallOutcome.answered("seven", .plugin(attempts: 1, isShared: true))
        #expect(bench.end(of: 1) == shared && bench.end(of: 2) == shared)
        #expect(bench.end(of: 4) == shared)
        #expect(bench.end(of: 3) == .failed(thrown, attempts: 1))
        #expect(bench.machine.counters.shared == 2)
    }

    @Test func `calls with effects are never shared`() {
        var bench = CallBench { $0.sharesEqualCalls = false }
        bench.start([(1, 7), (2, 7)])
        #expect(bench.out.count == 2)
    }

    @Test func `a batch form gets one call for many rows, and each row its own result`() {
        var bench = CallBench { $0.batchItemsMax = 3 }
        bench.start([(1, 1), (2, 2), (3, 1), (4, 3), (5, 4)])
        #expect(bench.out.map { $0.items.map(\.call.number) } == [[1, 2, 4], [5]])
        bench.end(
            .results([
                .success("one", bytes: 3), .failure(thrown), .success("three", bytes: 5),
            ]))
        #expect(bench.end(of: 3) == .answered("one", .plugin(attempts: 1, isShared: true)))
        #expect(bench.end(of: 2) == .failed(thrown, attempts: 1))
        #expect(bench.end(of: 4) == .answered("three", .plugin(attempts: 1, isShared: false)))
        #expect(bench.machine.breakerCounters.failures == [:])
        #expect(bench.machine.counters.dispatches == 2 && bench.machine.counters.items == 4)
    }

    @Test func `while all places are taken the line grows into fuller batches`() {
        var bench = CallBench {
            $0.batchItemsMax = 10
            $0.bulkhead.concurrentMax = 1
        }
        for call in 1...4 { bench.start(call, call) }
        #expect(bench.out.map { $0.items.count } == [1])
        bench.answer("one")
        #expect(bench.out.map { $0.items.count } == [3])
    }

    @Test func `a call that takes too long is cancelled, and its late answer dropped`() {
        var bench = CallBench {
            $0.limits.function = .seconds(2)
            $0.cacheTTL = .seconds(60)
            $0.bulkhead.concurrentMax = 1
        }
        bench.start(1, 7)
        let id = bench.out[0].id
        bench.advance(by: milliseconds(1999))
        #expect(bench.end(of: 1) == nil && bench.machine.nextWake == seconds(2))
        bench.advance(by: milliseconds(1))
        #expect(bench.end(of: 1)?.unknownCause == .timedOut)
        #expect(
            bench.end(of: 1)?.errorText(function: "plugin.kyc.check")
                == "no answer from plugin.kyc.check within 2s, the function's own limit; "
                + "raise `timeout` where it is declared")
        #expect(bench.cancelled == [id])
        // Its place is free when it has really ended, not before.
        bench.start(2, 7)
        #expect(bench.out.count == 1)
        bench.answer("late")
        #expect(bench.machine.counters.late == 1)
        #expect(bench.end(of: 2) == nil && bench.out.count == 1)
        #expect(bench.machine.cacheCounters.stored == 0)
    }

    @Test func `an answer at the deadline is late, even if no timer was faster`() {
        var bench = CallBench { $0.limits.function = .seconds(2) }
        bench.start(1, 7)
        bench.now = seconds(2)
        bench.answer("late")
        #expect(bench.end(of: 1)?.unknownCause == .timedOut)
    }

    @Test func `a spent budget ends a call wherever it is`() {
        var bench = CallBench { $0.bulkhead.concurrentMax = 1 }
        bench.start(1, 1, budget: seconds(1))
        bench.start(2, 2, budget: seconds(1))
        #expect(bench.out[0].deadline.origin == .budget)
        bench.advance(by: seconds(1))
        #expect(bench.end(of: 1)?.unknownCause == .budgetSpent)
        #expect(bench.end(of: 1)?.word == "timeout")
        #expect(bench.end(of: 2) == .skipped(.budgetSpent))
        #expect(bench.cancelled.count == 1)
        bench.start(3, 3, budget: .zero)
        #expect(bench.end(of: 3) == .skipped(.budgetSpent))
        #expect(bench.machine.pendingCount == 0)
    }

    @Test func `who shares a call and has more time waits on`() {
        var bench = CallBench()
        bench.start(1, 7, budget: seconds(1))
        bench.start(2, 7, budget: seconds(3))
        bench.advance(by: seconds(1))
        #expect(bench.end(of: 1)?.unknownCause == .budgetSpent)
        #expect(bench.cancelled == [])
        bench.answer("in time")
        #expect(bench.end(of: 2)?.word == "answered")
    }

    @Test func `cancelling one does not cancel the others, cancelling the last does`() {
        var bench = CallBench()
        bench.start([(1, 7), (2, 7)])
        bench.cancel(1)
        #expect(bench.cancelled == [])
        bench.cancel(2)
        #expect(bench.cancelled == [bench.out[0].id])
        bench.answer("too late")
        #expect(bench.ends.isEmpty)
        #expect(bench.machine.breakerCounters.abandoned == 1)
    }

    @Test func `a call that fails is tried again after one and two seconds`() {
        var bench = CallBench { $0.retry = RetryPolicy() }
        bench.start(1, 7)
        bench.fail()
        #expect(bench.machine.nextWake == seconds(1))
        bench.advance(by: seconds(1))
        bench.fail()
        #expect(bench.machine.nextWake == seconds(3))
        bench.advance(by: seconds(2))
        #expect(bench.out[0].items[0].attempt == 3)
        bench.answer("at last")
        #expect(bench.end(of: 1) == .answered("at last", .plugin(attempts: 3, isShared: false)))
    }

    @Test func `the last failure is told at once, without a pause`() {
        var bench = CallBench { $0.retry = RetryPolicy(attemptsMax: 2) }
        bench.start(1, 7)
        bench.fail()
        bench.advance(by: seconds(1))
        let last = CallFailure(.unsuccessful, message: "mailbox full")
        bench.end(.results([.failure(last)]))
        #expect(bench.end(of: 1) == .failed(last, attempts: 2))
        #expect(bench.machine.nextWake == nil)
    }

    @Test func `no attempt is begun that nobody would wait for`() {
        var bench = CallBench { $0.retry = RetryPolicy() }
        bench.start(1, 7, budget: seconds(1))
        bench.fail()
        #expect(bench.end(of: 1) == .failed(thrown, attempts: 1))
    }

    @Test func `an open breaker ends calls at once, those in the line included`() {
        var bench = CallBench {
            $0.breaker.consecutiveFailures = 1
            $0.bulkhead.concurrentMax = 1
        }
        bench.start(1, 1)
        bench.start(2, 2)
        bench.fail()
        #expect(bench.end(of: 1) == .failed(thrown, attempts: 1))
        #expect(bench.end(of: 2) == .open(BreakerRefusal(probesIn: seconds(5))))
        bench.advance(by: seconds(2))
        bench.start(3, 3)
        #expect(bench.end(of: 3) == .open(BreakerRefusal(probesIn: seconds(3))))
        #expect(bench.machine.breakerStatus(at: bench.now) == .open)
    }

    @Test func `half-open one call goes out, and closes it for all`() {
        var bench = CallBench { $0.breaker.consecutiveFailures = 1 }
        bench.start(1, 1)
        bench.fail()
        bench.advance(by: seconds(5))
        bench.start([(2, 2), (3, 3)])
        #expect(bench.out.count == 1 && bench.out[0].isProbe)
        #expect(bench.end(of: 3) == .open(BreakerRefusal(probesIn: nil)))
        bench.start(4, 4)
        #expect(bench.end(of: 4)?.word == "open")
        bench.answer("two")
        bench.start([(5, 5), (6, 6)])
        #expect(bench.out.count == 2 && !bench.out[0].isProbe)
    }

    @Test func `answers are given from the cache while the breaker is open`() {
        var bench = CallBench {
            $0.breaker.consecutiveFailures = 1
            $0.cacheTTL = .seconds(60)
        }
        bench.start(1, 1)
        bench.answer("kept")
        bench.start(2, 2)
        bench.fail()
        bench.start(3, 1)
        #expect(bench.end(of: 3)?.word == "cached")
    }

    @Test func `a hung function opens the breaker though the budget is the shorter limit`() {
        var bench = CallBench()
        for call in 1...5 { bench.start(call, call, budget: seconds(1)) }
        bench.advance(by: seconds(1))
        #expect(bench.machine.breakerStatus(at: bench.now) == .open)
        #expect(bench.machine.breakerCounters.failures == [.timedOut: 5])
    }

    @Test func `attempts that had next to no time say nothing of the function`() {
        var bench = CallBench()
        for call in 1...9 { bench.start(call, call, budget: milliseconds(99)) }
        bench.advance(by: milliseconds(99))
        #expect(bench.machine.breakerStatus(at: bench.now) == .closed)
        #expect(bench.machine.breakerCounters.abandoned == 9)
    }

    @Test(arguments: [(500, BreakerStatus.open), (501, .closed)])
    func `attempts that stood in the line for longer say more of the line`(
        waited: Int, breaker: BreakerStatus
    ) {
        var bench = CallBench {
            $0.bulkhead.concurrentMax = 6
            $0.breaker.consecutiveFailures = 6
        }
        for call in 1...6 { bench.start(call, call) }
        for call in 7...12 { bench.start(call, call, budget: seconds(1)) }
        bench.advance(by: milliseconds(waited))
        for _ in 1...6 { bench.answer("yes") }
        #expect(bench.out.count == 6)
        bench.advance(by: milliseconds(1000 - waited))
        #expect(bench.machine.breakerStatus(at: bench.now) == breaker)
        #expect(bench.end(of: 7)?.unknownCause == .budgetSpent)
    }

    @Test func `a worker's death fails what it had and counts once`() {
        var bench = CallBench { $0.batchItemsMax = 8 }
        bench.start([(1, 1), (2, 2)])
        bench.fail(CallFailure(.workerDied, message: "worker ended with signal 9"))
        #expect(bench.end(of: 1)?.unknownCause == .callFailed)
        #expect(bench.end(of: 2)?.unknownCause == .callFailed)
        #expect(bench.machine.breakerCounters.failures == [.workerDied: 1])
    }

    @Test func `who finds the line full is skipped`() {
        var bench = CallBench { $0.bulkhead = BulkheadPolicy(concurrentMax: 1, waitingMax: 1) }
        for call in 1...3 { bench.start(call, call) }
        #expect(bench.end(of: 3) == .skipped(.tooManyWaiting))
        #expect(bench.machine.pendingCount == 2)
    }

    @Test func `a rate limit spaces calls, and says when the next goes`() {
        var bench = CallBench {
            $0.rateLimit = RateLimitPolicy(tokensPerPeriod: 4, period: .seconds(1), burst: 1)
        }
        bench.start([(1, 1), (2, 2), (3, 3)])
        #expect(bench.out.count == 1)
        #expect(bench.machine.nextWake == milliseconds(250))
        bench.advance(by: milliseconds(250))
        #expect(bench.out.count == 2)
    }

    @Test func `with hold calls wait for the end of an outage instead of ending unknown`() {
        var bench = CallBench {
            $0.breaker.consecutiveFailures = 1
            $0.whenUnavailable = .hold
        }
        bench.start(1, 1, budget: seconds(1))
        bench.fail()
        #expect(bench.end(of: 1) == nil)
        #expect(bench.machine.stopsReading(at: bench.now))
        bench.start(2, 2, budget: seconds(1))
        for length in [5, 10, 20, 40, 60, 60, 60] {
            #expect(bench.machine.nextWake == bench.now + seconds(length))
            bench.advance(by: seconds(length))
            #expect(bench.out.count == 1 && bench.out[0].isProbe)
            bench.fail()
        }
        bench.advance(by: seconds(60))
        bench.answer("back")
        bench.answer("back")
        #expect(!bench.machine.stopsReading(at: bench.now))
        #expect([1, 2].allSatisfy { bench.end(of: $0)?.word == "answered" })
        #expect(bench.end(of: 1)?.attempts ?? 0 > 3)
    }

    @Test(arguments: [false, true])
    func `with hold one call that always fails does not stop the lane for ever`(
        _ timesOut: Bool
    ) {
        var bench = CallBench {
            $0.whenUnavailable = .hold
            $0.retry.attemptsMax = 8
        }
        func failAgain() {
            if timesOut { bench.advance(by: seconds(30)) }
            bench.fail()
        }
        bench.start(1, 1, budget: seconds(1))
        while bench.machine.breakerStatus(at: bench.now) == .closed {
            if bench.out.isEmpty { bench.advance(by: seconds(1)) } else { failAgain() }
        }
        #expect(bench.end(of: 1) == nil)
        #expect(bench.machine.stopsReading(at: bench.now), "it has not been the probe yet")
        bench.advance(by: seconds(5))
        #expect(bench.out.count == 1 && bench.out[0].isProbe)
        failAgain()
        #expect(!bench.machine.stopsReading(at: bench.now), "nothing is left to try")
        // What comes next is tried in its turn, and shows that the function works.
        bench.start(2, 2)
        #expect(bench.machine.stopsReading(at: bench.now))
        while bench.end(of: 2) == nil {
            bench.advance(by: seconds(5))
            if bench.out.first?.items.first?.call == CallID(2) {
                bench.answer("back")
            } else if !bench.out.isEmpty {
                failAgain()
            }
        }
        #expect(bench.end(of: 2)?.word == "answered")
        #expect(!bench.machine.stopsReading(at: bench.now))
        if !bench.out.isEmpty { failAgain() }
        #expect(bench.end(of: 1) != nil, "it has had its attempts")
        #expect(bench.machine.pendingCount == 0)
    }

    @Test func `with hold and nobody left to probe the lane reads on`() {
        var bench = CallBench {
            $0.breaker.consecutiveFailures = 1
            $0.whenUnavailable = .hold
        }
        bench.start(1, 1)
        bench.fail()
        bench.cancel(1)
        #expect(!bench.machine.stopsReading(at: bench.now))
        #expect(bench.machine.nextWake == nil)
    }

    @Test func `numbers that cannot be are all named`() {
        var policy = CallPolicy(function: "plugin.a.b")
        #expect(policy.problems == [])
        policy.cacheTTL = .seconds(-1)
        policy.batchItemsMax = 0
        policy.sharesEqualCalls = false
        policy.cache.entriesMax = 0
        policy.retry.attemptsMax = 0
        policy.limits.function = .zero
        policy.rateLimit = RateLimitPolicy(tokensPerPeriod: 0, burst: 1)
        #expect(
            policy.problems.map(\.setting) == [
                "cache_ttl", "batch.max_items", "cache_ttl", "cache.max_entries",
                "rate_limit.calls",
                "timeout", "max_retries",
            ])
    }
}
