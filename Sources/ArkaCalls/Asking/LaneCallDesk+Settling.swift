import ArkaModel
import ArkaResilience
public import ArkaStream
import PactPlugins
import Synchronization

extension LaneCallDesk {
    /// Settles each question of a round, or says that its answer is pending.
    ///
    /// Each function's lock is taken once, and two or three times for each call of an immediate function
    /// that is not answered from the cache.
    public func settle(_ round: CallRound, of batch: RecordBatch) {
        var settling = RoundSettling(round, of: batch, context)
        round.exchangeAnswers(with: &settling.states)
        swap(&settling.answers, &answers)
        groups.sort(settling.reader.questions)
        for function in asking.indices {
            let range = groups.range(of: function)
            if range.isEmpty { continue }
            if asking[function].isWithheld {
                let settled = SettledCall.withheld(asking[function])
                for question in groups.questions[range] { settling.answer(question, with: settled) }
            } else {
                settle(&settling, groups.questions[range], asking[function])
            }
        }
        if !settling.pending.isEmpty { finish(&settling) }
        swap(&settling.answers, &answers)
        round.exchangeAnswers(with: &settling.states)
    }

    /// Asks one function all that the round asks of it.
    private func settle(
        _ settling: inout RoundSettling, _ questions: ArraySlice<Int>, _ asking: FunctionAsking
    ) {
        if asking.isDirect { return settleAtOnce(&settling, questions, asking) }
        let function = stage.functions[asking.function]
        var writer = asking.takeWriter()
        var next = questions.startIndex
        repeat {
            let now = stage.time.monotonic
            let errands = function.state.withLock { state -> Errands? in
                let before = settling.pending.count
                while next < questions.endIndex {
                    let question = questions[next]
                    next += 1
                    let key = asking.key(
                        of: settling.reader.questions[question], settling.reader, with: &writer)
                    if let hit = state.machine.answerFromCache(key, at: now) {
                        settling.answer(question, with: SettledCall(hit))
                        continue
                    }
                    askUncached(question, key, asking, &settling, &state, at: now)
                    if asking.isImmediate, settling.pending.count > before { break }
                }
                let isAsked = settling.pending.count > before
                return isAsked || state.owesErrands ? state.advance(to: now) : nil
            }
            if let errands { stage.perform(errands, of: function) }
        } while next < questions.endIndex
        asking.giveBack(writer)
    }

    /// Asks one question that the cache does not answer.
    @inline(never)
    func askUncached(
        _ number: Int, _ key: CallKey, _ asking: FunctionAsking, _ settling: inout RoundSettling,
        _ state: inout FunctionState, at now: Duration
    ) {
        let question = settling.reader.questions[number]
        let id = state.nextCall()
        let started = state.machine.startUncached(
            id, key: key, budgetEnd: budgetEnd(of: question.row), at: now)
        if case .ended(let outcome) = started {
            let settled = SettledCall(outcome, function: asking.path)
            return settling.answer(number, with: settled)
        }
        guard let arguments = asking.arguments(of: question, settling.reader) else {
            state.giveUp(id, at: now)
            return settling.answer(number, with: .unpassable(asking.path))
        }
        keep(number, question, of: asking.function, as: id, arguments, &settling, &state)
    }

    func budgetEnd(of row: Int) -> Duration? {
        budgetEnds.isEmpty ? budgetEnd : budgetEnds[row]
    }

    /// What functions are told of a row of the batch.
    func context(of row: Int, _ settling: RoundSettling) -> PluginContext {
        let record = settling.rows[row]
        var told = settling.source
        told.offset = record.offset
        told.transactionID = settling.transactionID(row)
        told.partition = context.readsFile ? nil : record.partition
        told.eventTime = record.timestamp < 0 ? nil : record.timestamp
        return told
    }

    /// Lets a row wait for one of its calls.
    private func keep(
        _ number: Int, _ question: CallRound.Question, of function: Int, as id: CallID,
        _ arguments: [PluginValue?], _ settling: inout RoundSettling, _ state: inout FunctionState
    ) {
        if settling.pending.isEmpty { inbox.watch() }
        let ticket = openTicket(of: question.row, &settling)
        tickets.update(TicketID(ticket)) {
            $0.pending.append(.init(call: question.call, function: function, id: id))
        }
        settling.pending.append(.init(question: number, ticket: ticket))
        settling.states[number] = .pending
        state.keep(
            id,
            AskedCall(
                inbox: inbox, ticket: ticket, call: question.call, arguments: arguments,
                context: context(of: question.row, settling)))
    }

