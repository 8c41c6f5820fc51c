extension CallMachine {
    /// Takes the end of a call of the plugin.
    ///
    /// Each ``CallAction/dispatch(_:)`` ends exactly once, also after ``CallAction/cancel(_:)``; until
    /// then it holds its place. What it brings at its deadline or later is dropped.
    /// - Parameters:
    ///   - id: The call that ended.
    ///   - result: What came of it; as many results as it had items.
    ///   - now: Monotonic time.
    ///   - actions: Where actions are added, in the order in which to perform them.
    @inlinable
    public mutating func ended(
        _ id: DispatchID, with result: DispatchResult<Answer>, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        let now = move(to: now)
        doWhatIsDue(at: now, into: &actions)
        if let (flights, change) = takeIn(id, result.verdict, at: now) {
            settle(flights, result, at: now, into: &actions)
            dismissLine(after: change, into: &actions)
        }
        sendWaiting(at: now, into: &actions)
        checkInvariants()
    }

    /// Gives back what a call of the plugin held.
    /// - Returns: The flights of its items, and what its end is to the breaker; `nil` if nobody waits.
    @usableFromInline
    mutating func takeIn(
        _ id: DispatchID, _ verdict: DispatchVerdict, at now: Duration
    ) -> (flights: [FlightID?], change: BreakerChange)? {
        guard let sent = dispatches.remove(id) else {
            preconditionFailure("a call of the plugin ends once")
        }
        bulkhead.giveBack(sent.places)
        if sent.isGivenUp {
            tally.late += 1
            return nil
        }
        timers.callOff(.limit(id))
        noteProbe(sent)
        return (sent.flights, report(verdict, sent.ticket, at: now))
    }

    /// Remembers of the flights of a probe that has ended that they were it.
    mutating func noteProbe(_ sent: DispatchProgress) {
        guard sent.ticket.isProbe else { return }
        for case let flight? in sent.flights where progress[flight]?.wasProbe == false {
            progress.update(flight) { $0.wasProbe = true }
            probedCount += 1
        }
    }

    mutating func report(
        _ verdict: DispatchVerdict, _ ticket: BreakerTicket, at now: Duration
    ) -> BreakerChange {
        switch verdict {
        case .works: return breaker.end(ticket, with: nil, at: now)
        case .fails(let kind): return breaker.end(ticket, with: kind, at: now)
        case .unknown:
            breaker.abandon(ticket)
            return .none
        }
    }

    @inlinable
    mutating func settle(
        _ flights: [FlightID?], _ result: DispatchResult<Answer>, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        switch result {
        case .results(let results):
            precondition(results.count == flights.count, "a result for each item")
            for index in results.indices {
                guard let flight = flights[index] else { continue }
                settle(flight, results[index], at: now, into: &actions)
            }
        case .failed(let failure):
            for case let flight? in flights {
                didFail(flight, failure, at: now, into: &actions)
            }
        }
    }

    @inlinable
    mutating func settle(
        _ flight: FlightID, _ result: CallResult<Answer>, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        switch result {
        case .success(let answer, let bytes):
            if policy.cacheTTL > .zero { keep(answer, bytes: bytes, of: flight, at: now) }
            finish(flight, .answered(answer, source(of: flight)), into: &actions)
        case .failure(let failure):
            didFail(flight, failure, at: now, into: &actions)
        }
    }

    @usableFromInline
    mutating func keep(_ answer: Answer, bytes: Int, of flight: FlightID, at now: Duration) {
        guard let key = flights.key(of: flight) else { return }
        cache.store(answer, bytes: bytes, for: key, ttl: policy.cacheTTL, at: now)
    }

    @usableFromInline
    func source(of flight: FlightID) -> CallSource {
        .plugin(
            attempts: progress[flight]?.attempts ?? 0,
            isShared: (flights.waiters(of: flight)?.count ?? 0) > 1)
    }

    /// An attempt failed: try again after a pause, wait for better times, or give up. What better times
    /// do not help, such as refused input, does not wait for them: held, it would come back for ever.
    @usableFromInline
    mutating func didFail(
        _ flight: FlightID, _ failure: CallFailure, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        let attempts = progress[flight]?.attempts ?? 0
        progress.update(flight) { $0.lastFailure = failure }
        if policy.whenUnavailable == .hold, !breaker.isClosed, failure.isRetryable {
            return rejoin(flight, at: now, into: &actions)
        }
        let decision = policy.retry.decide(
            afterAttempt: attempts, failure: failure, end: end(of: [flight]), at: now,
            draw: draw(flight, attempts))
        switch decision {
        case .retry(let pause):
            progress.update(flight) { $0.stage = .backingOff }
            timers.set(.pause(flight), at: now + pause)
        case .stop:
            finish(flight, .failed(failure, attempts: attempts), into: &actions)
        }
    }

    /// Puts a flight that has failed before at the end of the line, for another attempt.
    mutating func rejoin(
        _ flight: FlightID, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        if refusal(at: now) == nil, bulkhead.join(flight) {
            progress.update(flight) { $0.stage = .waiting }
        } else if let outcome = outcomeOfLast(flight) {
            finish(flight, outcome, into: &actions)
        }
    }

    /// Ends a flight, and with it all calls that share it.
    @inlinable
    mutating func finish(
        _ flight: FlightID, _ outcome: CallOutcome<Answer>,
        into actions: inout [CallAction<Answer>]
    ) {
        guard let waiters = land(flight) else { return }
        for call in waiters { finish(call, outcome, into: &actions) }
    }

    @usableFromInline
    mutating func land(_ flight: FlightID) -> Waiters? {
        _ = removeProgress(of: flight)
        return flights.take(flight)
    }

    /// Forgets how far a flight has come.
    mutating func removeProgress(of flight: FlightID) -> FlightProgress? {
        let state = progress.remove(flight)
        if state?.wasProbe == true { probedCount -= 1 }
        return state
    }

    /// Ends one call that has left its flight.
    @inlinable
    mutating func finish(
        _ call: CallID, _ outcome: CallOutcome<Answer>, into actions: inout [CallAction<Answer>]
    ) {
        forget(call)
        tally.count(outcome)
        actions.append(.finish(call, outcome))
    }

    @usableFromInline
    mutating func forget(_ call: CallID) {
        if let ended = pending.remove(call) { leaveBudget(of: ended) }
    }

    /// How a flight ended that is not tried again; `nil` if it was never out.
    func outcomeOfLast(_ flight: FlightID) -> CallOutcome<Answer>? {
        guard let state = progress[flight], let failure = state.lastFailure else { return nil }
        return .failed(failure, attempts: state.attempts)
    }

    @usableFromInline
    mutating func dismissLine(
        after change: BreakerChange, into actions: inout [CallAction<Answer>]
    ) {
        guard case .opened(let length) = change, policy.whenUnavailable == .decide else { return }
        dismissLine(BreakerRefusal(probesIn: length), into: &actions)
    }

    /// Random bits for a pause: the same for the same seed, flight and attempt.
    private func draw(_ flight: FlightID, _ attempt: Int) -> UInt32 {
        var mixed = jitterSeed &+ (flight.number << 8 | UInt64(attempt)) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }
}
