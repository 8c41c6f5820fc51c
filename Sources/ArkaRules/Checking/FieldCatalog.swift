import ArkaModel

/// All places that the rules of a book name, each looked up once: in the record, in the answers of
/// calls, in the context.
struct FieldCatalog {
    let layout: RecordLayout
    /// The places found so far, in order of first mention.
    private(set) var fields: [CatalogField] = []
    /// The distinct calls found so far, in order of first mention.
    private(set) var calls: [CheckedCall] = []
    private var indexByPath: [BoundPath: FieldIndex] = [:]
    private var indexByPlace: [CatalogField.Place: FieldIndex] = [:]
    private var callIndices: [CheckedCall: CallIndex] = [:]

    init(layout: RecordLayout) {
        self.layout = layout
    }

    /// Why a path names nothing.
    enum Failure: Error {
        /// The context has no such value.
        case unknownContext(suggestion: String?)
        /// The schema does not name the property at this step.
        case unknownField(step: Int, parent: String, known: [String])
        /// The value before this step is never an object.
        case noProperties(step: Int, parent: String, types: JSONTypes)
        /// The value before this step is never an array.
        case noElements(step: Int, parent: String, types: JSONTypes)
    }

    /// The index of a call; equal ones share it.
    mutating func index(of call: CheckedCall) -> CallIndex {
        if let index = callIndices[call] { return index }
        calls.append(call)
        callIndices[call] = calls.count - 1
        return calls.count - 1
    }

    /// Finds the place that a path means. A path that names a root of the record must have one.
    mutating func resolve(_ path: BoundPath) throws(Failure) -> FieldIndex {
        if let index = indexByPath[path] { return index }
        let field = try find(path)
        let index = indexByPlace[field.place] ?? fields.count
        if index == fields.count {
            fields.append(field)
            indexByPlace[field.place] = index
        }
        indexByPath[path] = index
        return index
    }

    private func find(_ path: BoundPath) throws(Failure) -> CatalogField {
        switch path.root {
        case .record(let name):
            let start = layout.roots.first { $0.name == name }?.path ?? []
            var field = CatalogField(
                .record(start.map(PathStep.property) + path.steps), name: path.written)
            try field.descend(layout.schema, rootLength: start.count, rootName: name)
            return field
        case .call(let call):
            let function = calls[call].function
            var field = CatalogField(.call(call, path.steps), name: path.written)
            // An answer as a whole is an object, whatever is declared of its members.
            let isWhole = path.steps.isEmpty && function.result == .any
            let result = isWhole ? .constrained(.init(types: .object)) : function.result
            try field.descend(result, rootLength: 0, rootName: function.path)
            return field
        case .context: return try findContext(path)
        }
    }

    private func findContext(_ path: BoundPath) throws(Failure) -> CatalogField {
        let names = RuleContext.allCases.map(\.rawValue)
        guard case .property(let name)? = path.steps.first,
            let value = RuleContext(rawValue: name)
        else {
            let written = path.steps.first?.property ?? ""
            throw .unknownContext(suggestion: nearName(to: written, among: names))
        }
        guard path.steps.count == 1 else {
            throw .noProperties(step: 1, parent: "context." + name, types: .string)
        }
        return CatalogField(.context(value), name: path.written)
    }
}
