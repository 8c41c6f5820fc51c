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
    public mutating func ended(
        _ id: DispatchID, with result: DispatchResult<Answer>, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        let now = move(to: now)
        doWhatIsDue(at: now, into: &actions)
        guard let sent = dispatches.remove(id) else {
            preconditionFailure("a call of the plugin ends once")
        }
        bulkhead.giveBack(sent.places)
        if sent.isGivenUp {
            tally.late += 1
        } else {
            timers.callOff(.limit(id))
            settle(sent, result, at: now, into: &actions)
        }
        sendWaiting(at: now, into: &actions)
        checkInvariants()
    }

    private mutating func settle(
        _ sent: DispatchProgress, _ result: DispatchResult<Answer>, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        let change = report(result.verdict, sent.ticket, at: now)
        switch result {
        case .results(let results):
            precondition(results.count == sent.flights.count, "a result for each item")
            for index in results.indices {
                guard let flight = sent.flights[index] else { continue }
                settle(flight, results[index], at: now, into: &actions)
            }
        case .failed(let failure):
            for case let flight? in sent.flights {
                didFail(flight, failure, at: now, into: &actions)
            }
        }
        dismissLine(after: change, into: &actions)
    }

    private mutating func report(
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

    private mutating func settle(
        _ flight: FlightID, _ result: CallResult<Answer>, at now: Duration,
        into actions: inout [CallAction<Answer>]
    ) {
        switch result {
        case .success(let answer, let bytes):
            if policy.cacheTTL > .zero, let key = flights.key(of: flight) {
                cache.store(answer, bytes: bytes, for: key, ttl: policy.cacheTTL, at: now)
            }
            let source = CallSource.plugin(
                attempts: progress[flight]?.attempts ?? 0,
                isShared: (flights.waiters(of: flight)?.count ?? 0) > 1)
            finish(flight, .answered(answer, source), into: &actions)
        case .failure(let failure):
            didFail(flight, failure, at: now, into: &actions)
        }
    }

    /// An attempt failed: try again after a pause, wait for better times, or give up. What better times
    /// do not help, such as refused input, does not wait for them: held, it would come back for ever.
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
    mutating func finish(
        _ flight: FlightID, _ outcome: CallOutcome<Answer>,
        into actions: inout [CallAction<Answer>]
    ) {
        progress.remove(flight)
        guard let waiters = flights.take(flight) else { return }
        for call in waiters { finish(call, outcome, into: &actions) }
    }

    /// Ends one call that has left its flight.
    mutating func finish(
        _ call: CallID, _ outcome: CallOutcome<Answer>, into actions: inout [CallAction<Answer>]
    ) {
        if let ended = pending.remove(call) { leaveBudget(of: ended) }
        tally.count(outcome)
        actions.append(.finish(call, outcome))
    }

    /// How a flight ended that is not tried again; `nil` if it was never out.
    func outcomeOfLast(_ flight: FlightID) -> CallOutcome<Answer>? {
        guard let state = progress[flight], let failure = state.lastFailure else { return nil }
        return .failed(failure, attempts: state.attempts)
    }

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
