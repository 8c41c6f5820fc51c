public import ArkaModel

extension RuleInterpreter {
    /// What a function answers where a test does not say: nothing found, nothing wrong.
    ///
    /// Each member of the declared result, the optional ones too, has the neutral value of its type:
    /// `false`, 0, an empty text, list or object, the first value of an `enum`, the start of 1970 for
    /// a date and time. What is not declared is taken for what the rules read it as; what they read
    /// as nothing in particular is not there.
    public func neutralAnswer(of function: FunctionSignature) -> RecordValue {
        var answer = RecordValue(neutralFor: function.result)
        let types = FieldTypes(self)
        for (index, field) in fields.enumerated() {
            guard case .call(let call, let steps) = field.place, calls[call].function == function,
                let value = RecordValue(neutralFor: field, readAs: types[index])
            else { continue }
            answer = answer.inserting(value, at: steps[...])
        }
        return answer ?? .object([:])
    }
}

extension RecordValue {
    /// The answer with the neutral value in place of each member that a function declares as required
    /// and that is not there, so that a test need only say what it is about.
    public func completed(by schema: RecordSchema) -> RecordValue {
        guard case .constrained(let constraint) = schema, case .object(var members) = self else {
            return self
        }
        for property in constraint.properties {
            let name = Array(property.name.utf8)
            if let member = members[name] {
                members[name] = member.completed(by: property.schema)
            } else if property.isRequired {
                members[name] = RecordValue(neutralFor: property.schema)
            }
        }
        return .object(members)
    }

    /// The neutral value of a schema; `nil` where it says nothing.
    fileprivate init?(neutralFor schema: RecordSchema) {
        guard case .constrained(let constraint) = schema else { return nil }
        if let first = constraint.allowed?.first {
            self.init(first)
            return
        }
        switch constraint.types.subtracting(.null) {
        case .boolean: self = false
        case .number, .integer, [.number, .integer]: self = 0
        case .string: self = constraint.isDateTime ? "1970-01-01T00:00:00Z" : ""
        case .array: self = []
        case .object:
            let members = constraint.properties.compactMap { property in
                RecordValue(neutralFor: property.schema).map { (Array(property.name.utf8), $0) }
            }
            self = .object(Dictionary(members) { first, _ in first })
        default: return nil
        }
    }

    /// The neutral value of what rules read a place as; `nil` where they read it as anything.
    fileprivate init?(neutralFor field: CatalogField, readAs types: ValueTypes?) {
        switch types {
        case ValueTypes.boolean: self = false
        case ValueTypes.number, ValueTypes.duration: self = 0
        case ValueTypes.text: self = ""
        case ValueTypes.moment: self = "1970-01-01T00:00:00Z"
        case FieldTypes.array: self = []
        default: return nil
        }
    }

    private init(_ constant: SchemaConstant) {
        switch constant {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number(let value): self = .number(value)
        case .string(let bytes): self = .string(bytes)
        }
    }
}

extension RecordValue? {
    /// The value with another one in it, unless something stands there already. Nothing is put into
    /// arrays: they are empty.
    fileprivate func inserting(
        _ value: RecordValue, at steps: ArraySlice<PathStep>
    ) -> RecordValue? {
        guard let step = steps.first else { return self ?? value }
        guard case .property(let name) = step else { return self ?? [] }
        var members: [[UInt8]: RecordValue] = [:]
        if case .object(let known)? = self {
            members = known
        } else if self != nil {
            return self
        }
        let key = Array(name.utf8)
        members[key] = members[key].inserting(value, at: steps.dropFirst())
        return .object(members)
    }
}
