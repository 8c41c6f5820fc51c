import ArkaModel
import Testing

@testable import ArkaResilience

@Suite struct DeadlineTests {
    @Test(
        arguments: [
            (30, nil, nil, nil, 30, Deadline.Origin.function),
            (30, 20, nil, nil, 20, .configuration), (30, 20, 10, nil, 10, .sandbox),
            (30, 20, 10, 5, 5, .budget), (3, 20, 10, 5, 3, .function),
            (10, 10, 10, 10, 10, .function), (30, nil, nil, -1, 0, .budget),
            (60, 40, 50, nil, 40, .configuration),
        ] as [(Int, Int?, Int?, Int?, Int, Deadline.Origin)])
    func `the smallest limit counts, and is remembered`(
        function: Int, configuration: Int?, sandbox: Int?, left: Int?, allowed: Int,
        origin: Deadline.Origin
    ) {
        let limits = TimeLimits(
            function: seconds(function), configuration: configuration.map(seconds),
            sandbox: sandbox.map(seconds))
        let deadline = Deadline(
            limits, budgetEnd: left.map { seconds(100 + $0) }, at: seconds(100))
        #expect(deadline.allowed == seconds(allowed))
        #expect(deadline.at == seconds(100 + allowed))
        #expect(deadline.origin == origin)
    }

    @Test func `the text names the function, its limit and where to raise it`() {
        let name = "plugin.kyc.slow_check"
        var limits = TimeLimits(function: milliseconds(1500))
        let text = { (limits: TimeLimits, end: Duration?) in
            Deadline(limits, budgetEnd: end, at: .zero).text(function: name)
        }
        #expect(
            text(limits, nil)
                == "no answer from plugin.kyc.slow_check within 1.5s, the function's own limit; "
                + "raise `timeout` where it is declared")
        limits.configuration = seconds(1)
        #expect(text(limits, nil).contains("within 1s, the limit where the plugin is used"))
        #expect(text(limits, nil).contains("raise `timeout` under its `functions`"))
        limits.sandbox = milliseconds(900)
        #expect(text(limits, nil).contains("`sandbox.resources.maxExecutionTime`"))
        #expect(text(limits, milliseconds(250)).contains("within 0.25s"))
        #expect(text(limits, milliseconds(250)).contains("`decision_budget`"))
    }

    @Test func `limits that cannot be are all named by their keys`() {
        let limits = TimeLimits(function: .zero, configuration: .zero, sandbox: .zero)
        #expect(
            limits.problems.map(\.setting) == [
                "timeout", "functions.timeout", "sandbox.resources.maxExecutionTime",
            ])
        #expect(TimeLimits().problems == [] && TimeLimits().function == seconds(30))
    }

    @Test(arguments: seeds(20))
    func `timers come in the order of their times, and not after they were called off`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        var timers = TimerQueue<Int>()
        var set: [(time: Duration, order: Int)] = []
        var now = Duration.zero
        for number in 0..<400 {
            switch random.number(0..<4) {
            case 0, 1:
                let time = now + milliseconds(random.number(0..<50))
                timers.set(number, at: time)
                set.append((time, number))
            case 2:
                guard let gone = set.randomElement(using: &random) else { break }
                timers.callOff(gone.order)
                timers.callOff(gone.order)
                set.removeAll { $0.order == gone.order }
            default:
                now += milliseconds(random.number(0..<20))
                set.sort { ($0.time, $0.order) < ($1.time, $1.order) }
                #expect(timers.next == set.first?.time, "seed \(seed)")
                while let due = timers.popDue(at: now) {
                    #expect(due == set.removeFirst().order, "seed \(seed)")
                }
                #expect(set.allSatisfy { $0.time > now }, "seed \(seed)")
            }
            #expect(timers.count == set.count)
        }
    }
}
