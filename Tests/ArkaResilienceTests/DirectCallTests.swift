import Testing

@testable import ArkaResilience

/// Goal: a call that goes directly ends in every way as one that goes through the line.
/// Method: the same events go to two machines, one of which sees all calls as direct ones; what ends,
/// how, what is counted and what is kept must agree after each.
@Suite struct DirectCallTests {
    private static func policy(_ random: inout SeededGenerator) -> CallPolicy {
        var policy = CallPolicy(function: "plugin.kyc.check")
        policy.answersAtOnce = true
        policy.batchItemsMax = 4
        policy.cacheTTL = random.once(in: 2) ? .seconds(3) : .zero
        policy.limits.function = .milliseconds(random.number(100..<400))
        policy.breaker.consecutiveFailures = random.number(1..<4)
        policy.breaker.open = .milliseconds(random.number(10..<800))
        policy.bulkhead.unit = random.once(in: 2) ? .items : .batches
        return policy
    }

    @Test(arguments: seeds(300))
    func `a direct call ends as one that goes through the line`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let policy = Self.policy(&random)
        #expect(policy.allowsDirectCalls)
        var (line, direct) = (CallBench(policy), CallBench(policy))
        var nextCall = 0
        for _ in 0..<40 {
            let step = Duration.milliseconds(random.number(0..<300))
            line.advance(by: step)
            direct.now += step
            let unit = Unit(first: nextCall, count: random.number(1..<5), &random)
            nextCall += unit.questions.count
            let expected = line.callInLine(unit)
            let found = direct.callDirectly(unit)
            #expect(found == expected)
            #expect(direct.machine.counters == line.machine.counters)
            #expect(direct.machine.breakerCounters == line.machine.breakerCounters)
            #expect(direct.machine.cacheCounters == line.machine.cacheCounters)
            let status = line.machine.breakerStatus(at: line.now)
            #expect(direct.machine.breakerStatus(at: direct.now) == status)
            #expect(direct.machine.outCount == 0 && direct.machine.pendingCount == 0)
            guard found == expected else { return }
        }
    }

    @Test func `one for which there is no place starts nothing, and goes when there is one`() {
        var bench = bench { $0.bulkhead.concurrentMax = 1 }
        let first = bench.begin(1)
        guard case .mustWait = bench.machine.beginDirect(1, at: bench.now) else {
            Issue.record("the only place is taken")
            return
        }
        #expect(bench.machine.counters.started == 1)
        bench.start(7, 7)
        #expect(bench.out.isEmpty)
        #expect(bench.machine.stopsReading(at: bench.now), "one waits in the line")
        #expect(bench.end(first, [.success("a", bytes: 1)]).map(\.word) == ["answered"])
        #expect(bench.out.map { $0.items.map(\.call) } == [[CallID(7)]])
    }

    @Test func `nobody goes past those who stand in the line`() {
        var bench = bench {
            $0.bulkhead.concurrentMax = 2
            $0.bulkhead.unit = .items
        }
        let first = bench.begin(2)
        bench.start([(7, 7), (8, 8)])
        #expect(bench.end(first, [.success("a", bytes: 1), .failure(thrown)]).count == 2)
        // Both places are taken by those who stood there.
        guard case .mustWait = bench.machine.beginDirect(1, at: bench.now) else {
            Issue.record("no place is free")
            return
        }
        #expect(bench.out.count == 1)
    }

    @Test func `one that opens the breaker dismisses those who stand in the line`() {
        var bench = bench {
            $0.bulkhead.concurrentMax = 1
            $0.breaker.consecutiveFailures = 1
        }
        let first = bench.begin(1)
        bench.start(7, 7)
        #expect(bench.end(first, [.failure(thrown)]).map(\.word) == ["failed"])
        #expect(bench.end(of: 7)?.word == "open")
        guard case .refused = bench.machine.beginDirect(1, at: bench.now) else {
            Issue.record("the breaker is open")
            return
        }
    }

    @Test func `half-open, one direct call is the probe and others are refused`() {
        var bench = bench {
            $0.breaker.consecutiveFailures = 1
            $0.breaker.open = .seconds(5)
        }
        let first = bench.begin(1)
        _ = bench.end(first, [.failure(thrown)])
        bench.now += .seconds(5)
        let probe = bench.begin(1)
        guard case .refused = bench.machine.beginDirect(1, at: bench.now) else {
            Issue.record("two probes")
            return
        }
        _ = bench.end(probe, [.success("a", bytes: 1)])
        #expect(bench.machine.breakerStatus(at: bench.now) == .closed)
    }

    @Test
    func `what may have to wait for better times, a token or another attempt is never direct`() {
        var policy = CallPolicy(function: "plugin.kyc.check")
        #expect(!policy.allowsDirectCalls, "it does not answer at once")
        policy.answersAtOnce = true
        #expect(policy.allowsDirectCalls)
        for change in [
            { $0.whenUnavailable = .hold }, { $0.retry.attemptsMax = 2 },
            { $0.rateLimit = RateLimitPolicy(tokensPerPeriod: 1, burst: 1) },
        ] as [(inout CallPolicy) -> Void] {
            var other = policy
            change(&other)
            #expect(!other.allowsDirectCalls)
        }
    }

    private func bench(_ change: (inout CallPolicy) -> Void) -> CallBench {
        CallBench {
            $0.answersAtOnce = true
            $0.batchItemsMax = 4
            change(&$0)
        }
    }
}

