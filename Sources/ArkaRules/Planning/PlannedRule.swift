public import ArkaModel

/// A rule, ready to be evaluated.
public struct PlannedRule: Sendable, Hashable {
    /// Its name, unique in the book.
    public let name: String
    /// When it fires.
    public let condition: Condition
    /// What it does when it fires, in the order written.
    public let actions: [PlannedAction]
    /// What becomes of the transaction where the condition ends unknown; the rule's own, or the
    /// topology's, or `review`.
    public let onUnknown: OnUnknown
    /// What its author says of it; no influence on decisions.
    public let notes: RuleNotes

    /// Makes a rule.
    public init(
        name: String, condition: Condition, actions: [PlannedAction], onUnknown: OnUnknown,
        notes: RuleNotes = RuleNotes()
    ) {
        self.name = name
        self.condition = condition
        self.actions = actions
        self.onUnknown = onUnknown
        self.notes = notes
    }
}

extension PlannedRule {
    /// What a rule says, whatever its name and its notes.
    struct Meaning: Hashable {
        let condition: Condition
        let actions: [PlannedAction]
        let onUnknown: OnUnknown
    }

    var meaning: Meaning {
        Meaning(condition: condition, actions: actions, onUnknown: onUnknown)
    }
}

/// A condition in negation normal form.
///
/// Children stand in source order. Where a condition ends unknown, its cause is that of its first
/// unknown child in this order, down to the first unknown field of a predicate.
public indirect enum Condition: Sendable, Hashable {
    /// The predicate must be true, or false where `negated`.
    case leaf(PredicateID, negated: Bool)
    /// All must hold; never empty.
    case all([Condition])
    /// One must hold; never empty.
    case any([Condition])
}
