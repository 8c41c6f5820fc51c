/// What a topology says its records look like: the part of JSON Schema 2020-12 that DESIGN 5 names.
///
/// Rules are type-checked against it, and the decoder turns it into its table of fields. A record
/// that breaks it is a dead letter, whatever the rules read.
public indirect enum RecordSchema: Sendable, Hashable {
    /// Anything at all; also the schema of properties that nobody named.
    case any
    /// A value with at least one constraint.
    case constrained(Constraint)

    /// What a value must be.
    public struct Constraint: Sendable, Hashable {
        /// Types allowed; all of them where the schema names none.
        public var types: JSONTypes
        /// Named properties of an object, in the order written.
        public var properties: [Property]
        /// Elements of an array.
        public var items: RecordSchema
        /// The values allowed; `nil` for no limit.
        public var allowed: [SchemaConstant]?
        /// Whether a string must be a date and time as RFC 3339 writes it.
        public var isDateTime: Bool

        /// Makes a constraint; everything is allowed unless said otherwise.
        public init(
            types: JSONTypes = .all, properties: [Property] = [], items: RecordSchema = .any,
            allowed: [SchemaConstant]? = nil, isDateTime: Bool = false
        ) {
            self.types = types
            self.properties = properties
            self.items = items
            self.allowed = allowed
            self.isDateTime = isDateTime
        }
    }

    /// One named property of an object.
    public struct Property: Sendable, Hashable {
        /// The key, unescaped.
        public var name: String
        /// Whether the object is broken without it.
        public var isRequired: Bool
        /// What its value must be.
        public var schema: RecordSchema

        /// Makes a property.
        public init(_ name: String, isRequired: Bool, _ schema: RecordSchema) {
            self.name = name
            self.isRequired = isRequired
            self.schema = schema
        }
    }

    /// The schema below a path of property names; `nil` if no schema names one of them.
    public func descend(_ path: some Sequence<String>) -> RecordSchema? {
        var schema = self
        for name in path {
            guard case .constrained(let constraint) = schema,
                let next = constraint.properties.first(where: {
                    $0.name.utf8.elementsEqual(name.utf8)
                })
            else { return nil }
            schema = next.schema
        }
        return schema
    }
}

/// A set of JSON types.
public struct JSONTypes: OptionSet, Sendable, Hashable {
    /// One bit per type.
    public let rawValue: UInt8

    /// Makes a set from its bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `null`
    public static let null = JSONTypes(rawValue: 1)
    /// `true` and `false`
    public static let boolean = JSONTypes(rawValue: 2)
    /// Any number, whole or not.
    public static let number = JSONTypes(rawValue: 4)
    /// A number without a fraction (`1.0` counts, as JSON Schema has it). Implied by ``number``.
    public static let integer = JSONTypes(rawValue: 8)
    /// A string.
    public static let string = JSONTypes(rawValue: 16)
    /// An object.
    public static let object = JSONTypes(rawValue: 32)
    /// An array.
    public static let array = JSONTypes(rawValue: 64)
    /// Every type.
    public static let all: JSONTypes = [
        .null, .boolean, .number, .integer, .string, .object, .array,
    ]
}

/// A scalar named in an `enum` of a schema.
public enum SchemaConstant: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// An exact number.
    case number(ExactDecimal)
    /// A string, compared byte by byte.
    case string([UInt8])
}
