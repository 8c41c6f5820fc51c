import ArkaModel
import ArkaRules
public import ArkaStream

/// Decides batches of records: decodes, evaluates all rules, writes decisions.
///
/// One per lane, used by one thread at a time. After the first batches nothing is allocated any
/// more, except for dead letters and for numbers with exponents or beyond 38 digits.
public final class BatchEvaluator {
    /// What all lanes share.
    public let plan: EvaluationPlan
    private let columns: Columns
    private let decoder: RecordDecoder
    private let supplied: SuppliedColumns
    private let masks: PredicateMasks
    private let results: RuleResults
    /// Makes the calls that rules need; `nil` where there are none, or nobody to make them.
    private let calls: CallRounds?
    private let desk: (any CallDesk)?
    private let writer: DecisionWriter
    /// The rows of the batch that are transactions and are decided.
    private var active = RowMask.none
    /// The rows of the batch that wait for the answers to calls.
    private var waiting = RowMask.none
    /// The dead letters of the batch, in row order.
    private var deadLetters: [DeadLetterReason] = []

    /// How many rows of the last batch got each status, indexed by `DecisionStatus.rawValue`.
    public private(set) var statusCounts = [Int](
        repeating: 0, count: DecisionStatus.allCases.count)
    /// Rows of the last batch whose numbers needed 128 bits.
    public private(set) var wideRows = 0
    /// The rules that fired in the last batch, by index in the book, each once.
    public var firedRules: [Int] { results.firedRules }
    /// For each rule how many rows of the last batch it fired on.
    public var ruleFires: [Int] { results.fires }

    /// Makes the working memory of one lane.
    /// - Parameter desk: Makes the calls that rules need, on the lane's thread. Without one nothing is
    ///   called, and what calls would answer is unknown (`not_called`).
    public init(
        plan: EvaluationPlan, options: EvaluationOptions = EvaluationOptions(),
        desk: (any CallDesk)? = nil
    ) {
        self.plan = plan
        self.desk = desk
        let best = KernelPath.best
        let kernels = options.kernels.map { $0.rawValue <= best.rawValue ? $0 : best } ?? best
        columns = Columns(plan.predicates.layout)
        decoder = RecordDecoder(plan.fields, columns: columns, kernels: kernels)
        supplied = SuppliedColumns(plan, columns: columns)
        let index = Self.index(plan, options)
        masks = PredicateMasks(
            plan.predicates, columns: columns, kernels: kernels, isLazy: index != nil)
        let candidates = index.map { [columns] in RuleCandidates($0, columns: columns) }
        results = RuleResults(plan.programs, masks, candidates: candidates)
        if let desk, let callPlan = plan.calls {
            let rounds = CallRounds(
                plan, callPlan, desk: desk, masks, columns, kernels: kernels)
            calls = rounds
            writer = DecisionWriter(
                plan, columns: columns, results: results, calls: CallEntries(callPlan, rounds),
                options: options)
        } else {
            calls = nil
            writer = DecisionWriter(
                plan, columns: columns, results: results, calls: nil, options: options)
        }
    }

    private static func index(
        _ plan: EvaluationPlan, _ options: EvaluationOptions
    ) -> RuleIndex? {
        switch options.isIndexed {
        case nil: plan.index
        case false?: nil
        case true?: plan.index ?? RuleIndex(plan.book, plan.predicates.layout)
        }
    }

    /// Decides all records of a batch: fills its outcomes, one per row, and its output.
    ///
    /// A row whose calls are not all answered yet waits: nothing is written and nothing counted of it.
    /// To go on with it, put its record into another batch; ``CallDesk/earlierAnswers(of:)`` then says
    /// what it was told so far.
    /// - Parameters:
    ///   - batch: Records without outcomes.
    ///   - origin: Where they came from; the same for all of a lane's batches as a rule.
    ///   - wallMilliseconds: What decisions state as `evaluated_at`, since 1970.
    public func evaluate(
        _ batch: RecordBatch, origin: RecordOrigin, evaluatedAt wallMilliseconds: Int64
    ) {
        precondition(batch.outcomes.isEmpty, "the batch has been evaluated before")
        let rows = batch.rows
        columns.removeAll(rows: rows.count)
        deadLetters.removeAll(keepingCapacity: true)
        batch.withArena { arena in
            decode(rows, arena)
            supplied.fill(rows, active: active, origin: origin)
            calls?.begin(active: active)
            masks.evaluate(rows: rows.count, active: active)
            if let calls { makeCalls(calls, batch) }
            results.evaluate(active: active)
            writer.begin(origin, wallMilliseconds)
            decide(rows, batch)
        }
        countWideRows()
        calls?.end()
    }

