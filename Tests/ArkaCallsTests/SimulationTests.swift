import ArkaModel
import ArkaResilience
import ArkaStream
import Foundation
import PactPlugins
import Synchronization
import Testing

@testable import ArkaCalls

struct SimulationTests {
    /// `make prove` asks for more seeds through `ARKA_SEEDS`, a factor.
    private static let factor =
        ProcessInfo.processInfo.environment["ARKA_SEEDS"].flatMap(Int.init) ?? 1

    @Test(arguments: 0..<UInt64(120 * factor))
    func `Whatever happens, each question is settled once and no row is lost`(seed: UInt64) throws {
        var simulation = try Simulation(seed: seed)
        for _ in 0..<150 { simulation.step() }
        simulation.finish()
        try #require(simulation.faults == [])
    }

    @Test func `The same seed makes the same history`() throws {
        for seed in UInt64(0)..<5 {
            var (first, second) = (try Simulation(seed: seed), try Simulation(seed: seed))
            for _ in 0..<150 {
                first.step()
                second.step()
            }
            #expect(first.history == second.history)
            #expect(first.world.stage.snapshot() == second.world.stage.snapshot())
        }
    }

    @Test func `The simulation reaches what it is there for`() throws {
        var outcomes: Set<String> = []
        for seed in UInt64(0)..<60 {
            var simulation = try Simulation(seed: seed)
            for _ in 0..<150 { simulation.step() }
            outcomes.formUnion(simulation.outcomes)
        }
        for word in ["answered", "cached", "failed", "timeout", "open", "skipped"] {
            #expect(outcomes.contains(word))
        }
    }
}

/// A small seeded generator (SplitMix64), so that a failing run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func once(in count: Int) -> Bool { number(0..<count) == 0 }
}

/// A fault that can be mended.
private final class Broken: Sendable {
    private let isBroken = Mutex(true)
    var value: Bool { isBroken.withLock { $0 } }
    func mend() { isBroken.withLock { $0 = false } }
}

/// Some lanes that ask some functions, all of it drawn from a seed.
private struct Simulation {
    /// What the test knows of a row that waits.
    private struct Row {
        let lane: Int
        /// Calls that it has asked.
        var asked: Set<Int>
    }

    let world: World
    var history: [String] = []
    var faults: [String] = []
    var outcomes: Set<String> = []
    private var random: SeededGenerator
    private let held: [HeldFunction]
    /// Whether immediate functions fail for one of the arguments; with `hold` that ends only when they
    /// work again.
    private let isBroken: Broken
    private let lanes: [TestLane]
    /// By lane and ticket.
    private var waiting: [[Int: Row]]

