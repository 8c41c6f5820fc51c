/// What becomes of a transaction where a rule is neither true nor false.
@frozen public enum OnUnknown: String, Sendable, Hashable, CaseIterable {
    /// The decision is at least `manual_review`. The default.
    case review
    /// The decision is at least `flagged`.
    case flag
    /// The decision is `rejected`.
    case reject
    /// The rule did not fire; the decision says nothing of it.
    case ignore

    /// The status the decision gets at least; `nil` for ``ignore``.
    @inlinable public var status: DecisionStatus? {
        switch self {
        case .review: .manualReview
        case .flag: .flagged
        case .reject: .rejected
        case .ignore: nil
        }
    }
}
