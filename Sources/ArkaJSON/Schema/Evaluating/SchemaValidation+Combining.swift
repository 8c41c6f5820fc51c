extension SchemaValidation {
    /// Holds the value against schemas that are combined. Alternatives are tested quietly: which of
    /// them was meant nobody knows.
    mutating func combine(
        _ keyword: Subschema.Keyword, _ value: JSONInstance.ID, quietly: Bool,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch keyword {
        case .all(let schemas): return holds(all: schemas, value, quietly: quietly, &evaluated)
        case .any(let schemas):
            if !schemas.isEmpty, accepting(schemas, value, enough: 1, &evaluated) > 0 {
                return true
            }
            if !quietly { note("anyOf", "must be as one of the alternatives says", at: value) }
        case .one(let schemas):
            let count = accepting(schemas, value, enough: 2, &evaluated)
            if count == 1 { return true }
            let found = count == 0 ? "not as none of them" : "not as several"
            if !quietly {
                note(
                    "oneOf", "must be as exactly one of the alternatives says, \(found)", at: value)
            }
        case .not(let schema):
            if !evaluate(schema, value, quietly: true).isValid { return true }
            if !quietly { note("not", "must not be as it is", at: value) }
        case .conditional(let test, let then, let otherwise):
            let outcome = evaluate(test, value, quietly: true)
            if outcome.isValid { evaluated.formUnion(outcome.evaluated) }
            guard let next = outcome.isValid ? then : otherwise else { return true }
            return holds(all: [next], value, quietly: quietly, &evaluated)
        case .dependentSchemas(let schemas):
            guard case .object(let members) = instance.values[value].content else { return true }
            var asked: [Int] = []
            for (name, schema) in schemas where place(of: name, in: value, members) != nil {
                asked.append(schema)
            }
            return holds(all: asked, value, quietly: quietly, &evaluated)
        default: return true
        }
        return false
    }

    private mutating func holds(
        all schemas: [Int], _ value: JSONInstance.ID, quietly: Bool,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        var isHeld = true
        for schema in schemas where isHeld || !quietly {
            let outcome = evaluate(schema, value, quietly: quietly)
            if outcome.isValid { evaluated.formUnion(outcome.evaluated) } else { isHeld = false }
        }
        return isHeld
    }

    /// How many schemas take the value; stops at enough, unless it counts what each has looked at.
    private mutating func accepting(
        _ schemas: [Int], _ value: JSONInstance.ID, enough: Int, _ evaluated: inout EvaluatedParts
    ) -> Int {
        var count = 0
        for candidate in schemas where count < enough || schema.tracksEvaluated {
            let outcome = evaluate(candidate, value, quietly: true)
            guard outcome.isValid else { continue }
            count += 1
            evaluated.formUnion(outcome.evaluated)
        }
        return count
    }
}
