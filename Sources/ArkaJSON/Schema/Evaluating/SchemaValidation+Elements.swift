extension SchemaValidation {
    /// Holds the elements of a list against what a schema asks of them.
    mutating func test(
        _ keyword: Subschema.Keyword, _ value: JSONInstance.ID, elements: [JSONInstance.ID],
        quietly: Bool, _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch keyword {
        case .elements(let prefix, let rest):
            var isHeld = true
            for (index, element) in elements.enumerated() where isHeld || !quietly {
                guard let schema = index < prefix.count ? prefix[index] : rest else { break }
                spend(1)
                if self.schema.tracksEvaluated { evaluated.insert(index) }
                if !evaluate(schema, element, quietly: quietly).isValid { isHeld = false }
            }
            return isHeld
        case .contains(let schema, let count):
            var found = 0
            for (index, element) in elements.enumerated() {
                spend(1)
                guard evaluate(schema, element, quietly: true).isValid else { continue }
                found += 1
                if self.schema.tracksEvaluated { evaluated.insert(index) }
            }
            guard let problem = count.problem(with: found, "such element") else { return true }
            if !quietly { note(problem.keyword, problem.message, at: value) }
            return false
        case .unevaluatedItems(let schema):
            var isHeld = true
            for (index, element) in elements.enumerated() where !evaluated.contains(index) {
                spend(1)
                if !evaluate(schema, element, quietly: quietly).isValid { isHeld = false }
            }
            evaluated = .all
            return isHeld
        default: return true
        }
    }
}
