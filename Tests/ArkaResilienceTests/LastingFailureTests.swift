import Testing

@testable import ArkaResilience

@Suite struct LastingFailureTests {
    private let refused = CallFailure(.inputRefused, message: "entity is missing")
    private let denied = CallFailure(.thrown, message: "HTTP error 401", isRetryable: false)

    private func bench(_ whenUnavailable: OutagePolicy = .decide) -> CallBench {
        CallBench {
            $0.retry = RetryPolicy()
            $0.breaker.consecutiveFailures = 2
            $0.whenUnavailable = whenUnavailable
            $0.batchItemsMax = 2
        }
    }

    @Test func `what stays as it is ends at once; what may pass is tried again`() {
        var bench = bench()
        bench.start(1, 1)
        bench.fail(denied)
        #expect(bench.end(of: 1) == .failed(denied, attempts: 1))
        bench.start(2, 2)
        bench.answer("well")
        bench.start(3, 3)
        bench.fail(thrown)
        bench.advance(by: seconds(1))
        #expect(bench.end(of: 3) == nil)
        #expect(bench.out[0].items.map(\.attempt) == [2])
    }

    @Test func `the breaker counts what the service refuses, and not the input refused before it`()
    {
        var bench = bench()
        for call in 1...5 {
            bench.start(call, call)
            bench.fail(refused)
            #expect(bench.end(of: call) == .failed(refused, attempts: 1))
        }
        #expect(bench.machine.breakerStatus(at: bench.now) == .closed)
        #expect(bench.machine.breakerCounters.failures == [:])
        #expect(bench.machine.breakerCounters.successes == 0)
        #expect(bench.machine.breakerCounters.abandoned == 5)
        for call in 6...7 {
            bench.start(call, call)
            bench.fail(denied)
        }
        #expect(bench.machine.breakerStatus(at: bench.now) == .open)
    }

    @Test func `refused input between failures does not end their row`() {
        var bench = bench()
        for (call, failure) in [denied, refused, denied].enumerated() {
            bench.start(call, call)
            bench.fail(failure)
        }
        #expect(bench.machine.breakerStatus(at: bench.now) == .open)
    }

    @Test func `a batch is what its items say that were not refused`() {
        var bench = bench()
        for (first, second) in [(1, 2), (3, 4)] {
            bench.start([(first, first), (second, second)])
            bench.end(.results([.failure(refused), .failure(denied)]))
        }
        #expect(bench.machine.breakerCounters.failures == [.thrown: 2])
        #expect(bench.machine.breakerStatus(at: bench.now) == .open)
        bench.advance(by: seconds(5))
        bench.start([(5, 5), (6, 6)])
        bench.end(.results([.failure(refused), .success("well", bytes: 4)]))
        #expect(bench.machine.breakerStatus(at: bench.now) == .closed)
    }

    @Test(arguments: OutagePolicy.allCases)
    func `a probe whose input is refused decides nothing; the next call is the probe`(
        _ whenUnavailable: OutagePolicy
    ) {
        var bench = bench(whenUnavailable)
        bench.start(1, 1)
        bench.fail(denied)
        bench.start(2, 2)
        bench.fail(denied)
        #expect(bench.machine.breakerStatus(at: bench.now) == .open)
        bench.advance(by: seconds(5))
        bench.start(3, 3)
        #expect(bench.out.map(\.isProbe) == [true])
        bench.fail(refused)
        // Held, it would be refused for ever.
        #expect(bench.end(of: 3) == .failed(refused, attempts: 1))
        #expect(bench.machine.breakerStatus(at: bench.now) == .halfOpen)
        bench.start(4, 4)
        #expect(bench.out.map(\.isProbe) == [true])
        bench.answer("well")
        #expect(bench.machine.breakerStatus(at: bench.now) == .closed)
    }
}
