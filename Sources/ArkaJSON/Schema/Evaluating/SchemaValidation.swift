import ArkaModel

/// Holds one value against a schema.
///
/// Each pair of a schema that several ways lead to and a value is looked at once; all other schemas have
/// one way that leads to them. So the work is bounded by the product of both, and by a budget besides.
struct SchemaValidation {
    /// What came of holding a value against a schema.
    struct Outcome {
        var isValid = true
        /// Only where the schema asks for it.
        var evaluated = EvaluatedParts()

        static let invalid = Outcome(isValid: false)
    }

    /// A schema and a value, and whether problems are noted.
    private struct Pair: Hashable {
        let schema: Int
        let value: JSONInstance.ID
        let isQuiet: Bool
    }

    let schema: JSONSchema
    private(set) var instance: JSONInstance
    private(set) var problems: [SchemaProblem] = []
    private var known: [Pair: Outcome] = [:]
    private var memberPlaces: [JSONInstance.ID: [ByteText: Int]] = [:]
    private var stepsLeft: Int
    private var depth = 0
    /// Why testing was ended; then nothing that came of it counts.
    private var end: String?

    init(_ schema: JSONSchema, _ instance: JSONInstance) {
        self.schema = schema
        self.instance = instance
        stepsLeft = schema.limits.stepsMax
    }

    /// - Parameter quietly: Whether it is enough to know that there is a problem.
    mutating func run(quietly: Bool) -> [SchemaProblem] {
        let root = instance.root
        if let unreadable = instance.unreadable {
            note("type", "must be a number whose exponent has at most 17 digits", at: unreadable)
            return problems
        }
        let outcome = evaluate(0, root, quietly: quietly)
        if let end { return [SchemaProblem(path: [], keyword: "$schema", message: end)] }
        if !outcome.isValid, problems.isEmpty {
            note("$schema", "is not as the schema says", at: root)
        }
        return problems
    }

    mutating func evaluate(
        _ index: Int, _ value: JSONInstance.ID, quietly: Bool
    ) -> Outcome {
        let subschema = schema.subschemas[index]
        if subschema.isNever {
            if !quietly { note("false", "may not be here", at: value) }
            return .invalid
        }
        if subschema.reference == nil, subschema.keywords.isEmpty { return Outcome() }
        guard subschema.isShared else { return tested(subschema, value, quietly: quietly) }
        let pair = Pair(schema: index, value: value, isQuiet: quietly)
        if let outcome = known[pair] { return outcome }
        let outcome = tested(subschema, value, quietly: quietly)
        known[pair] = outcome
        return outcome
    }

    private mutating func tested(
        _ subschema: Subschema, _ value: JSONInstance.ID, quietly: Bool
    ) -> Outcome {
        guard depth < schema.limits.depthMax else {
            return stop("is nested deeper than it can be held against this schema")
        }
        depth += 1
        defer { depth -= 1 }
        spend(1 + subschema.keywords.count)
        var outcome = Outcome()
        if let reference = subschema.reference {
            outcome = evaluate(reference, value, quietly: quietly)
        }
        for keyword in subschema.keywords {
            if end != nil || (quietly || isFull) && !outcome.isValid { return .invalid }
            let isHeld = test(keyword, value, quietly: quietly, &outcome.evaluated)
            if !isHeld { outcome.isValid = false }
        }
        return outcome.isValid ? outcome : .invalid
    }

    private mutating func test(
        _ keyword: Subschema.Keyword, _ value: JSONInstance.ID, quietly: Bool,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch keyword {
        case .all, .any, .one, .not, .conditional, .dependentSchemas:
            return combine(keyword, value, quietly: quietly, &evaluated)
        case .elements, .contains, .unevaluatedItems:
            guard case .array(let elements) = instance.values[value].content else { return true }
            return test(keyword, value, elements: elements, quietly: quietly, &evaluated)
        case .members, .propertyNames, .unevaluatedProperties, .required, .dependentRequired:
            guard case .object(let members) = instance.values[value].content else { return true }
            return test(keyword, value, members: members, quietly: quietly, &evaluated)
        default:
            guard let problem = problem(with: value, keyword) else { return true }
            if !quietly { note(problem.keyword, problem.message, at: value) }
            return false
        }
    }

    // Books

    /// Takes steps off the budget.
    mutating func spend(_ steps: Int) {
        stepsLeft -= steps
        if stepsLeft < 0, end == nil {
            _ = stop(
                "takes more work than \(schema.limits.stepsMax) steps to hold against this schema")
        }
    }

    /// Whether there are as many problems as are told.
    private var isFull: Bool { problems.count >= schema.limits.problemsMax }

    /// Whether testing was ended.
    var isEnded: Bool { end != nil }

    private mutating func stop(_ message: String) -> Outcome {
        end = end ?? message
        return .invalid
    }

    /// Notes a problem once, as long as there are not too many.
    mutating func note(
        _ keyword: String, _ message: String, at value: JSONInstance.ID,
        below step: JSONPathStep? = nil
    ) {
        if isFull { return }
        let path = instance.path(of: value) + (step.map { [$0] } ?? [])
        let problem = SchemaProblem(path: path, keyword: keyword, message: message)
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// The name of a member as a value.
    mutating func nameValue(of member: JSONInstance.Member) -> JSONInstance.ID {
        instance.name(of: member)
    }

    /// Where in an object the member with a name stands.
    mutating func place(
        of name: String, in object: JSONInstance.ID, _ members: [JSONInstance.Member]
    ) -> Int? {
        let name = ByteText(name)
        if members.count <= 8 {
            spend(1)
            return members.firstIndex { ByteText($0.name) == name }
        }
        if let places = memberPlaces[object] { return places[name] }
        spend(members.count)
        let all = members.enumerated().map { (ByteText($1.name), $0) }
        let places = Dictionary(all) { first, _ in first }
        memberPlaces[object] = places
        return places[name]
    }
}
