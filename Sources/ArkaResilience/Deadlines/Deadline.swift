/// Until when an attempt may take, and who says so.
///
/// An answer *at* the deadline is late already.
public struct Deadline: Sendable, Hashable {
    /// Which of the limits was the smallest.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// The function's own, declared by its author.
        case function
        /// Whoever uses the plugin, such as a topology under `functions`.
        case configuration
        /// The sandbox.
        case sandbox
        /// What was left of the time that a decision may wait for its calls.
        case budget
    }

    /// The moment, in monotonic time.
    public let at: Duration
    /// The time that the attempt had when it started.
    public let allowed: Duration
    /// Which limit it comes from.
    public let origin: Origin

    /// Computes the deadline of an attempt that starts now.
    /// - Parameters:
    ///   - limits: What one attempt may take.
    ///   - budgetEnd: When the decision stops waiting; `nil` if it waits as long as it takes.
    ///   - now: When the attempt starts.
    public init(_ limits: TimeLimits, budgetEnd: Duration?, at now: Duration) {
        let own = limits.smallest
        let left = budgetEnd.map { max(.zero, $0 - now) }
        if let left, left < own.limit {
            (allowed, origin) = (left, .budget)
        } else {
            (allowed, origin) = own
        }
        at = now + allowed
    }

    /// The end of a decision's budget, for a call that has waited since it was started.
    init(budgetEnd: Duration, since start: Duration) {
        at = budgetEnd
        allowed = max(.zero, budgetEnd - start)
        origin = .budget
    }

    /// What to tell who has to do something about it: the function, its limit, where to raise it.
    /// - Parameter function: As rules call it, such as `plugin.sanctions_list.check_sanctions`.
    public func text(function: String) -> String {
        "no answer from \(function) within \(allowed.shownRoughly), \(remedy)"
    }

    private var remedy: String {
        switch origin {
        case .function: "the function's own limit; raise `timeout` where it is declared"
        case .configuration:
            "the limit where the plugin is used; raise `timeout` under its `functions` there"
        case .sandbox:
            "the limit of its sandbox; raise `resources.timeout` or "
                + "`sandbox.resources.maxExecutionTime`, whichever is shorter, in its document"
        case .budget:
            "what was left of the decision's budget; raise `decision_budget` in the topology"
        }
    }
}