/// Questions that are asked together, and what comes of them.
private struct Unit {
    let questions: [(call: Int, question: Int)]
    /// From now; one per question.
    let budgets: [Duration?]
    /// How long the function takes.
    let time: Duration
    /// A result for each question, some of which the cache answers.
    private let results: [CallResult<String>]
    private let failsWhole: Bool

    init(first: Int, count: Int, _ random: inout SeededGenerator) {
        questions = (0..<count).map { (first + $0, random.number(0..<6) * 10 + $0) }
        budgets = questions.map { _ in
            random.once(in: 2) ? nil : .milliseconds(random.number(1..<500))
        }
        time = random.once(in: 3) ? .milliseconds(random.number(0..<500)) : .zero
        failsWhole = random.once(in: 5)
        results = questions.map { call, _ in
            switch random.number(0..<4) {
            case 0: .failure(thrown)
            case 1: .failure(CallFailure(.inputRefused, message: "no name"))
            default: .success("answer \(call)", bytes: 8)
            }
        }
    }

    func result(of asked: [Int]) -> DispatchResult<String> {
        failsWhole ? .failed(thrown) : .results(asked.map { results[$0] })
    }
}

extension CallBench {
    fileprivate init(_ policy: CallPolicy) {
        self.init { $0 = policy }
    }

    /// Asks through the line, and returns how each question ended.
    fileprivate mutating func callInLine(_ unit: Unit) -> [CallOutcome<String>?] {
        for (index, (call, question)) in unit.questions.enumerated() {
            let started = machine.start(
                CallID(UInt64(call)), key: key(question),
                budgetEnd: unit.budgets[index].map { now + $0 }, at: now)
            if case .ended(let outcome) = started { ends[CallID(UInt64(call))] = outcome }
        }
        advance()
        now += unit.time
        if let dispatch = out.first {
            let asked = dispatch.items.map { item in
                unit.questions.firstIndex { CallID(UInt64($0.call)) == item.call } ?? -1
            }
            end(unit.result(of: asked))
        }
        return unit.questions.map { end(of: $0.call) }
    }

    /// Asks directly, and returns how each question ended.
    fileprivate mutating func callDirectly(_ unit: Unit) -> [CallOutcome<String>?] {
        var ended: [CallOutcome<String>?] = unit.questions.map { _ in nil }
        var asked: [Int] = []
        for (index, (_, question)) in unit.questions.enumerated() {
            if let hit = machine.answerFromCache(key(question), at: now) {
                let source = CallSource.cache(age: hit.age, timeLeft: hit.timeLeft)
                ended[index] = .answered(hit.value, source)
            } else {
                asked.append(index)
            }
        }
        let start = now
        defer { now = start + unit.time }
        guard !asked.isEmpty else { return ended }
        switch machine.beginDirect(asked.count, at: now) {
        case .mustWait: break
        case .refused(let refusal): for index in asked { ended[index] = .open(refusal) }
        case .admitted(let call):
            let keeps = machine.policy.cacheTTL > .zero
            var actions: [CallAction<String>] = []
            let outcomes = machine.endDirect(
                call, with: unit.result(of: asked),
                keys: keeps ? asked.map { key(unit.questions[$0].question) } : [],
                budgetEnds: asked.map { index in unit.budgets[index].map { start + $0 } },
                at: start + unit.time, into: &actions)
            precondition(actions.isEmpty, "nobody stands in the line")
            for (index, outcome) in zip(asked, outcomes) { ended[index] = outcome }
        }
        return ended
    }

    /// Begins a direct call that is let through.
    fileprivate mutating func begin(_ itemCount: Int) -> DirectCall {
        guard case .admitted(let call) = machine.beginDirect(itemCount, at: now) else {
            preconditionFailure("it is let through")
        }
        return call
    }

    /// Ends a direct call without budgets.
    fileprivate mutating func end(
        _ call: DirectCall, _ results: [CallResult<String>]
    ) -> [CallOutcome<String>] {
        var outcomes: [CallOutcome<String>] = []
        perform { machine, now, actions in
            outcomes = machine.endDirect(
                call, with: .results(results), keys: [], budgetEnds: [], at: now, into: &actions)
        }
        return outcomes
    }
}
