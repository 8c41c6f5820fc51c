import ArkaCalls
import ArkaModel
import ArkaResilience
import ArkaRules
import ArkaStream
import PactPlugins
import Synchronization

/// Runs tasks on the measured thread, when it says so: what is measured is the stage, not threads.
final class BenchExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    func runAll() {
        while let job = jobs.withLock({ $0.popLast() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

/// The process' clock, and no alarm: nothing here takes that long.
struct BenchClock: TimeSource, CallAlarm {
    private static let start = ContinuousClock.now

    var monotonic: Duration { ContinuousClock.now - Self.start }
    var wallMilliseconds: Int64 { 0 }

    func ring(at time: Duration, _ ring: @escaping @Sendable () -> Void) {}
}

/// What the function does: as good as nothing.
@Sendable private func answerAll(
    _ calls: [FunctionCall]
) -> [Result<FunctionAnswer, any Error>] {
    calls.map { _ in
        .success(FunctionAnswer(value: .object([.init("is_match", .boolean(false))])))
    }
}

/// A lane with rounds of 256 questions of one function.
struct DeskBench {
    let executor = BenchExecutor()
    let desk: LaneCallDesk
    let round = CallRound()
    let batch = RecordBatch()
    let entities: [[UInt8]]
    private var next = 0

    /// Which thread answers.
    enum Form { case later, atOnce }

    init(_ form: Form, ttl: Duration, questions: Int) throws {
        let function = RegisteredFunction(
            signature, FunctionSettings(cacheTTL: ttl),
            form == .later
                ? .batch(itemsMax: 256, answerAll) : .immediateBatch(itemsMax: 256, answerAll))
        let call = PlannedCall(
            signature, signature.parameters.map { .init($0.name, .json("null")) })
        let plan = try CallPlan(
            RuleBook(fields: [], predicates: [], rules: [], calls: [call]), functions: [function])
        let stage = CallStage(plan, time: BenchClock(), alarm: BenchClock(), executor: executor)
        desk = LaneCallDesk(stage, context: LaneContext(topology: "bench")) {}
        entities = (0..<questions).map { number in
            Array("customer-\(number &* 7_919 % 1_000_003)-ACME Ltd".utf8)
        }
        for row in 0..<RecordBatch.capacity {
            batch.append(payload: nil, key: nil, partition: 0, offset: Int64(row), timestamp: 0)
        }
    }

    /// What the evaluation does: writes 256 questions down.
    mutating func write() {
        round.removeAll()
        for row in 0..<RecordBatch.capacity {
            add(entities[next])
            add(Self.kind)
            Self.lists.withUnsafeBytes { round.add(.document(round.add(bytes: $0))) }
            round.ask(row: row, call: 0)
            next = (next + 1) % entities.count
        }
    }

    private static let kind = Array("company".utf8)
    private static let lists = Array(#"["OFAC","UN","EU"]"#.utf8)

    private func add(_ text: [UInt8]) {
        text.withUnsafeBytes { round.add(.text(round.add(bytes: $0))) }
    }

    /// Settles the questions, all of them from the cache or on the spot.
    func settle() {
        desk.begin(budgetEnd: .seconds(3600))
        desk.settle(round, of: batch)
    }

    /// Settles the questions, lets the function answer, and takes the rows back.
    func settleUncached() {
        settle()
        executor.runAll()
        let tickets = desk.takeReady(max: RecordBatch.capacity)
        precondition(tickets.count == RecordBatch.capacity, "each row has its answer")
        desk.begin(resuming: tickets, budgetEnd: nil)
    }
}

/// Measures the desk; each figure is per question.
func runDesk() {
    guard var cached = try? DeskBench(.later, ttl: .seconds(3600), questions: questions),
        var uncached = try? DeskBench(.later, ttl: .zero, questions: 8192),
        var direct = try? DeskBench(.atOnce, ttl: .zero, questions: 8192)
    else { preconditionFailure("the plan has no problems") }
    // Writing questions down is the evaluation's; it is measured to be taken off.
    measure("questions of a round", RecordBatch.capacity) { uncached.write() }
    if !isUncachedOnly { measure(&cached) }
    measure("the same, and settled on the spot by a batch function", RecordBatch.capacity) {
        direct.write()
        direct.settle()
    }
    if isDirectOnly { return }
    measure("the same, and settled by a batch function", RecordBatch.capacity) {
        uncached.write()
        uncached.settleUncached()
    }
}

/// Measures questions whose answers are all in the cache.
private func measure(_ bench: inout DeskBench) {
    for _ in 0...questions / RecordBatch.capacity {
        bench.write()
        bench.settle()
        bench.executor.runAll()
        _ = bench.desk.takeReady(max: RecordBatch.capacity)
    }
    measure("the same, and settled from the cache", RecordBatch.capacity) {
        bench.write()
        bench.settle()
    }
}