    private func makeCalls(_ calls: CallRounds, _ batch: RecordBatch) {
        calls.run(batch, active: active)
        waiting = calls.waiting
        active &= ~waiting
    }

    private func decode(_ rows: [RecordRow], _ arena: UnsafeRawBufferPointer) {
        var active = RowMask.none
        decoder.begin(largest: rows.reduce(0) { max($0, $1.payload.byteCount) })
        for (index, row) in rows.enumerated() where !row.payload.isNull {
            guard row.payload.byteCount > 0, let start = arena.baseAddress else {
                deadLetters.append(
                    DeadLetterReason(.emptyPayload, path: "$", reason: "the payload has no bytes"))
                continue
            }
            // SAFETY: the batch keeps the slice within the arena and padding behind it.
            let text = (start + row.payload.start).assumingMemoryBound(to: UInt8.self)
            if let reason = decoder.decode(text, count: row.payload.byteCount, row: index) {
                deadLetters.append(reason)
            } else {
                active.set(index, to: true)
            }
        }
        self.active = active
    }

    private func decide(_ rows: [RecordRow], _ batch: RecordBatch) {
        var counts = (compliant: 0, flagged: 0, manualReview: 0, rejected: 0)
        // Taken out of the batch, so that appending is not a call across modules.
        var outcomes: [RowOutcome] = []
        swap(&outcomes, &batch.outcomes)
        let frame = writer.frame
        let active = active
        var start = batch.output.count
        var room = OutputRoom(batch.output)
        var nextDeadLetter = deadLetters.startIndex
        for (index, row) in rows.enumerated() {
            if active.contains(index) {
                guard let (status, count) = writer.write(row, row: index, frame, to: &room) else {
                    setAside(tooLarge, &outcomes, batch)
                    continue
                }
                outcomes.append(.decided(status, start: start, count: count))
                start += count
                switch status {
                case .compliant: counts.compliant += 1
                case .flagged: counts.flagged += 1
                case .manualReview: counts.manualReview += 1
                case .rejected: counts.rejected += 1
                }
            } else if row.payload.isNull {
                outcomes.append(.skipped)
            } else if waiting.contains(index), let desk {
                outcomes.append(.waiting(ticket: desk.ticket(of: index)))
            } else {
                setAside(deadLetters[nextDeadLetter], &outcomes, batch)
                nextDeadLetter += 1
            }
        }
        room.finish()
        statusCounts[Int(DecisionStatus.compliant.rawValue)] = counts.compliant
        statusCounts[Int(DecisionStatus.flagged.rawValue)] = counts.flagged
        statusCounts[Int(DecisionStatus.manualReview.rawValue)] = counts.manualReview
        statusCounts[Int(DecisionStatus.rejected.rawValue)] = counts.rejected
        swap(&outcomes, &batch.outcomes)
    }

    private func setAside(
        _ reason: DeadLetterReason, _ outcomes: inout [RowOutcome], _ batch: RecordBatch
    ) {
        swap(&outcomes, &batch.outcomes)
        batch.setAside(reason)
        swap(&outcomes, &batch.outcomes)
    }

    private var tooLarge: DeadLetterReason {
        DeadLetterReason(
            .decisionTooLarge, path: "$", reason: "the decision is larger than the topic takes")
    }

    private func countWideRows() {
        var rows = RowMask.none
        for number in columns.wide where active.contains(number.row) {
            rows.set(number.row, to: true)
        }
        wideRows = rows.population
    }
}
