import ArkaDocuments
import ArkaModel
import ArkaRules

/// What a value must be, as a function table writes it.
struct ValueDraft: Sendable {
    var type = JSONTypeName.any
    var format: TextFormat?
    var allowed: [YAMLNode] = []
    var members: [RecordSchema.Property] = []
    var items: RecordSchema?

    /// The types of JSON by their names.
    enum JSONTypeName: String, Sendable, CaseIterable {
        case any, string, number, integer, boolean, object, array

        var types: JSONTypes {
            switch self {
            case .any: .all
            case .string: .string
            case .number: .number
            case .integer: .integer
            case .boolean: .boolean
            case .object: .object
            case .array: .array
            }
        }
    }

    /// What a text says.
    enum TextFormat: String, Sendable, CaseIterable {
        case dateTime = "date-time"
    }

    /// The schema that it comes to.
    func schema() throws(Expectation) -> RecordSchema {
        if format != nil, type != .string { throw Expectation("'format' for a string only") }
        if !members.isEmpty, type != .object { throw Expectation("'members' of an object only") }
        if items != nil, type != .array { throw Expectation("'items' of an array only") }
        var constraint = RecordSchema.Constraint(
            types: type.types, properties: members, isDateTime: format != nil)
        if !allowed.isEmpty { constraint.allowed = try constants() }
        if let items { constraint.items = items }
        return constraint == RecordSchema.Constraint() ? .any : .constrained(constraint)
    }

    private func constants() throws(Expectation) -> [SchemaConstant] {
        var constants: [SchemaConstant] = []
        for node in allowed {
            guard let constant = RecordValue(node).schemaConstant else {
                throw Expectation("single values with an exact value in 'enum'")
            }
            constants.append(constant)
        }
        return constants
    }
}

/// A member of an object, as a function table writes it.
struct MemberDraft: Sendable {
    var name = ""
    var description = ""
    var isRequired = true
    var schema = ValueDraft()
}
