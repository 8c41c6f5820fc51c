/// Keeps calls away from a function that does not work, and finds out when it works again.
///
/// ```
///             5 failures in a row, or half of 20 in 10 s
///   closed ────────────────────────────────────────────► open (5 s)
///     ▲                                                  │   ▲
///     │ probe succeeds                     time is over, │   │ probe fails: open twice as long,
///     │                                   a call comes   ▼   │ up to 60 s
///     └──────────────────────────────────────────────── half-open: one call is the probe
/// ```
///
/// It counts calls of the plugin, not items of a batch, at the time they end. A success never opens
/// it, even if it makes the number of calls complete: something works just now. A breaker that closed
/// starts anew: nothing counted, and open for the first length again.
///
/// **Late answers.** Opening, sending a probe out and deciding it each begin a new period. An answer
/// to a call of an earlier period is counted as late and changes nothing: neither does a burst of old
/// failures open the breaker again, nor does an old success close it or make room for another probe.
///
/// Each ticket comes back exactly once, by ``end(_:with:at:)`` or ``abandon(_:)``; while a probe's is
/// out nobody else is let through.
public struct CircuitBreaker: Sendable {
    enum State: Sendable, Equatable {
        case closed(failuresInARow: Int)
        case open(until: Duration)
        case halfOpen(isProbeOut: Bool)
    }

    /// The numbers it goes by.
    public let policy: BreakerPolicy
    /// What it has seen so far.
    public private(set) var counters = BreakerCounters()
    private(set) var state = State.closed(failuresInARow: 0)
    private(set) var window: FailureWindow
    private(set) var openNext: Duration
    private var period: UInt64 = 0

    /// Makes a closed breaker.
    /// - Precondition: `policy` has no ``BreakerPolicy/problems``.
    public init(_ policy: BreakerPolicy = BreakerPolicy()) {
        precondition(policy.problems.isEmpty, "a breaker's policy is checked before it is made")
        self.policy = policy
        window = FailureWindow(length: policy.window)
        openNext = policy.open
    }

    // MARK: Asking

    /// Says why a call would not be let through now; `nil` if it would.
    ///
    /// Asking changes nothing, so a call may ask before it waits for a free place.
    public func refusal(at now: Duration) -> BreakerRefusal? {
        switch state {
        case .closed, .halfOpen(isProbeOut: false): nil
        case .open(let until): now >= until ? nil : BreakerRefusal(probesIn: until - now)
        case .halfOpen(isProbeOut: true): BreakerRefusal(probesIn: nil)
        }
    }

    /// Lets a call through, or not. In the half-open state it is the probe.
    public mutating func admit(at now: Duration) -> BreakerAdmission {
        defer { checkInvariants() }
        if let refusal = refusal(at: now) { return .refused(refusal) }
        if case .closed = state {
            return .admitted(BreakerTicket(period: period, isProbe: false))
        }
        begin(.halfOpen(isProbeOut: true))
        counters.probes += 1
        return .admitted(BreakerTicket(period: period, isProbe: true))
    }

    /// Whether calls go through unhindered.
    public var isClosed: Bool {
        if case .closed = state { true } else { false }
    }

    /// What it is now. It counts as half-open as soon as a probe may go out.
    public func status(at now: Duration) -> BreakerStatus {
        switch state {
        case .closed: .closed
        case .open(let until): now >= until ? .halfOpen : .open
        case .halfOpen: .halfOpen
        }
    }

    /// When a probe may go out; `nil` if calls or a probe may go out already, or one is out.
    public var probesAt: Duration? {
        if case .open(let until) = state { until } else { nil }
    }

    // MARK: Reporting

    /// Takes a ticket back with what came of the call.
    /// - Parameters:
    ///   - ticket: One that was not given back yet.
    ///   - failure: The kind of failure; `nil` for success.
    ///   - now: When it ended.
    public mutating func end(
        _ ticket: BreakerTicket, with failure: FailureKind?, at now: Duration
    ) -> BreakerChange {
        defer { checkInvariants() }
        guard ticket.period == period else {
            counters.late += 1
            return .none
        }
        count(failure)
        switch state {
        case .closed(let inARow):
            window.add(failed: failure != nil, at: now)
            return failure == nil ? didSucceed() : didFail(inARow: inARow + 1, at: now)
        case .halfOpen:
            return failure == nil ? close() : open(at: now)
        case .open:
            preconditionFailure("no ticket is given out while the breaker is open")
        }
    }

    /// Takes a ticket back that nothing came of: the caller no longer wants the answer.
    ///
    /// A probe that is abandoned has decided nothing; the next call is the probe.
    public mutating func abandon(_ ticket: BreakerTicket) {
        defer { checkInvariants() }
        guard ticket.period == period else {
            counters.late += 1
            return
        }
        counters.abandoned += 1
        if ticket.isProbe { begin(.halfOpen(isProbeOut: false)) }
    }

    private mutating func count(_ failure: FailureKind?) {
        guard let failure else {
            counters.successes += 1
            return
        }
        counters.failures[failure, default: 0] += 1
    }

    private mutating func didSucceed() -> BreakerChange {
        state = .closed(failuresInARow: 0)
        return .none
    }

    private mutating func didFail(inARow: Int, at now: Duration) -> BreakerChange {
        let total = window.total
        let isShareReached =
            total.calls >= policy.callsMin
            && total.failures * 100 >= total.calls * policy.failurePercent
        if inARow >= policy.consecutiveFailures || isShareReached { return open(at: now) }
        state = .closed(failuresInARow: inARow)
        return .none
    }

    private mutating func open(at now: Duration) -> BreakerChange {
        let length = openNext
        openNext = min(openNext * 2, policy.openMax)
        window.clear()
        begin(.open(until: now + length))
        counters.opened += 1
        return .opened(for: length)
    }

    private mutating func close() -> BreakerChange {
        openNext = policy.open
        begin(.closed(failuresInARow: 0))
        counters.closed += 1
        return .closed
    }

    private mutating func begin(_ next: State) {
        state = next
        period += 1
    }
}
