import Testing

@testable import ArkaResilience

/// Goal: whatever happens in whatever order, each call ends once, rightly and in time, the bounds
/// hold, and nothing is left behind.
/// Method: calls, answers, failures, hangs, cancellations and time drawn from a seed.
@Suite struct CallMachineSimulationTests {
    @Test(arguments: seeds(150), OutagePolicy.allCases)
    func `each call ends exactly once and nothing is left`(seed: UInt64, policy: OutagePolicy) {
        var run = CallSimulation(seed: seed, whenUnavailable: policy)
        for _ in 0..<500 { run.step() }
        run.finish()
    }
}

/// A machine, a plugin that works as badly as a seed says, and what must hold.
struct CallSimulation {
    struct Asked {
        let question: Int
        let budgetEnd: Duration?
    }

    struct Answer: Equatable, Sendable {
        let question: Int
        let serial: Int
    }

    let seed: UInt64
    private var random: SeededGenerator
    private var machine: CallMachine<Answer>
    private var now = Duration.zero
    private var open: [CallID: Asked] = [:]
    private var ended: Set<CallID> = []
    private var out: [CallDispatch] = []
    private var givenUp: Set<DispatchID> = []
    /// Of what is out, the questions that somebody has waited for ever since.
    private var wanted: [DispatchID: Set<Int>] = [:]
    private var kept: [Int: (answer: Answer, at: Duration)] = [:]
    private var numberNext: UInt64 = 0
    private var serial = 0
    private let failsOnceIn: Int

    init(seed: UInt64, whenUnavailable: OutagePolicy) {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        var policy = CallPolicy(function: "plugin.a.b")
        policy.whenUnavailable = whenUnavailable
        policy.cacheTTL = random.once(in: 2) ? .zero : seconds(random.number(1..<20))
        policy.sharesEqualCalls = policy.cacheTTL > .zero || random.once(in: 2)
        policy.batchItemsMax = random.number(1..<5)
        policy.bulkhead = BulkheadPolicy(
            concurrentMax: random.number(1..<5), waitingMax: random.number(0..<20),
            unit: random.once(in: 2) ? .items : .batches)
        policy.retry = RetryPolicy(
            attemptsMax: random.number(1..<4), jitterPercent: random.number(0..<101),
            kinds: random.once(in: 2) ? Set(FailureKind.allCases) : [.thrown])
        policy.limits.function = milliseconds(random.number(1..<4000))
        policy.breaker.consecutiveFailures = random.number(1..<6)
        if random.once(in: 3) {
            policy.rateLimit = RateLimitPolicy(tokensPerPeriod: random.number(1..<20), burst: 2)
        }
        failsOnceIn = random.number(1..<6)
        machine = CallMachine(policy, jitterSeed: seed, at: .zero)
        self.random = random
    }

    private var policy: CallPolicy { machine.policy }

    mutating func step() {
        switch random.number(0..<10) {
        case 0..<3: startUnit()
        case 3..<7: endOne(mayFail: true)
        case 7: cancelOne()
        default: passTime(milliseconds(random.number(1..<2000)))
        }
        check(machine.pendingCount == open.count, "what is pending is what has not ended")
        check(machine.outCount == out.count, "what is out has not been reported")
    }

    /// Lets the plugin work again and everything come to its end.
    mutating func finish() {
        for _ in 0..<5000 where !(open.isEmpty && out.isEmpty) {
            while !out.isEmpty { endOne(mayFail: false) }
            if let wake = machine.nextWake { passTime(max(.zero, wake - now)) }
        }
        check(open.isEmpty && out.isEmpty, "all has ended")
        check(machine.nextWake == nil, "no timer is left")
        check(machine.counters.started == Int(numberNext), "each call is counted")
        check(machine.counters.ended == Int(numberNext), "each end is counted")
    }

    private mutating func startUnit() {
        for _ in 0..<random.number(1..<6) {
            let call = CallID(numberNext)
            numberNext += 1
            let left = milliseconds(random.number(0..<3000))
            let asked = Asked(
                question: random.number(0..<8),
                budgetEnd: random.once(in: 3) ? nil : now + left)
            let started = machine.start(
                call, key: key(asked.question), budgetEnd: asked.budgetEnd, at: now)
            open[call] = asked
            if case .ended(let outcome) = started { end(call, outcome) }
        }
        perform { $0.advance(to: $1, into: &$2) }
    }

    /// Time passes, with a stop wherever the machine wants to be woken.
    private mutating func passTime(_ length: Duration) {
        let target = now + length
        while let wake = machine.nextWake, wake <= target {
            now = max(now, wake)
            perform { $0.advance(to: $1, into: &$2) }
            if machine.nextWake == wake { return check(false, "it wakes for nothing at \(wake)") }
        }
        now = target
    }

