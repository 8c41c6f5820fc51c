extension CallMachine {
    /// Does what timers say, in the order in which they were due.
    @usableFromInline
    mutating func doWhatIsDue(at now: Duration, into actions: inout [CallAction<Answer>]) {
        while let timer = timers.popDue(at: now) {
            switch timer {
            case .budget(let id): didSpendBudget(id, at: now, into: &actions)
            case .limit(let id): didMissLimit(id, at: now, into: &actions)
            case .pause(let flight): rejoin(flight, at: now, into: &actions)
            }
        }
    }

    /// The decisions of these calls wait no longer.
    private mutating func didSpendBudget(
        _ id: BudgetID, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        for call in budgets.take(id) where pending[call]?.budget == id {
            didSpendBudget(call, at: now, into: &actions)
        }
    }

    /// A call's decision waits no longer. Those that share its flight may.
    private mutating func didSpendBudget(
        _ call: CallID, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        guard let waiting = pending[call], let budgetEnd = waiting.budgetEnd,
            let attempts = flights.flight(of: call).flatMap({ progress[$0]?.attempts })
        else { preconditionFailure("a budget's timer is that of a pending call") }
        if attempts == 0 {
            finish(call, .skipped(.budgetSpent), into: &actions)
        } else {
            let deadline = Deadline(budgetEnd: budgetEnd, since: waiting.startedAt)
            let failure = CallFailure(missed: deadline, function: policy.function)
            finish(call, .failed(failure, attempts: attempts), into: &actions)
        }
        leaveFlight(call, isTimeOver: true, at: now, into: &actions)
    }

    /// A call of the plugin took longer than one attempt may.
    private mutating func didMissLimit(
        _ id: DispatchID, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        guard let sent = markGivenUp(id, into: &actions) else {
            preconditionFailure("a limit's timer is that of a call that is out")
        }
        noteProbe(sent)
        let change = breaker.end(sent.ticket, with: .timedOut, at: now)
        let own = Deadline(policy.limits, budgetEnd: nil, at: sent.sentAt)
        let failure = CallFailure(missed: own, function: policy.function)
        for case let flight? in sent.flights {
            didFail(flight, failure, at: now, into: &actions)
        }
        dismissLine(after: change, into: &actions)
    }
}
