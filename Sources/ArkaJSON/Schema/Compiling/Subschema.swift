import ArkaModel
import ArkaText

/// One schema of a document, its keywords in the order in which they are tested.
struct Subschema: Sendable {
    /// The schema that `$ref` names.
    var reference: Int?
    /// Whether it is `false`, and takes nothing.
    var isNever = false
    /// What else it asks.
    var keywords: [Keyword] = []
    /// Whether several ways lead to it, so that what came of it is worth remembering.
    var isShared = false

    /// Something that a schema asks of a value; schemas within are places in the list of all.
    enum Keyword: Sendable {
        case types(JSONTypes)
        /// `enum` or `const`, and its values for messages.
        case oneOf(Set<CanonicalValue>, keyword: String, shown: String)
        case multipleOf(JSONDivisor)
        case bound(Bound)
        case length(Count)
        case pattern(TextPattern, shown: String)
        case format(TextFormat)
        case elementCount(Count)
        case memberCount(Count)
        case uniqueItems
        case elements(prefix: [Int], rest: Int?)
        case contains(Int, Count)
        case required([String])
        case dependentRequired([(name: String, required: [String])])
        case dependentSchemas([(name: String, schema: Int)])
        case propertyNames(Int)
        case members(Members)
        case all([Int])
        case any([Int])
        case one([Int])
        case not(Int)
        case conditional(Int, then: Int?, otherwise: Int?)
        case unevaluatedItems(Int)
        case unevaluatedProperties(Int)
    }

    /// `minimum` and its like.
    struct Bound: Sendable {
        let keyword: String
        let limit: JSONNumber
        /// The limit as it was written, for messages.
        let shown: String
    }

    /// How many of something there may be.
    struct Count: Sendable {
        var min = 0
        var max = Int.max
        /// Keywords that set them.
        var names = (min: "", max: "")
    }

    /// What members of an object must be, by their names.
    struct Members: Sendable {
        var named: [ByteText: Int] = [:]
        var patterns: [(pattern: TextPattern, schema: Int)] = []
        var additional: Int?
        /// The names, in their order, for messages.
        var names: [String] = []
    }
}

extension Subschema.Keyword {
    /// Schemas within that are held against the same value.
    var inPlace: [Int] {
        switch self {
        case .all(let schemas), .any(let schemas), .one(let schemas): schemas
        case .not(let schema): [schema]
        case .conditional(let test, let then, let otherwise):
            [test] + [then, otherwise].compactMap { $0 }
        case .dependentSchemas(let schemas): schemas.map(\.schema)
        default: []
        }
    }

    /// Whether it asks what other keywords have looked at.
    var asksForEvaluated: Bool {
        switch self {
        case .unevaluatedItems, .unevaluatedProperties: true
        default: false
        }
    }
}

extension JSONTypes {
    /// The types by their names in a schema and in messages.
    static let named: [(name: String, type: JSONTypes, said: String)] = [
        ("string", .string, "a text"), ("number", .number, "a number"),
        ("integer", .integer, "a whole number"), ("boolean", .boolean, "true or false"),
        ("array", .array, "a list"), ("object", .object, "an object"), ("null", .null, "null"),
    ]

    /// Such as `a text or null`.
    var said: String {
        Self.named.filter { contains($0.type) }.map(\.said).joined(separator: " or ")
    }
}
