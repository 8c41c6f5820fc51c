import ArkaModel
import ArkaResilience
public import ArkaStream
import PactPlugins
import Synchronization

/// Where a lane asks: settles the questions of its rows through the ``CallStage``, and keeps what rows
/// were told that wait for more.
///
/// The lane calls ``begin(resuming:budgetEnd:)`` before each evaluation. A row some of whose answers
/// are pending gets a *ticket*, under which the lane keeps it; ``takeReady(max:)`` names the tickets
/// whose answers are complete. Those rows are evaluated again as a batch of their own, and are told
/// what they were told before.
///
/// One per lane, used by its thread alone; only its `wake` is called from others.
public final class LaneCallDesk: CallDesk {
    let stage: CallStage
    let context: LaneContext
    let inbox: LaneInbox
    /// One per function of the plan.
    let asking: [FunctionAsking]
    /// The questions of a round, sorted by the functions that they ask.
    var groups: QuestionGroups
    /// What rows of this batch were told.
    var answers = RowAnswers()
    /// The tickets that rows of this batch have; -1 for none.
    var ticketOfRow: [Int] = []
    /// When decisions of this batch stop waiting: one per row if rows come back, else for all.
    var budgetEnds: [Duration?] = []
    var budgetEnd: Duration?
    var tickets = NumberTable<TicketID, WaitingTicket>()
    var ticketNext = 0
    /// Tickets whose answers are complete, oldest first; dropped ones may be among them.
    var ready: [Int] = []
    /// Tickets that wait for answers.
    public private(set) var waitingCount = 0

    /// Opens a desk.
    /// - Parameters:
    ///   - stage: What makes the calls.
    ///   - context: What functions are told of who asks.
    ///   - wake: Tells the lane to look at ``takeReady(max:)`` and ``stopsReading``; called on any
    ///     thread, without any lock held, once for all that arrives until the lane looks.
    public init(
        _ stage: CallStage, context: LaneContext, wake: @escaping @Sendable () -> Void
    ) {
        self.stage = stage
        self.context = context
        inbox = LaneInbox(wake: wake)
        groups = QuestionGroups(stage.plan)
        asking = stage.plan.functions.indices.map { FunctionAsking($0, of: stage.plan) }
        stage.join(inbox)
    }

    deinit {
        stage.leave(inbox)
    }

    /// Whether the lane is to stop reading: see ``CallStage/stopsReading``.
    public var stopsReading: Bool { stage.stopsReading }

    // MARK: Evaluating

    /// Does without some plugins from the next evaluation on, until told otherwise: what rows ask of them
    /// is unknown at once, for ``ArkaModel/UnknownCause/disabled``. Nothing is called, and no answer is
    /// taken from the cache.
    ///
    /// Rows that come back must meet the same plugins as before: give them back by themselves.
    /// - Parameter plugins: Their names, as rules call them; others are asked.
    public func withhold(_ plugins: Set<String>) {
        for function in asking { function.isWithheld = plugins.contains(function.plugin) }
    }

    /// Prepares for the evaluation of the next batch.
    /// - Parameters:
    ///   - resumed: For rows that come back the ticket of each, in the order of the rows; `nil` for
    ///     a batch of new records. The tickets end here.
    ///   - budgetEnd: When decisions of new records stop waiting for calls, in monotonic time; `nil`
    ///     for never. Rows that come back keep the one they had.
    public func begin(resuming resumed: [Int]? = nil, budgetEnd: Duration?) {
        answers.removeAll()
        ticketOfRow.removeAll(keepingCapacity: true)
        budgetEnds.removeAll(keepingCapacity: true)
        self.budgetEnd = budgetEnd
        for (row, ticket) in (resumed ?? []).enumerated() {
            guard let waiting = tickets.remove(TicketID(ticket)), waiting.pending.isEmpty else {
                preconditionFailure("rows come back once, when their answers are complete")
            }
            budgetEnds.append(waiting.budgetEnd)
            for answer in waiting.answers { answers.add(row, answer) }
        }
    }

    /// Whether any row was told anything in earlier rounds.
    public var hasEarlierAnswers: Bool { !answers.isEmpty }

    /// What a row was told in earlier rounds.
    public func earlierAnswers(of row: Int) -> [EarlierAnswer] { answers[row] }

    /// The name under which a row waits some of whose answers are pending.
    public func ticket(of row: Int) -> Int {
        precondition(hasTicket(row), "a row waits if one of its answers is pending")
        return ticketOfRow[row]
    }

    func hasTicket(_ row: Int) -> Bool { row < ticketOfRow.count && ticketOfRow[row] >= 0 }

    // MARK: Waiting

    /// Takes tickets whose answers are complete, oldest first. Ask again if it gives as many as it
    /// may: the lane is not woken for the rest.
    public func takeReady(max count: Int) -> [Int] {
        for arrival in inbox.takeAll() { take(arrival) }
        ready.removeAll { !tickets.contains(TicketID($0)) }
        let taken = Array(ready.prefix(count))
        ready.removeFirst(taken.count)
        return taken
    }

    /// Takes an answer for a row that waits.
    func take(_ arrival: CallArrival) {
        let answer = EarlierAnswer(call: arrival.call, arrival.settled)
        // Those that were dropped wait for nothing.
        let isLast = tickets.update(TicketID(arrival.ticket)) { $0.take(answer) }
        guard isLast == true else { return }
        waitingCount -= 1
        ready.append(arrival.ticket)
    }

    /// Counts a ticket that the round leaves waiting.
    func didLeaveWaiting() { waitingCount += 1 }

    // MARK: Dropping

    /// Forgets a row that is not decided any more. Calls that nobody else waits for are cancelled.
    public func drop(_ ticket: Int) {
        guard let dropped = tickets.remove(TicketID(ticket)) else { return }
        if !dropped.pending.isEmpty { waitingCount -= 1 }
        let now = stage.time.monotonic
        for pending in dropped.pending {
            let function = stage.functions[pending.function]
            let errands = function.state.withLock { state in
                state.cancel(pending.id, at: now)
                return state.collect(at: now)
            }
            stage.perform(errands, of: function)
        }
    }

    /// Forgets all rows, as when partitions are taken away or the lane's transaction is aborted.
    public func dropAll() {
        for ticket in tickets.map(\.key.ticket).sorted() { drop(ticket) }
        ready.removeAll()
    }
}
