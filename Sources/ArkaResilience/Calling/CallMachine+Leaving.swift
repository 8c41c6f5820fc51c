extension CallMachine {
    /// Ends a call that nobody wants any more, such as of a partition that was taken away.
    ///
    /// Nothing happens if it has ended already; no ``CallAction/finish(_:_:)`` follows. Equal calls
    /// are not disturbed; if there is none, what is out for it is cancelled.
    public mutating func cancel(
        _ call: CallID, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        let now = move(to: now)
        guard pending.removeValue(forKey: call) != nil else { return }
        timers.callOff(.budget(call))
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
        for call in pending.keys.sorted(by: { $0.number < $1.number }) {
            timers.callOff(.budget(call))
            tally.cancelled += 1
            leaveFlight(call, isTimeOver: false, at: now, into: &actions)
        }
        pending = [:]
        checkInvariants()
    }

    /// Lets a call leave its flight; the last to leave ends it.
    mutating func leaveFlight(
        _ call: CallID, isTimeOver: Bool, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        guard case .last(let flight) = flights.leave(call),
            let state = progress.removeValue(forKey: flight)
        else { return }
        switch state.stage {
        case .waiting: bulkhead.leave(flight)
        case .backingOff: timers.callOff(.pause(flight))
        case .out(let id, let index):
            dispatches[id]?.flights[index] = nil
            if dispatches[id]?.isWanted == false {
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
        let fair = min(ResilienceLimits.fairAttemptMin, policy.limits.smallest.limit)
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
        guard var sent = dispatches[id] else { return nil }
        precondition(!sent.isGivenUp, "a call is given up once")
        let before = sent
        sent.isGivenUp = true
        sent.flights = sent.flights.map { _ in nil }
        dispatches[id] = sent
        timers.callOff(.limit(id))
        actions.append(.cancel(id))
        return before
    }
}
