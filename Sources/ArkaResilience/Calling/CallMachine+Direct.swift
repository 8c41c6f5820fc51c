/// Calls of functions that answer on the thread that asks, where the policy lets them go at once.
///
/// They meet the same breaker, bulkhead, limits and budgets as all others, and end in the same ways;
/// what they never do is wait. Whatever would make one wait goes through the line instead.
extension CallMachine {
    /// Begins a call of items that the cache does not answer, none of whose budgets is spent.
    /// - Parameters:
    ///   - itemCount: 1 or more, and no more than the function takes at once.
    ///   - now: Monotonic time.
    /// - Precondition: The policy is one of ``CallPolicy/allowsDirectCalls``.
    public mutating func beginDirect(_ itemCount: Int, at now: Duration) -> DirectStart {
        precondition(policy.allowsDirectCalls, "the policy lets calls go at once")
        precondition((1...policy.batchItemsMax).contains(itemCount), "as many as it takes at once")
        let now = move(to: now)
        defer { checkInvariants() }
        guard let places = bulkhead.takePlaces(for: itemCount) else { return .mustWait }
        tally.started += itemCount
        switch breaker.admit(at: now) {
        case .refused(let refusal):
            bulkhead.giveBack(places)
            tally.open += itemCount
            return .refused(refusal)
        case .admitted(let ticket):
            tally.dispatches += 1
            tally.items += itemCount
            let call = DirectCall(
                ticket: ticket, places: places, itemCount: itemCount, sentAt: now,
                limitEnd: now + policy.limits.smallest.limit)
            direct.add(call)
            return .admitted(call)
        }
    }

    /// Takes the end of a direct call, exactly once, however it ends.
    /// - Parameters:
    ///   - call: The call.
    ///   - result: What came of it; as many results as it has items.
    ///   - keys: What each item asks; empty if the policy keeps no answers.
    ///   - budgetEnds: When the decision of each item stops waiting; empty if none ever does.
    ///   - now: Monotonic time.
    ///   - actions: Where actions are added for calls that stand in the line.
    /// - Returns: How each item ended, in their order.
    @inlinable
    public mutating func endDirect(
        _ call: DirectCall, with result: DispatchResult<Answer>, keys: [CallKey],
        budgetEnds: [Duration?], at now: Duration, into actions: inout [CallAction<Answer>]
    ) -> [CallOutcome<Answer>] {
        let now = move(to: now)
        let late = lateItems(of: call, budgetEnds, at: now)
        let change = takeIn(call, result.verdict, late, at: now)
        var outcomes: [CallOutcome<Answer>] = []
        outcomes.reserveCapacity(call.itemCount)
        for item in 0..<call.itemCount {
            let missed = late.isEmpty ? nil : late[item]
            let outcome = outcome(of: item, result, missed)
            if !keys.isEmpty, case .answered(let answer, _) = outcome,
                case .results(let results) = result, case .success(_, let bytes) = results[item]
            {
                cache.store(answer, bytes: bytes, for: keys[item], ttl: policy.cacheTTL, at: now)
            }
            tally.count(outcome)
            outcomes.append(outcome)
        }
        letOthersGo(after: change, at: now, into: &actions)
        return outcomes
    }

    @inlinable
    func outcome(
        of item: Int, _ result: DispatchResult<Answer>, _ missed: CallFailure?
    ) -> CallOutcome<Answer> {
        if let missed { return .failed(missed, attempts: 1) }
        switch result {
        case .failed(let failure): return .failed(failure, attempts: 1)
        case .results(let results):
            switch results[item] {
            case .success(let answer, _):
                return .answered(answer, .plugin(attempts: 1, isShared: false))
            case .failure(let failure): return .failed(failure, attempts: 1)
            }
        }
    }

    /// The limit that each item has missed; empty if none has. Of two at the same moment it is the
    /// budget, as for calls that wait.
    @usableFromInline
    func lateItems(
        of call: DirectCall, _ budgetEnds: [Duration?], at now: Duration
    ) -> [CallFailure?] {
        let isOverLimit = call.limitEnd <= now
        let isOverBudget = budgetEnds.contains { $0.map { $0 <= now } ?? false }
        guard isOverLimit || isOverBudget else { return [] }
        let own = Deadline(policy.limits, budgetEnd: nil, at: call.sentAt)
        return (0..<call.itemCount).map { item in
            if let budgetEnd = budgetEnds.isEmpty ? nil : budgetEnds[item],
                budgetEnd <= min(now, call.limitEnd)
            {
                let deadline = Deadline(budgetEnd: budgetEnd, since: call.sentAt)
                return CallFailure(missed: deadline, function: policy.function)
            }
            return isOverLimit ? CallFailure(missed: own, function: policy.function) : nil
        }
    }

    /// Gives back what a direct call held.
    /// - Returns: What its end is to the breaker.
    @usableFromInline
    mutating func takeIn(
        _ call: DirectCall, _ verdict: DispatchVerdict, _ late: [CallFailure?], at now: Duration
    ) -> BreakerChange {
        direct.remove(call)
        bulkhead.giveBack(call.places)
        let isAllLate = !late.isEmpty && late.allSatisfy { $0 != nil }
        guard isAllLate else { return report(verdict, call.ticket, at: now) }
        tally.late += 1
        // One that the budgets cut short says something of the function only if it had time enough.
        let fair = min(ResilienceLimits.fairAttemptMin, policy.limits.smallest.limit)
        if now - call.sentAt >= fair {
            return breaker.end(call.ticket, with: .timedOut, at: now)
        }
        breaker.abandon(call.ticket)
        return .none
    }

    /// Sends calls that stand in the line for the place that is free now, or dismisses them.
    @usableFromInline
    mutating func letOthersGo(
        after change: BreakerChange, at now: Duration, into actions: inout [CallAction<Answer>]
    ) {
        defer { checkInvariants() }
        guard bulkhead.isCongested else { return }
        dismissLine(after: change, into: &actions)
        sendWaiting(at: now, into: &actions)
    }
}
