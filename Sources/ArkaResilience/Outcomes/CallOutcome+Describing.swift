public import ArkaModel

extension CallOutcome {
    /// Why the call has no value, as rules and decisions know it; `nil` if it has one.
    public var unknownCause: UnknownCause? {
        switch self {
        case .answered: nil
        case .failed(let failure, _) where failure.kind == .timedOut:
            failure.deadline?.origin == .budget ? .budgetSpent : .timedOut
        case .failed: .callFailed
        case .open: .breakerOpen
        case .skipped(.budgetSpent): .budgetSpent
        case .skipped(.tooManyWaiting): .notCalled
        }
    }

    /// Whether the decision had to do without this call's answer.
    public var isDegraded: Bool { unknownCause != nil }

    /// The word in a decision's `calls` and in metrics.
    public var word: String {
        switch self {
        case .answered(_, .cache): "cached"
        case .answered(_, .plugin): "answered"
        case .failed(let failure, _): failure.kind == .timedOut ? "timeout" : "failed"
        case .open: "open"
        case .skipped: "skipped"
        }
    }

    /// Attempts that went out for it, those included that equal calls shared.
    public var attempts: Int {
        switch self {
        case .answered(_, .plugin(let attempts, _)), .failed(_, let attempts): attempts
        case .answered(_, .cache), .open, .skipped: 0
        }
    }

    /// The code of what went wrong; `nil` if nothing did.
    public var code: DiagnosticCode? {
        switch self {
        case .answered: nil
        case .failed(let failure, _) where failure.kind == .timedOut:
            failure.deadline?.origin == .budget ? .callBudgetSpent : .callTimedOut
        case .failed: .callFailed
        case .open: .callBreakerOpen
        case .skipped(.budgetSpent): .callBudgetSpent
        case .skipped(.tooManyWaiting): .callTooManyWaiting
        }
    }

    /// What to tell people of a call without an answer; `nil` if it has one.
    /// - Parameter function: As rules call it, such as `plugin.sanctions_list.check_sanctions`.
    public func errorText(function: String) -> String? {
        switch self {
        case .answered: nil
        case .failed(let failure, 1): failure.message
        case .failed(let failure, let attempts): "\(failure.message) (attempt \(attempts))"
        case .open(let refusal): openText(function, refusal)
        case .skipped(.budgetSpent):
            "\(function) was not called: the decision's budget was spent; "
                + "raise `decision_budget` in the topology"
        case .skipped(.tooManyWaiting):
            "\(function) was not called: too many of its calls wait already; "
                + "raise `max_concurrent` if the service can take it"
        }
    }

    private func openText(_ function: String, _ refusal: BreakerRefusal) -> String {
        let when =
            refusal.probesIn.map { "tried again in \($0.shownRoughly)" } ?? "being tried just now"
        return "\(function) was not called: its circuit breaker is open, \(when)"
    }
}
