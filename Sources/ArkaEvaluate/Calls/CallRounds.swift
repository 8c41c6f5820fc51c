import ArkaModel
import ArkaStream

/// Makes the calls that the rows of a batch need, round by round, until each row needs none or waits;
/// one per lane.
final class CallRounds {
    private let plan: CallPlan
    private let desk: any CallDesk
    private let columns: Columns
    private let masks: PredicateMasks
    private let needs: CallNeeds
    private let arguments: CallArguments
    private let answers: CallAnswers
    private let round = CallRound()
    // SAFETY: of what is not looked at for overlapping accesses each method changes one thing at a time,
    // on the lane's thread: see `CallRound`.

    /// What calls came to, in the order in which it was learned.
    @exclusivity(unchecked) private var settled: [SettledCall] = []
    /// The place in ``settled`` of what each call of each row came to that was made or told; `-2 -
    /// question` while its question is open. Others mean nothing.
    private let placeOfCall: LaneArray<Int32>
    /// Of each call the rows that made it.
    private let made: LaneArray<RowMask>
    /// Of each call the rows that were told before what it came to.
    private let told: LaneArray<RowMask>
    /// The calls that equal one that is being asked.
    @exclusivity(unchecked) private var followers: [Follower] = []
    /// The rows that made any call.
    @exclusivity(unchecked) private(set) var callers = RowMask.none
    /// The rows some of whose answers are pending.
    @exclusivity(unchecked) private(set) var waiting = RowMask.none
    /// The rows that learned something in this round.
    @exclusivity(unchecked) private var changed = RowMask.none

    private struct Follower {
        let row: Int
        let call: Int
        let question: Int
    }

    /// A call that a row made and what it came to.
    struct Made {
        let call: Int
        let settled: SettledCall
    }

    init(
        _ plan: EvaluationPlan, _ calls: CallPlan, desk: any CallDesk, _ masks: PredicateMasks,
        _ columns: Columns, kernels: KernelPath
    ) {
        self.plan = calls
        self.desk = desk
        self.columns = columns
        self.masks = masks
        needs = CallNeeds(calls, plan.programs, plan.predicates, masks, columns)
        arguments = CallArguments(calls, plan.predicates, columns)
        answers = CallAnswers(calls, columns: columns, kernels: kernels)
        placeOfCall = LaneArray(repeating: -1, count: calls.calls.count * ColumnLayout.rows)
        made = LaneArray(repeating: .none, count: calls.calls.count)
        told = LaneArray(repeating: .none, count: calls.calls.count)
        round.transactionID = { [columns] row in columns.transactionID(row) }
    }

    /// Begins a batch whose rows have been read.
    func begin(active: RowMask) {
        waiting = .none
        callers = .none
        made.base.update(repeating: .none, count: made.count)
        told.base.update(repeating: .none, count: told.count)
        columns.awaited.base.update(repeating: active, count: columns.awaited.count)
        columns.awaitsCalls = true
        guard desk.hasEarlierAnswers else { return }
        active.forEachRow { row in
            for answer in desk.earlierAnswers(of: row) { remember(answer, row) }
        }
    }

    /// Keeps what a row was told before it waited until it asks for it again.
    ///
    /// Its rounds are run once more, so that it needs the same calls in the same order: also those
    /// that came to something without being made, because they equal others or are given something
    /// unknown.
    private func remember(_ answer: EarlierAnswer, _ row: Int) {
        told.base[answer.call].set(row, to: true)
        placeOfCall.base[answer.call * ColumnLayout.rows + row] = Int32(settled.count)
        settled.append(answer.settled)
    }

    /// Goes on until each row needs no call any more or waits. The masks of the batch are there.
    func run(_ batch: RecordBatch, active: RowMask) {
        var rows = active
        while !rows.isEmpty {
            needs.find(among: rows)
            if needs.isEmpty { break }
            changed = .none
            askAll(batch)
            masks.refresh(plan.loops, numberColumns: plan.numberColumns)
            rows = changed & ~waiting
        }
        // Whatever nobody needed is known to nobody: to the rules it was not called.
        columns.awaitsCalls = false
        columns.awaited.base.update(repeating: .none, count: columns.awaited.count)
    }

    /// Lets go of the batch's answers, once its decisions are written.
    func end() {
        settled.removeAll(keepingCapacity: true)
        answers.removeAll()
    }

    /// Visits the calls that a row made, in the order of the book.
    func forEachCall(of row: Int, _ body: (Made) -> Void) {
        for call in 0..<made.count where made.base[call].contains(row) {
            let place = Int(placeOfCall.base[call * ColumnLayout.rows + row])
            body(Made(call: call, settled: settled[place]))
        }
    }

    // MARK: One round

    private func askAll(_ batch: RecordBatch) {
        round.removeAll()
        followers.removeAll(keepingCapacity: true)
        for call in 0..<made.count {
            needs.needed.base[call].forEachRow { ask(call, $0) }
        }
        guard !round.questions.isEmpty else { return }
        desk.settle(round, of: batch)
        for (number, question) in round.questions.enumerated() { take(number, question) }
        for follower in followers {
            guard case .settled(let settled) = round.answers[follower.question] else { continue }
            fill(follower.call, follower.row, settled.value)
        }
    }

    /// Asks for a call, unless it comes to something without being made.
    private func ask(_ call: Int, _ row: Int) {
        if settle(call, row) { return }
        if told.base[call].contains(row) {
            let place = Int(placeOfCall.base[call * ColumnLayout.rows + row])
            made.base[call].set(row, to: true)
            return take(place, of: call, row)
        }
        arguments.add(to: round)
        made.base[call].set(row, to: true)
        placeOfCall.base[call * ColumnLayout.rows + row] = Int32(-2 - round.questions.count)
        round.ask(row: row, call: call)
    }

    /// Settles a call without making it, because an equal one was made or is being asked, or because
    /// one of its arguments is unknown. Renders the arguments.
    /// - Returns: Whether it did.
    private func settle(_ call: Int, _ row: Int) -> Bool {
        if let cause = arguments.render(call, row: row) {
            fill(call, row, .unknown(cause))
            return true
        }
        for twin in plan.twins[call]
        where made.base[twin].contains(row) && arguments.isEqual(to: twin, row: row) {
            let place = Int(placeOfCall.base[twin * ColumnLayout.rows + row])
            if place >= 0 {
                fill(call, row, settled[place].value)
            } else {
                followers.append(Follower(row: row, call: call, question: -2 - place))
            }
            return true
        }
        return false
    }

    private func take(_ number: Int, _ question: CallRound.Question) {
        switch round.answers[number] {
        case .settled(let answer):
            settled.append(answer)
            take(settled.count - 1, of: question.call, question.row)
        case .pending: waiting.set(question.row, to: true)
        case .open: preconditionFailure("a desk settles each question or says that it is pending")
        }
    }

    /// Fills in what a call came to that a row made.
    private func take(_ place: Int, of call: Int, _ row: Int) {
        placeOfCall.base[call * ColumnLayout.rows + row] = Int32(place)
        callers.set(row, to: true)
        guard !fill(call, row, settled[place].value) else { return }
        settled[place] = SettledCall(
            .unknown(.callFailed), CallTrace(outcome: "failed", error: "the answer is no JSON"))
    }

    /// - Returns: False if there is an answer that cannot be read.
    @discardableResult private func fill(
        _ call: Int, _ row: Int, _ value: SettledCall.Value
    ) -> Bool {
        changed.set(row, to: true)
        return answers.fill(call, row: row, value)
    }
}
