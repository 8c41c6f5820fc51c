import ArkaCalls
import ArkaEngine
import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import ArkaSystem
import PactPlugins

/// A lane without a broker: a rule, the call stage, and a batch of transactions to decide.
struct CallBenchLane {
    /// How the function is called that each transaction needs.
    enum Form: Sendable, CaseIterable {
        /// Not at all: the rule reads the transaction alone.
        case none
        /// By a batch function on the lane's thread; nothing is kept.
        case batchAtOnce
        /// The same, no two answers alike.
        case batchAtOnceVarying
        /// By a batch function on another thread; nothing is kept.
        case batchLater
        /// Not any more: every answer is in the cache.
        case cached
    }

    let desk: TimedDesk
    private let decider: WaitingDecider
    private let batch = RecordBatch()

    /// Opens a lane.
    /// - Throws: `SystemError` (`outOfResources`), as for any lane.
    init(_ form: Form) throws(SystemError) {
        let functions = form == .none ? [] : [callBenchFunction(form)]
        let rule = form == .none ? callBenchRuleWithoutCall : callBenchRule
        let compiled = compileRules(
            [SourceText(name: "bench.pact", utf8: Array(rule.utf8))],
            RuleInputs(
                layout: RecordLayout(), onUnknown: nil,
                functions: FunctionTable(functions.map(\.signature))))
        guard let book = compiled.book, let calls = try? CallPlan(book, functions: functions) else {
            preconditionFailure("the bench's own rule has no mistakes")
        }
        let time = SystemTime()
        let answers = try WakeEvent()
        let stage = CallStage(calls, time: time, alarm: SleepingAlarm(time))
        let lane = LaneCallDesk(stage, context: LaneContext(topology: "bench")) { answers.raise() }
        desk = TimedDesk(lane)
        let plan = EvaluationPlan(
            book: book, layout: RecordLayout(), rulebookName: "bench", rulebookDigest: "0")
        decider = WaitingDecider(
            CallingDecider(
                evaluator: BatchEvaluator(plan: plan, desk: desk), desk: lane,
                origin: .file("bench"), budget: .seconds(1), time: time
            ) { _, _ in },
            answers: answers)
    }

    /// Decides a batch of transactions to the end, and returns how many that were. All of them are
    /// compliant: the rule has looked at what the call says.
    func decideBatch() -> Int {
        batch.removeAll()
        for (row, record) in callBenchRecords.enumerated() {
            batch.append(record: record, partition: 0, offset: Int64(row), timestamp: 0)
        }
        decider.decide(batch, at: 0)
        let compliant = batch.outcomes.count { outcome in
            if case .decided(.compliant, _, _) = outcome { true } else { false }
        }
        precondition(compliant == callBenchRecords.count, "each call has its answer")
        return compliant
    }
}

/// A lane's desk that notes the time it takes to settle questions.
final class TimedDesk: CallDesk {
    private let desk: LaneCallDesk
    /// CPU time of the process in ``settle(_:of:)``.
    private(set) var settling = Duration.zero

    init(_ desk: LaneCallDesk) {
        self.desk = desk
    }

    func settle(_ round: CallRound, of batch: RecordBatch) {
        let start = ProcessUsage.allCPUTime
        desk.settle(round, of: batch)
        settling += ProcessUsage.allCPUTime - start
    }

    var hasEarlierAnswers: Bool { desk.hasEarlierAnswers }

    func earlierAnswers(of row: Int) -> [EarlierAnswer] { desk.earlierAnswers(of: row) }

    func ticket(of row: Int) -> Int { desk.ticket(of: row) }
}

extension ProcessUsage {
    /// CPU time of all threads so far, in user mode and in the kernel together.
    static var allCPUTime: Duration { cpuTime.user + cpuTime.system }
}
