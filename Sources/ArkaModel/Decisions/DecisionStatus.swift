/// What the engine says of a transaction.
///
/// Ordered by severity: a decision has the status of its most severe fired rule.
@frozen public enum DecisionStatus: UInt8, Sendable, Hashable, CaseIterable, Comparable {
    /// No rule objected, and nothing that a rule needed was unknown.
    case compliant
    /// A rule asked for attention (`flag_for_review`).
    case flagged
    /// People must look at it before it goes on (`require_manual_review`).
    case manualReview
    /// It must not go on (`reject`).
    case rejected

    /// The word in records, YAML and metrics.
    public var word: String {
        switch self {
        case .compliant: "compliant"
        case .flagged: "flagged"
        case .manualReview: "manual_review"
        case .rejected: "rejected"
        }
    }

    /// Orders by severity.
    @inlinable public static func < (a: DecisionStatus, b: DecisionStatus) -> Bool {
        a.rawValue < b.rawValue
    }
}
