import ArkaModel
import ArkaText

extension SchemaValidation {
    /// What is wrong with a value by a keyword that looks at nothing but the value itself.
    mutating func problem(
        with value: JSONInstance.ID, _ keyword: Subschema.Keyword
    ) -> (keyword: String, message: String)? {
        switch keyword {
        case .types(let types):
            let found = instance.kind(of: value, for: types)
            return types.isDisjoint(with: found.types)
                ? ("type", "must be \(types.said), not \(found.said)") : nil
        case .oneOf(let allowed, let keyword, let shown):
            spend(comparing: value)
            if isEnded || allowed.contains(instance.canonical(value)) { return nil }
            return (keyword, keyword == "const" ? "must be \(shown)" : "must be one of \(shown)")
        case .uniqueItems:
            return hasEqualElements(value) ? ("uniqueItems", "must not hold equal elements") : nil
        default: break
        }
        switch instance.values[value].content {
        case .number(let number?): return Self.problem(with: number, keyword)
        case .string(let text):
            spend(text.utf8.count / 8)
            return isEnded ? nil : Self.problem(with: text, keyword)
        case .array(let elements):
            guard case .elementCount(let count) = keyword else { return nil }
            return count.problem(with: elements.count, "element")
        case .object(let members):
            guard case .memberCount(let count) = keyword else { return nil }
            return count.problem(with: members.count, "member")
        default: return nil
        }
    }

    private static func problem(
        with number: JSONNumber, _ keyword: Subschema.Keyword
    ) -> (keyword: String, message: String)? {
        switch keyword {
        case .multipleOf(let divisor):
            divisor.divides(number) ? nil : ("multipleOf", "must be a multiple of \(divisor.text)")
        case .bound(let bound):
            bound.holds(number) ? nil : (bound.keyword, "must be \(bound.said) \(bound.shown)")
        default: nil
        }
    }

    private static func problem(
        with text: String, _ keyword: Subschema.Keyword
    ) -> (keyword: String, message: String)? {
        switch keyword {
        case .length(let count): count.problem(with: text.unicodeScalars.count, "character")
        case .pattern(let pattern, let shown):
            pattern.matches(Array(text.utf8))
                ? nil : ("pattern", "must match the pattern '\(shown)'")
        case .format(let format):
            format.accepts(text) ? nil : ("format", "must be \(format.said)")
        default: nil
        }
    }

    /// Takes the work of comparing a value off the budget.
    private mutating func spend(comparing value: JSONInstance.ID) {
        spend(4 * instance.values[value].size)
    }

    private mutating func hasEqualElements(_ value: JSONInstance.ID) -> Bool {
        guard case .array(let elements) = instance.values[value].content else { return false }
        spend(comparing: value)
        if isEnded { return false }
        var seen: Set<CanonicalValue> = []
        return !elements.allSatisfy { seen.insert(instance.canonical($0)).inserted }
    }
}

extension JSONInstance {
    /// Of which types a value is, and how people call it.
    fileprivate func kind(of id: ID, for asked: JSONTypes) -> (types: JSONTypes, said: String) {
        switch values[id].content {
        case .null: return (.null, "null")
        case .boolean: return (.boolean, "true or false")
        case .string: return (.string, "a text")
        case .array: return (.array, "a list")
        case .object: return (.object, "an object")
        case .number(let number):
            if number?.isWhole == true { return ([.number, .integer], "a number") }
            return (.number, asked.contains(.integer) ? "a number with a fraction" : "a number")
        }
    }
}

extension Subschema.Bound {
    fileprivate func holds(_ number: JSONNumber) -> Bool {
        switch keyword {
        case "minimum": number >= limit
        case "maximum": number <= limit
        case "exclusiveMinimum": number > limit
        default: number < limit
        }
    }

    fileprivate var said: String {
        switch keyword {
        case "minimum": "at least"
        case "maximum": "at most"
        case "exclusiveMinimum": "more than"
        default: "less than"
        }
    }
}

extension Subschema.Count {
    /// What is wrong with having so many of something.
    func problem(with count: Int, _ noun: String) -> (keyword: String, message: String)? {
        if count < min {
            return (names.min, "must have at least \(Self.said(min, noun)), not \(count)")
        }
        if count > max {
            return (names.max, "must have at most \(Self.said(max, noun)), not \(count)")
        }
        return nil
    }

    private static func said(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
