/// All rules of a topology, checked and planned together: what the evaluation executes.
///
/// Equal predicates are shared between rules; `not` has been pushed down to the leaves, so a leaf
/// is a predicate that must be *true* or one that must be *false* (which is not the same as "not
/// true": unknown is neither). The order of everything is the order of the rule files.
public struct RuleBook: Sendable {
    /// The places in a record that the rules read. A ``FieldID`` indexes it.
    public let fields: [Field]
    /// The distinct comparisons. A ``PredicateID`` indexes it.
    public let predicates: [Predicate]
    /// The rules in file order. All fired ones are listed in the decision, in this order.
    public let rules: [PlannedRule]
    /// The distinct calls of data sources, enrichments and validations. A ``CallID`` indexes it. The
    /// arguments of a call read answers of calls before it only.
    public let calls: [PlannedCall]
    /// The lists from files. A ``ListID`` indexes it.
    public let lists: [BookList]

    /// Makes a book; ids anywhere in it must lie within the tables.
    public init(
        fields: [Field], predicates: [Predicate], rules: [PlannedRule], calls: [PlannedCall] = [],
        lists: [BookList] = []
    ) {
        self.fields = fields
        self.predicates = predicates
        self.rules = rules
        self.calls = calls
        self.lists = lists
    }
}

/// Index of a call in its rule book.
public struct CallID: Sendable, Hashable {
    /// Position in ``RuleBook/calls``.
    public let index: Int

    /// Names the call at a position.
    public init(_ index: Int) {
        self.index = index
    }
}

/// Index of a list in its rule book.
public struct ListID: Sendable, Hashable {
    /// Position in ``RuleBook/lists``.
    public let index: Int

    /// Names the list at a position.
    public init(_ index: Int) {
        self.index = index
    }
}

/// Index of a field in its rule book.
public struct FieldID: Sendable, Hashable {
    /// Position in ``RuleBook/fields``.
    public let index: Int

    /// Names the field at a position.
    public init(_ index: Int) {
        self.index = index
    }
}

/// Index of a predicate in its rule book.
public struct PredicateID: Sendable, Hashable {
    /// Position in ``RuleBook/predicates``.
    public let index: Int

    /// Names the predicate at a position.
    public init(_ index: Int) {
        self.index = index
    }
}
