import ArkaModel

/// A place that a rule named, and what is promised of it.
struct CatalogField: Sendable {
    /// Where it is.
    enum Place: Sendable, Hashable {
        /// In the record, from its top.
        case record([PathStep])
        /// In the answer of a call.
        case call(CallIndex, [PathStep])
        case context(RuleContext)
    }

    let place: Place
    /// The path as the first rule wrote it.
    let name: String
    /// The JSON types it may have.
    private(set) var types = JSONTypes.all
    /// Whether it is promised to be written as a date and time.
    private(set) var isDateTime = false
    /// The length of the longest part of the path that may be missing or null; zero if the schema
    /// promises a value, or if there is no schema at all.
    private(set) var optionalLength = 0
    /// The values that the schema allows; `nil` for no limit.
    private(set) var allowed: [SchemaConstant]?
    /// What the elements are, if it is an array.
    private(set) var items = RecordSchema.any

    init(_ place: Place, name: String) {
        self.place = place
        self.name = name
        guard case .context(let value) = place else { return }
        types = value.types == .number ? .number : .string
        isDateTime = value.types == .moment
    }

    /// The steps from the top of the record or the answer.
    var steps: [PathStep] {
        switch place {
        case .record(let steps), .call(_, let steps): steps
        case .context: []
        }
    }

    /// The scalar types that rules may take it for.
    var valueTypes: ValueTypes {
        if case .context(let value) = place { return value.types }
        return types == .all ? .all : ValueTypes(types, isDateTime: isDateTime)
    }

    /// Whether it may be an array.
    var mayBeArray: Bool { types.contains(.array) }

    /// Follows the path through the schema.
    mutating func descend(
        _ schema: RecordSchema, rootLength: Int, rootName: String
    ) throws(FieldCatalog.Failure) {
        guard case .constrained = schema else { return }
        var schema = schema
        let steps = steps
        for depth in steps.indices {
            // Names inside a root's own path are reported at the root.
            let step = max(-1, depth - rootLength)
            guard case .constrained(let constraint) = schema else { return leaveSchema() }
            let parent =
                step < 0
                ? "the record" : steps[rootLength..<depth].reduce(rootName) { $0 + $1.suffix }
            guard let next = try follow(steps[depth], constraint, step: step, parent) else {
                return leaveSchema()
            }
            let isPromised = depth == 0 || constraint.isAlwaysContainer
            if !isPromised || !next.isRequired || next.schema.allowsNull {
                optionalLength = depth + 1
            }
            schema = next.schema
        }
        if case .constrained(let constraint) = schema {
            types = constraint.types
            isDateTime = constraint.isDateTime
            allowed = constraint.allowed
            items = constraint.items
        }
    }

    /// What the schema says of one step; `nil` if nothing.
    private func follow(
        _ step: PathStep, _ constraint: RecordSchema.Constraint, step number: Int,
        _ parent: String
    ) throws(FieldCatalog.Failure) -> (schema: RecordSchema, isRequired: Bool)? {
        switch step {
        case .property(let name):
            guard constraint.types.contains(.object) else {
                throw .noProperties(step: number, parent: parent, types: constraint.types)
            }
            guard !constraint.properties.isEmpty else { return nil }
            guard let property = constraint.property(named: name) else {
                throw .unknownField(
                    step: number, parent: parent, known: constraint.properties.map(\.name))
            }
            return (property.schema, property.isRequired)
        case .element:
            guard constraint.types.contains(.array) else {
                throw .noElements(step: number, parent: parent, types: constraint.types)
            }
            // No schema says how many elements there are.
            guard case .constrained = constraint.items else { return nil }
            return (constraint.items, false)
        }
    }

    /// The schema says nothing of this place: anything or nothing may stand there.
    private mutating func leaveSchema() {
        types = .all
        optionalLength = steps.count
    }
}

extension RecordSchema {
    fileprivate var allowsNull: Bool {
        guard case .constrained(let constraint) = self else { return true }
        return constraint.types.contains(.null)
            && constraint.allowed?.contains(.null) != false
    }
}

extension RecordSchema.Constraint {
    fileprivate func property(named name: String) -> RecordSchema.Property? {
        properties.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// Whether it is an object or an array and nothing else but null.
    fileprivate var isAlwaysContainer: Bool {
        let types = types.subtracting(.null)
        return types == .object || types == .array
    }
}
