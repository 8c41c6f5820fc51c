import ArkaModel
import ArkaResilience
import ArkaRules
import ArkaStream
import ManualTime
import PactPlugins
import Synchronization

@testable import ArkaCalls

/// A function whose calls stay out until the test ends them.
final class HeldFunction: Sendable {
    struct Held {
        let calls: [FunctionCall]
        var continuation: CheckedContinuation<[FunctionAnswer], any Error>?
        var isCancelled = false
    }

    private let held = Mutex<[Held]>([])
    /// Whether it ends when its task is cancelled.
    let heedsCancellation: Bool

    init(heedsCancellation: Bool = true) {
        self.heedsCancellation = heedsCancellation
    }

    var count: Int { held.withLock { $0.count } }
    /// Calls that have not ended.
    var open: [Int] {
        held.withLock { held in held.indices.filter { held[$0].continuation != nil } }
    }

    func calls(_ number: Int) -> [FunctionCall] { held.withLock { $0[number].calls } }
    func isCancelled(_ number: Int) -> Bool { held.withLock { $0[number].isCancelled } }

    func answer(_ number: Int, _ answers: FunctionAnswer...) { answerAll(number, answers) }

    func answerAll(_ number: Int, _ answers: [FunctionAnswer]) {
        take(number)?.resume(returning: answers)
    }

    func fail(_ number: Int, _ error: any Error) {
        take(number)?.resume(throwing: error)
    }

    private func take(_ number: Int) -> CheckedContinuation<[FunctionAnswer], any Error>? {
        held.withLock { held in
            defer { held[number].continuation = nil }
            return held[number].continuation
        }
    }

    @Sendable func single(_ call: FunctionCall) async throws -> FunctionAnswer {
        let answers = try await hold([call])
        guard let answer = answers.first else { throw Refused() }
        return answer
    }

    @Sendable func batch(
        _ calls: [FunctionCall]
    ) async throws -> [Result<FunctionAnswer, any Error>] {
        try await hold(calls).map { .success($0) }
    }

    private func hold(_ calls: [FunctionCall]) async throws -> [FunctionAnswer] {
        let number = held.withLock { held in
            held.append(Held(calls: calls))
            return held.count - 1
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                held.withLock { $0[number].continuation = continuation }
            }
        } onCancel: {
            held.withLock { $0[number].isCancelled = true }
            if heedsCancellation { fail(number, CancellationError()) }
        }
    }
}

struct Refused: Error, CustomStringConvertible {
    var description: String { "connection refused" }
}

/// A rule book of calls, each of a function with some of its parameters.
func book(_ calls: [(FunctionSignature, [String])]) -> RuleBook {
    RuleBook(
        fields: [], predicates: [], rules: [],
        calls: calls.map { signature, names in
            PlannedCall(signature, names.map { .init($0, .json("null")) })
        })
}

/// A signature with parameters that take anything.
func signature(
    _ name: String, _ parameters: [FunctionSignature.Parameter] = [.init("entity")],
    result: RecordSchema = .any
) -> FunctionSignature {
    FunctionSignature(
        plugin: "sanctions_list", name: name, kind: .dataSource, parameters: parameters,
        result: result)
}

func answer(_ text: String) -> FunctionAnswer {
    FunctionAnswer(value: .object([.init("name", .string(text))]))
}

/// A stage with everything around it under the test's control.
final class World {
    let manual = ManualTime()
    let stage: CallStage
    var time: ManualClock { manual.clock }
    var alarm: ManualAlarm { manual.alarm }

    init(_ plan: CallPlan) {
        stage = CallStage(
            plan, time: manual.clock, alarm: manual.alarm, executor: manual.executor)
    }

    /// A world with one function that one call of the book asks with all of its parameters.
    convenience init(
        _ function: RegisteredFunction, _ change: (inout CallPolicy) -> Void = { _ in }
    ) throws {
        var policy = CallPolicy(of: function)
        change(&policy)
        let call = (function.signature, function.signature.parameters.map(\.name))
        self.init(
            try CallPlan(
                book([call]), functions: [function],
                policies: [function.signature.path: policy]))
    }

