extension CallMachine {
    /// Does what is due: ends calls whose time is over, tries again, and sends what waits.
    /// - Parameters:
    ///   - now: Monotonic time.
    ///   - actions: Where actions are added, in the order in which to perform them.
    public mutating func advance(to now: Duration, into actions: inout [CallAction<Answer>]) {
        let now = move(to: now)
        doWhatIsDue(at: now, into: &actions)
        sendWaiting(at: now, into: &actions)
        checkInvariants()
    }

    /// Sends what waits, as long as there are places, tokens, and the breaker lets calls through.
    @usableFromInline
    mutating func sendWaiting(at now: Duration, into actions: inout [CallAction<Answer>]) {
        while bulkhead.waitingCount > 0, bulkhead.hasPlace {
            if let bucket, bucket.waitForToken(at: now) > .zero { return }
            switch breaker.admit(at: now) {
            case .admitted(let ticket):
                _ = bucket?.take(at: now)
                send(with: ticket, at: now, into: &actions)
            case .refused(let refusal):
                if policy.whenUnavailable == .decide { dismissLine(refusal, into: &actions) }
                return
            }
        }
    }

    /// Sends the oldest that wait, as one call.
    private mutating func send(
        with ticket: BreakerTicket, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        guard let group = bulkhead.take() else {
            preconditionFailure("a place is free and somebody waits")
        }
        let id = DispatchID(number: dispatchNumberNext)
        dispatchNumberNext += 1
        let items = group.items.enumerated().map { putOut($1, as: id, index: $0) }
        let deadline = Deadline(policy.limits, budgetEnd: end(of: group.items), at: now)
        dispatches.insert(
            DispatchProgress(
                flights: group.items.map(Optional.some), ticket: ticket, places: group.places,
                sentAt: now, waited: now - (pending[items[0].call]?.startedAt ?? now),
                deadline: deadline),
            for: id)
        // Budgets have timers of their own: calls that share a flight differ in them.
        timers.set(.limit(id), at: now + policy.limits.smallest.limit)
        tally.dispatches += 1
        tally.items += items.count
        actions.append(
            .dispatch(
                CallDispatch(id: id, items: items, deadline: deadline, isProbe: ticket.isProbe)))
    }

    private mutating func putOut(
        _ flight: FlightID, as id: DispatchID, index: Int
    ) -> CallDispatch.Item {
        let attempt = progress.update(flight) { state in
            state.attempts += 1
            state.stage = .out(id, index: index)
            return state.attempts
        }
        guard let attempt, let call = flights.waiters(of: flight)?.oldest else {
            preconditionFailure("a flight in the line has somebody who waits for it")
        }
        if attempt > 1 { tally.retries += 1 }
        return CallDispatch.Item(call: call, attempt: attempt)
    }

    /// When nobody waits for any of these flights any more; `nil` for never.
    func end(of ids: [FlightID]) -> Duration? {
        var latest: Duration?
        for id in ids {
            guard let waiters = flights.waiters(of: id) else { continue }
            for call in waiters {
                guard let budgetEnd = pending[call]?.budgetEnd else { return nil }
                latest = max(latest ?? budgetEnd, budgetEnd)
            }
        }
        return latest
    }

    /// The breaker lets nobody through: whoever waits in the line need not wait.
    mutating func dismissLine(
        _ refusal: BreakerRefusal, into actions: inout [CallAction<Answer>]
    ) {
        for flight in bulkhead.dismissAll() {
            finish(flight, outcomeOfLast(flight) ?? .open(refusal), into: &actions)
        }
    }
}
