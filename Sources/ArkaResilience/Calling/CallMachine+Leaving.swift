extension CallMachine {
    /// Ends a call that nobody wants any more, such as of a partition that was taken away.
    ///
    /// Nothing happens if it has ended already; no ``CallAction/finish(_:_:)`` follows. Equal calls
    /// are not disturbed; if there is none, what is out for it is cancelled.
    public mutating func cancel(
        _ call: CallID, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        let now = move(to: now)
        guard let ended = pending.remove(call) else { return }
        leaveBudget(of: ended)
        tally.cancelled += 1
        leaveFlight(call, isTimeOver: false, at: now, into: &actions)
        sendWaiting(at: now, into: &actions)
        checkInvariants()
    }

    /// Ends all calls, as when the engine stops.
    public mutating func cancelAll(
        at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        let now = move(to: now)
        // In their order, so that the same events make the same actions.
        for (call, ended) in pending.sorted(by: { $0.key.number < $1.key.number }) {
            leaveBudget(of: ended)
            tally.cancelled += 1
            leaveFlight(call, isTimeOver: false, at: now, into: &actions)
        }
        pending.removeAll()
        checkInvariants()
    }

    /// Lets a call leave its flight; the last to leave ends it.
    mutating func leaveFlight(
        _ call: CallID, isTimeOver: Bool, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        guard case .last(let flight) = flights.leave(call),
            let state = removeProgress(of: flight)
        else { return }
        switch state.stage {
        case .waiting: bulkhead.leave(flight)
        case .backingOff: timers.callOff(.pause(flight))
        case .out(let id, let index):
            let isWanted = dispatches.update(id) { sent in
                sent.flights[index] = nil
                return sent.isWanted
            }
            if isWanted == false {
                giveUp(id, isTimeOver: isTimeOver, at: now, into: &actions)
            }
        }
    }

    /// Gives up a call of the plugin that nobody waits for. It keeps its place until it ends.
    private mutating func giveUp(
        _ id: DispatchID, isTimeOver: Bool, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        guard let sent = markGivenUp(id, into: &actions) else { return }
        // One that stood in the line for longer than it was out says more of the line.
        let fair = max(
            sent.waited, min(ResilienceLimits.fairAttemptMin, policy.limits.smallest.limit))
        if isTimeOver, now - sent.sentAt >= fair {
            let change = breaker.end(sent.ticket, with: .timedOut, at: now)
            dismissLine(after: change, into: &actions)
        } else {
            breaker.abandon(sent.ticket)
        }
    }

    /// Marks a call of the plugin as given up, lets it be cancelled, and returns it as it was.
    mutating func markGivenUp(
        _ id: DispatchID, into actions: inout [CallAction<Answer>]
    ) -> DispatchProgress? {
        guard let before = dispatches[id] else { return nil }
        precondition(!before.isGivenUp, "a call is given up once")
        dispatches.update(id) { sent in
            sent.isGivenUp = true
            sent.flights = sent.flights.map { _ in nil }
        }
        timers.callOff(.limit(id))
        actions.append(.cancel(id))
        return before
    }
}