    init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = random.number(1..<4)
        held = (0..<count).map { _ in HeldFunction(heedsCancellation: !random.once(in: 3)) }
        var policies: [String: CallPolicy] = [:]
        let isBroken = Broken()
        self.isBroken = isBroken
        let functions = held.enumerated().map { number, held -> RegisteredFunction in
            let function = Self.function(number, held, isBroken, &random)
            policies[function.signature.path] = Self.policy(function, &random)
            return function
        }
        world = World(
            try CallPlan(
                book(functions.map { ($0.signature, ["entity"]) }), functions: functions,
                policies: policies))
        let world = world
        lanes = (0..<random.number(1..<4)).map { _ in
            world.lane(budget: random.once(in: 3) ? nil : .milliseconds(random.number(1..<3000)))
        }
        waiting = lanes.map { _ in [:] }
        self.random = random
    }

    private static func function(
        _ number: Int, _ held: HeldFunction, _ isBroken: Broken, _ random: inout SeededGenerator
    ) -> RegisteredFunction {
        let settings = FunctionSettings(
            cacheTTL: .seconds(random.number(0..<3)),
            timeout: .milliseconds(random.number(100..<2000)),
            retriesOnFailure: random.once(in: 3), attemptsMax: 3)
        let signature = signature("check_\(number)")
        switch random.number(0..<4) {
        case 0: return RegisteredFunction(signature, settings, .single(held.single))
        case 1: return RegisteredFunction(signature, settings, .batch(itemsMax: 4, held.batch))
        case 2:
            return RegisteredFunction(
                signature, settings,
                .immediateBatch(itemsMax: 3) { calls in
                    if isBroken.value { throw Refused() }
                    return calls.map { _ in .success(answer("at once")) }
                })
        default:
            return RegisteredFunction(
                signature, settings,
                .immediate { call in
                    if isBroken.value, call.arguments[0] == .string("entity 0") { throw Refused() }
                    return answer("at once")
                })
        }
    }

    private static func policy(
        _ function: RegisteredFunction, _ random: inout SeededGenerator
    ) -> CallPolicy {
        var policy = CallPolicy(of: function)
        policy.breaker.consecutiveFailures = random.number(1..<5)
        policy.breaker.open = .milliseconds(random.number(10..<1500))
        policy.bulkhead.concurrentMax = random.number(1..<4)
        policy.bulkhead.waitingMax = random.number(0..<12)
        policy.whenUnavailable = random.once(in: 4) ? .hold : .decide
        return policy
    }

    // MARK: Stepping

    mutating func step() {
        let lane = random.number(0..<lanes.count)
        switch random.number(0..<10) {
        case 0...2: evaluateNew(lane)
        case 3, 4: takeBack(lane)
        case 5, 6: endOne()
        case 7: world.run()
        case 8: world.pass(.milliseconds(random.number(0..<900)))
        default:
            if random.once(in: 4) { dropSome(lane) }
        }
        check()
    }

    private mutating func evaluateNew(_ lane: Int) {
        let rows = (0..<random.number(1..<6)).map { _ in Row(lane: lane, asked: []) }
        lanes[lane].desk.begin(budgetEnd: lanes[lane].budget.map { world.now + $0 })
        evaluate(rows, lane)
    }

    private mutating func takeBack(_ lane: Int) {
        let desk = lanes[lane].desk
        let tickets = desk.takeReady(max: random.number(1..<5))
        desk.begin(resuming: tickets, budgetEnd: nil)
        var rows: [Row] = []
        for (number, ticket) in tickets.enumerated() {
            guard let row = waiting[lane].removeValue(forKey: ticket) else {
                faults.append("ticket \(ticket) is ready and was not waiting")
                return
            }
            let answers = desk.earlierAnswers(of: number)
            if answers.map(\.call).sorted() != row.asked.sorted() {
                faults.append("row was told \(answers.map(\.call)) and had asked \(row.asked)")
            }
            note("back \(ticket): \(answers.map(\.settled.shown))")
            outcomes.formUnion(answers.map(\.settled.trace.outcome))
            rows.append(row)
        }
        evaluate(rows, lane)
    }

    /// Asks rounds for rows until each has no more questions or waits.
    private mutating func evaluate(_ rows: [Row], _ lane: Int) {
        var rows = rows
        var open = Set(rows.indices)
        while true {
            var questions: [(row: Int, call: Int, arguments: [PluginValue])] = []
            for number in open.sorted() {
                for call in held.indices
                where !rows[number].asked.contains(call) && !random.once(in: 3) {
                    rows[number].asked.insert(call)
                    let entity = PluginValue.string("entity \(random.number(0..<5))")
                    questions.append((number, call, [entity]))
                }
            }
            if questions.isEmpty { return }
            let answers = lanes[lane].askMore(questions)
            note("asked \(lane): \(answers.map(\.shown))")
            for (question, answer) in zip(questions, answers) {
                switch answer {
                case .open: faults.append("a question was not looked at")
                case .settled(let settled): outcomes.insert(settled.trace.outcome)
                case .pending:
                    open.remove(question.row)
                    let ticket = lanes[lane].desk.ticket(of: question.row)
                    waiting[lane][ticket] = rows[question.row]
                }
            }
        }
    }

    /// Ends a call that is out, in one way or the other.
    private mutating func endOne() {
        let function = held[random.number(0..<held.count)]
        guard let number = function.open.randomElement(using: &random) else { return }
        let calls = function.calls(number)
        switch random.number(0..<5) {
        case 0, 1: function.fail(number, Refused())
        case 2 where random.once(in: 3): function.answer(number)
        default: function.answerAll(number, calls.map { _ in answer("well") })
        }
        world.run()
    }

    private mutating func dropSome(_ lane: Int) {
        if random.once(in: 2) {
            lanes[lane].desk.dropAll()
            waiting[lane] = [:]
        } else if let ticket = waiting[lane].keys.sorted().randomElement(using: &random) {
            lanes[lane].desk.drop(ticket)
            waiting[lane][ticket] = nil
        }
    }

    private mutating func check() {
        for snapshot in world.stage.snapshot()
        where snapshot.calls.started != snapshot.calls.ended + snapshot.waiting {
            faults.append("a call of \(snapshot.function) is lost")
        }
    }

    private mutating func note(_ line: String) {
        history.append("\(world.now) \(line)")
    }

    /// Lets everything that is out come to its end.
    mutating func finish() {
        isBroken.mend()
        var rounds = 0
        while waiting.contains(where: { !$0.isEmpty }), rounds < 4000 {
            rounds += 1
            world.pass(.milliseconds(500))
            for function in held {
                for number in function.open {
                    function.answerAll(number, function.calls(number).map { _ in answer("end") })
                }
            }
            world.run()
            for lane in lanes.indices { takeBack(lane) }
        }
        for (lane, left) in waiting.enumerated() where !left.isEmpty {
            faults.append("lane \(lane) waits for ever: \(left)")
        }
        for lane in lanes where lane.desk.waitingCount != 0 {
            faults.append("a desk counts rows that do not wait")
        }
        check()
    }
}
