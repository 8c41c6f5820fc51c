import Testing

@testable import ArkaResilience

/// Goal: no order of calls, answers and time lets two probes out, or has it do other than it says.
/// Method: every sequence of events up to a length, and long random ones, beside ``BreakerModel``.
@Suite struct CircuitBreakerExhaustiveTests {
    enum Event: CaseIterable {
        case start, success, failure, step, abandon
    }

    /// Numbers so small that eight events go all the way round.
    private static let small = BreakerPolicy(
        consecutiveFailures: 2, failurePercent: 50, callsMin: 3, window: .seconds(3),
        open: .seconds(1), openMax: .seconds(4))

    @Test(arguments: [true, false])
    func `every sequence of eight starts, successes, failures and steps of time`(
        oldestFirst: Bool
    ) {
        var count = 0
        var run = BreakerRun(Self.small, oldestFirst: oldestFirst)
        run.explore([.start, .success, .failure, .step], depth: 8, count: &count)
        #expect(count == (1...8).reduce(0) { sum, depth in sum + Int(1) << (2 * depth) })
        #expect(BreakerStatus.allCases.allSatisfy { run.seen.contains($0) })
    }

    @Test(arguments: [true, false])
    func `every sequence of eight with calls given back`(oldestFirst: Bool) {
        var count = 0
        var run = BreakerRun(Self.small, oldestFirst: oldestFirst)
        run.explore(Event.allCases, depth: 8, count: &count)
        // 5 + 5² + … + 5⁸
        #expect(count == 488_280)
        #expect(BreakerStatus.allCases.allSatisfy { run.seen.contains($0) })
    }

    @Test(arguments: [true, false])
    func `every sequence of seven after it opened with answers still out`(oldestFirst: Bool) {
        var count = 0
        var run = BreakerRun(Self.small, oldestFirst: oldestFirst)
        for event in [Event.start, .start, .start, .start, .failure, .failure, .step, .start] {
            run.happen(event)
        }
        #expect(run.breaker.status(at: run.now) == .halfOpen)
        #expect(run.out.count == 3)
        run.explore([.start, .success, .failure, .step], depth: 7, count: &count)
        #expect(BreakerStatus.allCases.allSatisfy { run.seen.contains($0) })
    }

    @Test(arguments: seeds(60))
    func `a thousand random events with the default numbers`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var run = BreakerRun(BreakerPolicy(), oldestFirst: random.once(in: 2))
        let failsOnceIn = random.number(1..<5)
        for _ in 0..<1000 {
            run.stepLength = milliseconds(random.number(1..<3000))
            switch random.number(0..<10) {
            case 0..<4: run.happen(.start)
            case 4..<8: run.happen(random.once(in: failsOnceIn) ? .failure : .success)
            case 8: run.happen(.step)
            default: run.happen(random.once(in: 4) ? .abandon : .step)
            }
        }
    }
}

/// A breaker, its model, and the calls that are out.
struct BreakerRun {
    struct Call {
        let number: Int
        let ticket: BreakerTicket
    }

    var breaker: CircuitBreaker
    var model: BreakerModel
    let oldestFirst: Bool
    var out: [Call] = []
    var now = Duration.zero
    var stepLength = Duration.seconds(1)
    var seen: Set<BreakerStatus> = []
    private var numberNext = 0

    init(_ policy: BreakerPolicy, oldestFirst: Bool) {
        breaker = CircuitBreaker(policy)
        model = BreakerModel(policy)
        self.oldestFirst = oldestFirst
    }

    /// Tries all continuations of a length.
    mutating func explore(
        _ events: [CircuitBreakerExhaustiveTests.Event], depth: Int, count: inout Int
    ) {
        guard depth > 0 else { return }
        for event in events {
            var next = self
            next.happen(event)
            count += 1
            next.explore(events, depth: depth - 1, count: &count)
            seen.formUnion(next.seen)
        }
    }

    mutating func happen(_ event: CircuitBreakerExhaustiveTests.Event) {
        switch event {
        case .start: start()
        case .success: end(failed: false)
        case .failure: end(failed: true)
        case .step: now += stepLength
        case .abandon: abandon()
        }
        let status = breaker.status(at: now)
        seen.insert(status)
        if status != model.status(at: now) { Issue.record("\(status), not as the model") }
    }

    private mutating func start() {
        let isClosed = breaker.isClosed
        let refusal = breaker.refusal(at: now)
        let number = numberNext
        numberNext += 1
        let isExpected = model.admits(number, at: now)
        switch breaker.admit(at: now) {
        case .refused(let said):
            if isExpected || said != refusal { Issue.record("refused, against the model") }
        case .admitted(let ticket):
            if !isExpected || refusal != nil { Issue.record("admitted, against the model") }
            if ticket.isProbe == isClosed { Issue.record("a probe goes out when it is not closed") }
            if ticket.isProbe, out.contains(where: isLiveProbe) { Issue.record("two probes") }
            out.append(Call(number: number, ticket: ticket))
        }
    }

    private func isLiveProbe(_ call: Call) -> Bool {
        call.ticket.isProbe && model.current.contains(call.number)
    }

    private mutating func takeOut() -> Call? {
        out.isEmpty ? nil : oldestFirst ? out.removeFirst() : out.removeLast()
    }

    private mutating func end(failed: Bool) {
        guard let call = takeOut() else { return }
        let isLate = !model.current.contains(call.number)
        let before = (breaker.state, breaker.counters.late)
        let change = breaker.end(call.ticket, with: failed ? .thrown : nil, at: now)
        model.end(call.number, failed: failed, at: now)
        if isLate, change != .none || breaker.state != before.0 {
            Issue.record("a late answer changes something")
        }
        if breaker.counters.late != before.1 + (isLate ? 1 : 0) {
            Issue.record("late answers are counted")
        }
    }

    private mutating func abandon() {
        guard let call = takeOut() else { return }
        breaker.abandon(call.ticket)
        model.abandon(call.number)
    }
}
