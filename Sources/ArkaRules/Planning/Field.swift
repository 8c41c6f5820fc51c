public import ArkaModel

/// A place that rules read: in the record, in the answer of a call, in the context.
public struct Field: Sendable, Hashable {
    /// What the steps of a field start from.
    public enum Origin: Sendable, Hashable {
        /// The top of the record (roots are resolved).
        case record
        /// What a call answers.
        case call(CallID)
        /// A value of the context; it has no steps.
        case context(RuleContext)
    }

    /// What its steps start from.
    public let origin: Origin
    /// The steps to it.
    public let path: [PathStep]
    /// The path as the first rule wrote it, such as `transaction.merchant.country`.
    public let name: String
    /// As what the rules read it; decides which columns the decoder fills. A field that is read as a
    /// moment is read as nothing else: the same place may stand in the book twice.
    public var uses: FieldUses

    /// Makes a field.
    public init(origin: Origin = .record, path: [PathStep], name: String, uses: FieldUses) {
        self.origin = origin
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
    /// A text that says a date and time (RFC 3339, or a date alone), read as seconds since 1970:
    /// wherever a number is asked of such a field, it is this one.
    public static let moment = FieldUses(rawValue: 32)
    /// Taken as it stands in the record, objects and arrays included.
    public static let raw = FieldUses(rawValue: 64)
}
