import ArkaResilience
import ArkaStream
import PactPlugins

/// Everything about one function's calls that changes, behind one lock.
struct FunctionState: Sendable {
    var machine: CallMachine<CallReply>
    /// Calls that were started and have not ended.
    private var asked = NumberTable<CallID, AskedCall>()
    /// Calls of the function that have not ended.
    private var runs = NumberTable<DispatchID, FunctionRun>()
    private var callNumberNext: UInt64 = 0
    private var latency = LatencyHistogram()
    /// What the machine wants done; empty whenever the lock is free.
    private var actions: [CallAction<CallReply>] = []
    /// Since when lanes are to stop reading; `nil` if they were not when it was last looked at.
    private var stoppedReadingAt: Duration?

    init(_ policy: CallPolicy, jitterSeed: UInt64, at now: Duration) {
        machine = CallMachine(policy, jitterSeed: jitterSeed, at: now)
    }

    /// Whether the machine wants something done: then the lock is not to be given back before
    /// ``advance(to:)`` or ``collect(at:)``.
    var owesErrands: Bool { !actions.isEmpty }

    /// A number that no call has had.
    mutating func nextCall() -> CallID {
        callNumberNext += 1
        return CallID(callNumberNext)
    }

    /// Keeps what a call asks that was started and is pending.
    mutating func keep(_ call: CallID, _ what: AskedCall) {
        asked.insert(what, for: call)
    }

    /// Lets the machine do what is due.
    mutating func advance(to now: Duration) -> Errands {
        machine.advance(to: now, into: &actions)
        return collect(at: now)
    }

    /// Takes the end of a call of the function.
    mutating func end(
        _ run: FunctionRun, with result: DispatchResult<CallReply>, at now: Duration
    ) -> Errands {
        runs.remove(run.id)
        latency.observe(now - run.sentAt)
        machine.ended(run.id, with: result, at: now, into: &actions)
        return collect(at: now)
    }

    /// Takes the end of a direct call.
    /// - Returns: How each of its items ended, and what is to be done for calls that stand in the line.
    mutating func endDirect(
        _ call: DirectCall, with result: DispatchResult<CallReply>, _ keys: [CallKey],
        _ budgetEnds: [Duration?], at now: Duration
    ) -> (outcomes: [CallOutcome<CallReply>], errands: Errands?) {
        latency.observe(now - call.sentAt)
        let outcomes = machine.endDirect(
            call, with: result, keys: keys, budgetEnds: budgetEnds, at: now, into: &actions)
        let concernsOthers = !actions.isEmpty || machine.pendingCount > 0
        return (outcomes, concernsOthers ? collect(at: now) : nil)
    }

    /// Ends a call whose row nobody decides any more; nothing happens if it has ended.
    mutating func cancel(_ call: CallID, at now: Duration) {
        guard asked.remove(call) != nil else { return }
        machine.cancel(call, at: now, into: &actions)
    }

    /// Ends a call that was started and cannot be made. Others may go out for it: see ``owesErrands``.
    mutating func giveUp(_ call: CallID, at now: Duration) {
        machine.cancel(call, at: now, into: &actions)
    }

    /// Ends all calls.
    mutating func cancelAll(at now: Duration) -> Errands {
        asked.removeAll()
        machine.cancelAll(at: now, into: &actions)
        return collect(at: now)
    }

    /// Turns what the machine wants done into what is done outside of the lock.
    mutating func collect(at now: Duration) -> Errands {
        var errands = Errands()
        for action in actions {
            switch action {
            case .finish(let call, let outcome):
                // Those that were cancelled have none.
                guard let asked = asked.remove(call) else { continue }
                errands.deliveries.append(.init(asked: asked, outcome: outcome))
            case .dispatch(let dispatch): errands.runs.append(run(dispatch, at: now))
            case .cancel(let id):
                if let run = runs[id] { errands.cancelled.append(run) }
            }
        }
        actions.removeAll(keepingCapacity: true)
        errands.nextWake = machine.nextWake
        noteReading(&errands, at: now)
        return errands
    }

    private mutating func run(_ dispatch: CallDispatch, at now: Duration) -> FunctionRun {
        let items = dispatch.items.map { item -> AskedCall in
            guard let asked = asked[item.call] else {
                preconditionFailure("what goes out was asked by somebody who waits")
            }
            return asked
        }
        let run = FunctionRun(dispatch.id, items: items, deadline: dispatch.deadline, sentAt: now)
        runs.insert(run, for: dispatch.id)
        return run
    }

    private mutating func noteReading(_ errands: inout Errands, at now: Duration) {
        let stopsReading = machine.stopsReading(at: now)
        errands.letsLanesRead = stoppedReadingAt != nil && !stopsReading
        stoppedReadingAt = stopsReading ? stoppedReadingAt ?? now : nil
    }

    func snapshot(at now: Duration) -> FunctionSnapshot {
        let stopsReading = machine.stopsReading(at: now)
        return FunctionSnapshot(
            function: machine.policy.function, calls: machine.counters,
            breaker: machine.breakerStatus(at: now), breakerCounters: machine.breakerCounters,
            cache: machine.cacheCounters, inFlight: machine.outCount,
            waiting: machine.pendingCount, whenUnavailable: machine.policy.whenUnavailable,
            stopsReading: stopsReading,
            stopsReadingFor: stopsReading ? max(.zero, now - (stoppedReadingAt ?? now)) : nil,
            latency: latency)
    }
}
