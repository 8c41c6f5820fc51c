/// Decides, for all calls of one function, which go out, when, and how each ends.
///
/// ```
///   start ─► cache ─► equal call pending? ─► breaker ─► line of the bulkhead
///              │              │ joins it        │ open       │ a place, a token, the breaker's ticket
///              ▼              ▼                 ▼            ▼
///            ended         pending            ended      dispatch: up to a batch, with a deadline
///                                                            │ ended / its limit / nobody waits
///                                               pause ◄──────┤
///                                                 │ retry    ▼
///                                                 └─► line   finish, for all who share it
/// ```
///
/// It is a value that knows no plugin, thread or clock: events go in with the monotonic time at which
/// they happen, actions come out. The shell holds it behind a lock, performs the actions, and calls
/// ``advance(to:into:)`` after it has started a unit of calls and at ``nextWake``.
///
/// **Promises.** Each call that was started ends exactly once: by what ``start(_:key:budgetEnd:at:)``
/// returns, by one ``CallAction/finish(_:_:)``, or by ``cancel(_:at:into:)``. A call with a budget ends
/// by its end. Equal calls that are pending have one attempt out at most. Only successes are kept. An
/// answer that comes at its deadline or later is dropped. Half-open, one probe is out, never two.
///
/// **Time of an attempt.** Its limits count from when it goes out; waiting for a place takes from the
/// budget only. An attempt that is cut short by the budget counts as the function's time-out if it had
/// at least 100 ms or its own limit; if it had less, that says nothing of the function.
///
/// **Batches** are one call: the breaker counts them once, as success if any item succeeded, and a
/// token of the rate limit lets one out. Items fail and are retried one by one.
///
/// **Failures that stay** (``CallFailure/isRetryable`` is false) end their calls at once. The breaker
/// counts them like others, such as a service that refuses our key, except ``FailureKind/inputRefused``:
/// a call all of whose input was refused gives its ticket back undecided, also if it is the probe.
public struct CallMachine<Answer: Sendable>: Sendable {
    /// What it goes by.
    public let policy: CallPolicy
    @usableFromInline var cache: ResultCache<Answer>
    @usableFromInline var tally = CallCounters()
    var flights = SingleFlight()
    var breaker: CircuitBreaker
    var bulkhead: Bulkhead<FlightID>
    var bucket: TokenBucket?
    var timers = TimerQueue<CallTimer>()
    var budgets = BudgetGroups()
    var pending = NumberTable<CallID, PendingCall>()
    var progress = NumberTable<FlightID, FlightProgress>()
    /// The flights that were the probe and go on.
    var probedCount = 0
    var dispatches = NumberTable<DispatchID, DispatchProgress>()
    var direct = DirectCalls()
    var dispatchNumberNext: UInt64 = 0
    let jitterSeed: UInt64
    /// The latest time it was told; one that goes back counts as this one.
    var latest: Duration

    /// Makes a machine without calls.
    /// - Parameters:
    ///   - policy: One without ``CallPolicy/problems``.
    ///   - jitterSeed: Where the randomness of pauses comes from.
    ///   - now: Monotonic time.
    public init(_ policy: CallPolicy, jitterSeed: UInt64 = 0, at now: Duration) {
        precondition(policy.problems.isEmpty, "a policy is checked before a machine is made")
        self.policy = policy
        self.jitterSeed = jitterSeed
        latest = now
        cache = ResultCache(capacity: policy.cache)
        breaker = CircuitBreaker(policy.breaker)
        bulkhead = Bulkhead(policy.bulkhead, itemsMax: policy.batchItemsMax)
        bucket = policy.rateLimit.map { TokenBucket($0, at: now) }
    }

    // MARK: Starting

    /// Starts a call. Those that must go out do so with the next ``advance(to:into:)``, so that equal
    /// and batchable ones of a unit find each other.
    /// - Parameters:
    ///   - call: A number that no pending call has.
    ///   - key: What is asked.
    ///   - budgetEnd: When the decision stops waiting, in monotonic time; `nil` for never. Not heeded
    ///     with ``OutagePolicy/hold``.
    ///   - now: Monotonic time.
    @inlinable
    public mutating func start(
        _ call: CallID, key: CallKey, budgetEnd: Duration?, at now: Duration
    ) -> CallStart<Answer> {
        if let hit = answerFromCache(key, at: now) {
            let source = CallSource.cache(age: hit.age, timeLeft: hit.timeLeft)
            return .ended(.answered(hit.value, source))
        }
        return startUncached(call, key: key, budgetEnd: budgetEnd, at: now)
    }

    /// Starts and ends a call that the cache answers. If it does not, nothing was started:
    /// ``startUncached(_:key:budgetEnd:at:)`` is to follow.
    ///
    /// For callers who count nanoseconds: an outcome that may be anything costs as much to hand over
    /// as looking the answer up.
    @inlinable
    public mutating func answerFromCache(
        _ key: CallKey, at now: Duration
    ) -> CacheHit<Answer>? {
        guard let hit = cache.find(key, at: now) else { return nil }
        tally.started += 1
        tally.cached += 1
        return hit
    }

    /// Starts a call that the cache does not answer, as ``start(_:key:budgetEnd:at:)`` does.
    public mutating func startUncached(
        _ call: CallID, key: CallKey, budgetEnd: Duration?, at now: Duration
    ) -> CallStart<Answer> {
        tally.started += 1
        let now = move(to: now)
        defer { checkInvariants() }
        let budgetEnd = policy.whenUnavailable.budgetEnd(budgetEnd)
        if let budgetEnd, budgetEnd <= now { return end(.skipped(.budgetSpent)) }
        guard pending.count < ResilienceLimits.callsPendingMax else {
            return end(.skipped(.tooManyWaiting))
        }
        if policy.joinsPending, flights.follow(call, key: key) != nil {
            tally.shared += 1
        } else if let refusal = refusal(at: now) {
            return end(.open(refusal))
        } else if !lead(call, key: key) {
            return end(.skipped(.tooManyWaiting))
        }
        let budget = budgetEnd.map { join(call, budgetEnd: $0) }
        pending.insert(PendingCall(startedAt: now, budgetEnd: budgetEnd, budget: budget), for: call)
        return .pending
    }

    /// Puts a call that no equal one is pending of into the line; false if there is no room.
    private mutating func lead(_ call: CallID, key: CallKey) -> Bool {
        let flight = flights.lead(call, key: key, isShared: policy.joinsPending)
        guard bulkhead.join(flight) else {
            _ = flights.leave(call)
            return false
        }
        progress.insert(FlightProgress(), for: flight)
        return true
    }

    /// Lets a call end at the end of its budget.
    private mutating func join(_ call: CallID, budgetEnd: Duration) -> BudgetID {
        let (budget, isNew) = budgets.join(call, end: budgetEnd)
        if isNew { timers.set(.budget(budget), at: budgetEnd) }
        return budget
    }

    /// Forgets the budget of a call that has ended, and the timer with the last one.
    mutating func leaveBudget(of call: PendingCall) {
        guard let budget = call.budget, budgets.leave(budget) else { return }
        timers.callOff(.budget(budget))
    }

    private mutating func end(_ outcome: CallOutcome<Answer>) -> CallStart<Answer> {
        tally.count(outcome)
        return .ended(outcome)
    }

    /// Why no call is let through; `nil` if calls are, or if they wait for better times.
    func refusal(at now: Duration) -> BreakerRefusal? {
        policy.whenUnavailable == .hold ? nil : breaker.refusal(at: now)
    }

    @usableFromInline
    mutating func move(to now: Duration) -> Duration {
        latest = max(latest, now)
        return latest
    }
}
