import ArkaModel
import ArkaText

extension SchemaValidation {
    /// Holds the members of an object against what a schema asks of them.
    mutating func test(
        _ keyword: Subschema.Keyword, _ value: JSONInstance.ID, members: [JSONInstance.Member],
        quietly: Bool, _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch keyword {
        case .members(let asked):
            return holds(asked, members, quietly: quietly, &evaluated)
        case .propertyNames(let schema):
            var isHeld = true
            for member in members where isHeld || !quietly {
                spend(1)
                let name = nameValue(of: member)
                guard !evaluate(schema, name, quietly: true).isValid else { continue }
                isHeld = false
                if !quietly {
                    note("propertyNames", "is not named as names must be", at: member.value)
                }
            }
            return isHeld
        case .required(let names):
            return holds(names, value, members, "required", quietly: quietly)
        case .dependentRequired(let dependent):
            var isHeld = true
            for (name, required) in dependent where place(of: name, in: value, members) != nil {
                if !holds(required, value, members, "dependentRequired", quietly: quietly) {
                    isHeld = false
                }
            }
            return isHeld
        case .unevaluatedProperties(let schema):
            var isHeld = true
            for (index, member) in members.enumerated() where !evaluated.contains(index) {
                spend(1)
                let isTaken = isTaken(
                    member, by: schema, "unevaluatedProperties", known: [], quietly: quietly)
                if !isTaken { isHeld = false }
            }
            evaluated = .all
            return isHeld
        default: return true
        }
    }

    private mutating func holds(
        _ asked: Subschema.Members, _ members: [JSONInstance.Member], quietly: Bool,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        var isHeld = true
        for (index, member) in members.enumerated() where isHeld || !quietly {
            spend(1 + asked.patterns.count * (1 + member.name.utf8.count / 8))
            if isEnded { return false }
            var isNamed = false
            if let schema = asked.named[ByteText(member.name)] {
                isNamed = true
                if !evaluate(schema, member.value, quietly: quietly).isValid { isHeld = false }
            }
            if !asked.patterns.isEmpty {
                let name = Array(member.name.utf8)
                for (pattern, schema) in asked.patterns where pattern.matches(name) {
                    isNamed = true
                    if !evaluate(schema, member.value, quietly: quietly).isValid { isHeld = false }
                }
            }
            if !isNamed, let additional = asked.additional {
                isNamed = true
                let isTaken = isTaken(
                    member, by: additional, "additionalProperties", known: asked.names,
                    quietly: quietly)
                if !isTaken { isHeld = false }
            }
            if isNamed, schema.tracksEvaluated { evaluated.insert(index) }
        }
        return isHeld
    }

    /// Whether a member that no schema names is as the schema for such says.
    private mutating func isTaken(
        _ member: JSONInstance.Member, by schema: Int, _ keyword: String, known: [String],
        quietly: Bool
    ) -> Bool {
        guard self.schema.subschemas[schema].isNever else {
            return evaluate(schema, member.value, quietly: quietly).isValid
        }
        if !quietly {
            let hint = nearName(to: member.name, among: known).map { "; did you mean '\($0)'?" }
            note(keyword, "is not known here" + (hint ?? ""), at: member.value)
        }
        return false
    }

    private mutating func holds(
        _ names: [String], _ value: JSONInstance.ID, _ members: [JSONInstance.Member],
        _ keyword: String, quietly: Bool
    ) -> Bool {
        var isHeld = true
        for name in names where isHeld || !quietly {
            spend(1)
            guard place(of: name, in: value, members) == nil else { continue }
            isHeld = false
            if !quietly { note(keyword, "is missing", at: value, below: .name(name)) }
        }
        return isHeld
    }
}