    var now: Duration { time.monotonic }
    var only: FunctionSnapshot { stage.snapshot()[0] }

    func run() { manual.run() }

    /// Moves the clock, letting everything happen at its time.
    func pass(_ span: Duration) { manual.pass(span) }

    func lane(budget: Duration? = nil) -> TestLane { TestLane(self, budget: budget) }
}

/// A lane as far as calls are concerned.
final class TestLane {
    let world: World
    let desk: LaneCallDesk
    let round = CallRound()
    let batch = RecordBatch(byteCapacity: 1024)
    let wakes: Counter
    let budget: Duration?

    init(_ world: World, budget: Duration?) {
        self.world = world
        self.budget = budget
        let wakes = Counter()
        self.wakes = wakes
        desk = LaneCallDesk(
            world.stage, context: LaneContext(topology: "payments", jurisdiction: "EU")
        ) { wakes.count() }
        batch.topic = "transactions"
        for row in 0..<RecordBatch.capacity {
            batch.append(
                payload: nil, key: nil, partition: 3, offset: Int64(100 + row), timestamp: 1_700)
        }
    }

    /// Evaluates new rows, each of which asks one question with one text.
    @discardableResult
    func ask(_ texts: String..., call: Int = 0) -> [CallAnswerState] {
        ask(texts.enumerated().map { ($0, call, [.string($1)]) })
    }

    /// Evaluates new rows.
    @discardableResult
    func ask(_ questions: [(row: Int, call: Int, arguments: [PluginValue])]) -> [CallAnswerState] {
        desk.begin(budgetEnd: budget.map { world.now + $0 })
        return askMore(questions)
    }

    /// Asks another round for the rows under evaluation.
    func askMore(
        _ questions: [(row: Int, call: Int, arguments: [PluginValue])]
    ) -> [CallAnswerState] {
        round.removeAll()
        for question in questions {
            for argument in question.arguments { add(argument) }
            round.ask(row: question.row, call: question.call)
        }
        desk.settle(round, of: batch)
        return round.answers
    }

    private func add(_ value: PluginValue) {
        switch value {
        case .null: round.add(.null)
        case .boolean(let truth): round.add(.truth(truth))
        case .number(let number): round.add(.number(number))
        case .string(let text): round.add(.text(add(Array(text.utf8))))
        case .array, .object: round.add(.document(add(value.json)))
        }
    }

    private func add(_ bytes: [UInt8]) -> Range<Int> {
        bytes.withUnsafeBytes { round.add(bytes: $0) }
    }

    /// Takes the rows whose answers are complete, and what each was told, by ticket.
    func takeBack(max count: Int = 256) -> [Int: [EarlierAnswer]] {
        let tickets = desk.takeReady(max: count)
        desk.begin(resuming: tickets, budgetEnd: nil)
        return Dictionary(
            uniqueKeysWithValues: tickets.enumerated().map { ($1, desk.earlierAnswers(of: $0)) })
    }

    /// The words and texts of the answers that came for the rows that waited, by ticket.
    func outcomes() -> [String] {
        takeBack().sorted { $0.key < $1.key }.flatMap { $0.value.map(\.settled.shown) }
    }
}

final class Counter: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock { $0 } }
    func count() { number.withLock { $0 += 1 } }
}

extension SettledCall {
    /// The word, and the answer or why there is none.
    var shown: String {
        switch value {
        case .answer(let reply):
            "\(trace.outcome) \(String(decoding: reply.padded.prefix(reply.count), as: UTF8.self))"
        case .unknown(let cause): "\(trace.outcome) \(cause.word)"
        }
    }
}

extension CallAnswerState {
    /// The same of a question.
    var shown: String {
        switch self {
        case .open: "-"
        case .pending: "pending"
        case .settled(let settled): settled.shown
        }
    }

    var settled: SettledCall? {
        if case .settled(let settled) = self { settled } else { nil }
    }
}