    private mutating func endOne(mayFail: Bool) {
        guard let index = out.indices.randomElement(using: &random) else { return }
        let dispatch = out.remove(at: index)
        defer { wanted[dispatch.id] = nil }
        if mayFail, random.once(in: failsOnceIn) {
            let kind = FailureKind.allCases.randomElement(using: &random) ?? .thrown
            let failure = CallFailure(kind, message: "drawn")
            return perform { $0.ended(dispatch.id, with: .failed(failure), at: $1, into: &$2) }
        }
        let wanted = wanted[dispatch.id] ?? []
        let results = dispatch.items.map { item -> CallResult<Answer> in
            if mayFail, random.once(in: failsOnceIn + 2) { return .failure(thrown) }
            serial += 1
            let answer = Answer(question: questions[item.call] ?? -1, serial: serial)
            if policy.cacheTTL > .zero, wanted.contains(answer.question) {
                kept[answer.question] = (answer, now)
            }
            return .success(answer, bytes: 16)
        }
        perform { $0.ended(dispatch.id, with: .results(results), at: $1, into: &$2) }
    }

    private mutating func cancelOne() {
        guard
            let call = open.keys.sorted(by: { $0.number < $1.number })
                .randomElement(using: &random)
        else { return }
        forget(call)
        check(ended.insert(call).inserted, "a call ends once")
        perform { $0.cancel(call, at: $1, into: &$2) }
    }

    private mutating func perform(
        _ body: (inout CallMachine<Answer>, Duration, inout [CallAction<Answer>]) -> Void
    ) {
        var actions: [CallAction<Answer>] = []
        body(&machine, now, &actions)
        for action in actions {
            switch action {
            case .finish(let call, let outcome): end(call, outcome)
            case .dispatch(let dispatch): send(dispatch)
            case .cancel(let id):
                check(out.contains { $0.id == id }, "what is cancelled is out")
                check(givenUp.insert(id).inserted, "it is cancelled once")
                wanted[id] = []
            }
        }
    }

    private var questions: [CallID: Int] = [:]

    private mutating func send(_ dispatch: CallDispatch) {
        let live = out.filter { !givenUp.contains($0.id) }
        check(!live.contains(where: \.isProbe), "nothing goes out beside a probe")
        check((1...policy.batchItemsMax).contains(dispatch.items.count), "a batch is bounded")
        check(dispatch.deadline.at > now, "an attempt has time")
        for item in dispatch.items {
            check(open[item.call] != nil, "somebody waits for what goes out")
            questions[item.call] = open[item.call]?.question
            check(item.attempt >= 1, "attempts are counted")
        }
        let asked = dispatch.items.compactMap { questions[$0.call] }
        if policy.sharesEqualCalls {
            check(Set(asked).count == asked.count, "equal calls are one item")
            check(wanted.values.allSatisfy { $0.isDisjoint(with: asked) }, "equal calls share one")
        }
        wanted[dispatch.id] = Set(asked)
        out.append(dispatch)
        let places = out.map { policy.bulkhead.unit == .items ? $0.items.count : 1 }.reduce(0, +)
        check(places <= policy.bulkhead.concurrentMax, "no more are out than allowed")
    }

    private mutating func end(_ call: CallID, _ outcome: CallOutcome<Answer>) {
        check(ended.insert(call).inserted, "a call ends once")
        guard let asked = forget(call) else {
            return check(false, "only pending calls end")
        }
        if policy.whenUnavailable == .decide, let budgetEnd = asked.budgetEnd {
            check(now <= budgetEnd, "it ends within its budget")
        }
        switch outcome {
        case .answered(let answer, let source):
            check(answer.question == asked.question, "the answer is to the question")
            guard case .cache(let age, let left) = source else { break }
            check(answer == kept[asked.question]?.answer, "it is the newest that was kept")
            check(age == kept[asked.question].map { now - $0.at }, "its age is right")
            check(left > .zero && age + left == policy.cacheTTL, "it is not too old")
        case .failed(_, let attempts): check(attempts >= 1, "what failed had gone out")
        case .open: check(policy.whenUnavailable == .decide, "with hold no call ends open")
        case .skipped(.budgetSpent): check(policy.whenUnavailable == .decide, "nor for its budget")
        case .skipped: break
        }
    }

    /// Takes a call off the pending ones, and what only it waited for off what is wanted.
    @discardableResult
    private mutating func forget(_ call: CallID) -> Asked? {
        guard let asked = open.removeValue(forKey: call) else { return nil }
        if !open.values.contains(where: { $0.question == asked.question }) {
            for id in wanted.keys { wanted[id]?.remove(asked.question) }
        }
        return asked
    }

    private func check(_ holds: Bool, _ what: String) {
        if !holds { Issue.record("\(what): seed \(seed), at \(now)") }
    }
}