    private func openTicket(of row: Int, _ settling: inout RoundSettling) -> Int {
        if hasTicket(row) { return ticketOfRow[row] }
        while ticketOfRow.count <= row { ticketOfRow.append(-1) }
        let ticket = ticketNext
        ticketNext += 1
        ticketOfRow[row] = ticket
        settling.rowsWaiting.append(row)
        tickets.insert(WaitingTicket(budgetEnd: budgetEnd(of: row)), for: TicketID(ticket))
        return ticket
    }

    // MARK: Finishing

    /// Takes the answers that have come by the end of the round, and leaves the other rows waiting.
    private func finish(_ settling: inout RoundSettling) {
        let readyBefore = ready.count
        let firstTicket = settling.pending[0].ticket
        for arrival in inbox.takeAll() {
            if arrival.ticket < firstTicket {
                take(arrival)
            } else {
                takeAtOnce(arrival, &settling)
            }
        }
        for row in settling.rowsWaiting {
            let ticket = ticketOfRow[row]
            let isAnswered = tickets.update(TicketID(ticket)) { waiting in
                if !waiting.pending.isEmpty { waiting.answers = settling.answers[row] }
                return waiting.pending.isEmpty
            }
            if isAnswered == true {
                tickets.remove(TicketID(ticket))
                ticketOfRow[row] = -1
            } else {
                didLeaveWaiting()
            }
        }
        // The inbox did not wake the lane for these, since it was being watched.
        if ready.count > readyBefore { inbox.wakeLane() }
    }

    /// Takes an answer that came while its question was being asked.
    private func takeAtOnce(_ arrival: CallArrival, _ settling: inout RoundSettling) {
        let questions = settling.reader.questions
        let number = settling.pending.first { pending in
            pending.ticket == arrival.ticket
                && questions[pending.question].call == arrival.call
        }?.question
        let isRemoved = tickets.update(TicketID(arrival.ticket)) { $0.remove(call: arrival.call) }
        guard let number, isRemoved == true else { return }
        settling.answer(number, with: arrival.settled)
    }
}

/// A round while it is settled.
struct RoundSettling {
    /// A question whose answer is pending.
    struct Pending {
        let question: Int
        let ticket: Int
    }

    let reader: QuestionReader
    let transactionID: (_ row: Int) -> String?
    /// What functions are told of all rows.
    let source: PluginContext
    let rows: [RecordRow]
    /// The round's answers, which it lends.
    var states: [CallAnswerState] = []
    /// What rows were told, which the desk lends.
    var answers = RowAnswers()
    var pending: [Pending] = []
    /// Rows that have a ticket since this round.
    var rowsWaiting: [Int] = []

    init(_ round: CallRound, of batch: RecordBatch, _ context: LaneContext) {
        reader = QuestionReader(round)
        transactionID = round.transactionID
        source = context.plugin(topic: batch.topic)
        rows = batch.rows
    }

    /// Tells a row what one of its calls came to.
    mutating func answer(_ number: Int, with settled: SettledCall) {
        states[number] = .settled(settled)
        let question = reader.questions[number]
        answers.add(question.row, EarlierAnswer(call: question.call, settled))
    }
}

extension SettledCall {
    /// What a call of a function comes to whose plugin the rows do without.
    fileprivate static func withheld(_ function: FunctionAsking) -> SettledCall {
        let text = "\(function.path) was not called: the plugin \(function.plugin) is not enabled"
        return SettledCall(.unknown(.disabled), CallTrace(outcome: "skipped", error: text))
    }

    /// What a call comes to one of whose arguments cannot be handed over exactly.
    fileprivate static func unpassable(_ function: String) -> SettledCall {
        let text =
            "\(function) was not called: an argument holds a number that is not exact, a name "
            + "twice, or is nested too deeply"
        return SettledCall(
            .unknown(.notCalled), CallTrace(outcome: "skipped", error: text))
    }
}
