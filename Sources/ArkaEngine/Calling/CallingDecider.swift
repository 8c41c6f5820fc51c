public import ArkaCalls
public import ArkaEvaluate
public import ArkaModel
public import ArkaPipeline
public import ArkaStream

/// The evaluation of rules that call plugins, as the pipeline sees it: rows whose calls are out wait,
/// and come back when they are answered.
public final class CallingDecider: BatchDecider {
    private let evaluator: BatchEvaluator
    private let desk: LaneCallDesk
    private let origin: RecordOrigin
    private let budget: Duration
    private let time: any TimeSource
    private let didFire: (_ rule: Int, _ rows: Int) -> Void
    /// Tickets that the desk has named and the lane has not taken yet.
    private var ready: ArraySlice<Int> = []

    /// Wraps an evaluator and the desk that it asks; both are this lane's own.
    /// - Parameters:
    ///   - origin: Where the records come from.
    ///   - budget: How long a decision waits for all its calls, from when its batch is handed over.
    ///   - time: The call stage's own.
    ///   - didFire: Told once per batch and fired rule, on the lane's thread.
    public init(
        evaluator: BatchEvaluator, desk: LaneCallDesk, origin: RecordOrigin, budget: Duration,
        time: any TimeSource, didFire: @escaping (_ rule: Int, _ rows: Int) -> Void
    ) {
        self.evaluator = evaluator
        self.desk = desk
        self.origin = origin
        self.budget = budget
        self.time = time
        self.didFire = didFire
    }

    /// See ``BatchDecider/decide(_:at:)``.
    public func decide(_ batch: RecordBatch, at wallMilliseconds: Int64) {
        desk.begin(budgetEnd: time.monotonic + budget)
        evaluate(batch, at: wallMilliseconds)
    }

    /// See ``BatchDecider/resume(_:tickets:at:)``.
    public func resume(_ batch: RecordBatch, tickets: [Int], at wallMilliseconds: Int64) {
        desk.begin(resuming: tickets, budgetEnd: nil)
        evaluate(batch, at: wallMilliseconds)
    }

    private func evaluate(_ batch: RecordBatch, at wallMilliseconds: Int64) {
        evaluator.evaluate(batch, origin: origin, evaluatedAt: wallMilliseconds)
        for rule in evaluator.firedRules { didFire(rule, evaluator.ruleFires[rule]) }
    }

    /// See ``BatchDecider/hasReady``.
    public var hasReady: Bool {
        if ready.isEmpty { ready = desk.takeReady(max: RecordBatch.capacity)[...] }
        return !ready.isEmpty
    }

    /// See ``BatchDecider/takeReady(atMost:)``.
    public func takeReady(atMost count: Int) -> [Int] {
        guard hasReady else { return [] }
        let taken = Array(ready.prefix(count))
        ready.removeFirst(taken.count)
        return taken
    }

    /// See ``BatchDecider/drop(_:)``.
    public func drop(_ tickets: [Int]) {
        for ticket in tickets { desk.drop(ticket) }
        let dropped = Set(tickets)
        ready = ready.filter { !dropped.contains($0) }[...]
    }

    /// See ``BatchDecider/stopsReading``.
    public var stopsReading: Bool { desk.stopsReading }
}
