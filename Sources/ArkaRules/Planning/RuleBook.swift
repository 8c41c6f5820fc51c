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

    /// Makes a book; ids in `rules` and `predicates` must lie within the tables.
    public init(fields: [Field], predicates: [Predicate], rules: [PlannedRule]) {
        self.fields = fields
        self.predicates = predicates
        self.rules = rules
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

/// A place in the record that rules read.
public struct Field: Sendable, Hashable {
    /// Property names from the top of the record (roots are resolved).
    public let path: [String]
    /// The path as the first rule wrote it, such as `transaction.merchant.country`.
    public let name: String
    /// As what the rules read it; decides which columns the decoder fills.
    public var uses: FieldUses

    /// Makes a field.
    public init(path: [String], name: String, uses: FieldUses) {
        self.path = path
        self.name = name
        self.uses = uses
    }
}

/// As what a field is read. Without a schema one field can be read as several.
public struct FieldUses: OptionSet, Sendable, Hashable {
    /// One bit per use.
    public let rawValue: UInt8

    /// Makes a set from its bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Compared as a number.
    public static let number = FieldUses(rawValue: 1)
    /// Compared with string constants.
    public static let text = FieldUses(rawValue: 2)
    /// Compared with another string field, byte by byte.
    public static let bytes = FieldUses(rawValue: 4)
    /// Compared with `true` or `false`, or used as a condition by itself.
    public static let boolean = FieldUses(rawValue: 8)
    /// Only asked whether it is known, whatever its type.
    public static let presence = FieldUses(rawValue: 16)
}
