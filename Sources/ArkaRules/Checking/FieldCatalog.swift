import ArkaModel

/// All paths that the rules of a book name, each looked up in the layout once.
struct FieldCatalog {
    let layout: RecordLayout
    /// The places found so far, in order of first mention.
    private(set) var fields: [CatalogField] = []
    private var indexByWritten: [String: FieldIndex] = [:]
    private var indexByPath: [[String]: FieldIndex] = [:]

    init(layout: RecordLayout) {
        self.layout = layout
    }

    /// Why a path names nothing.
    enum Failure: Error {
        /// No root has the first name.
        case unknownRoot(suggestion: String?)
        /// The schema does not name the property at this position of the path.
        case unknownField(segment: Int, parent: String, known: [String])
        /// The value before this position is never an object.
        case noProperties(segment: Int, parent: String, types: JSONTypes)
    }

    /// Finds the place that a path means.
    /// - Parameter names: The names as written; the first is that of a root.
    mutating func resolve(_ names: [String]) throws(Failure) -> FieldIndex {
        let written = names.joined(separator: ".")
        if let index = indexByWritten[written] { return index }
        guard let root = layout.roots.first(where: { $0.name == names[0] }) else {
            let roots = layout.roots.map(\.name)
            throw .unknownRoot(suggestion: nearName(to: names[0], among: roots))
        }
        let path = root.path + names.dropFirst()
        var field = CatalogField(path: path, name: written)
        try field.descend(layout.schema, rootLength: root.path.count, names)
        let index = indexByPath[path] ?? fields.count
        if index == fields.count {
            fields.append(field)
            indexByPath[path] = index
        }
        indexByWritten[written] = index
        return index
    }
}

/// A place in the record that a rule named, and what the schema promises of it.
struct CatalogField: Sendable {
    /// Property names from the top of the record.
    let path: [String]
    /// The path as the first rule wrote it.
    let name: String
    /// The JSON types it may have.
    private(set) var types = JSONTypes.all
    /// The length of the longest part of `path` that may be missing or null; zero if the schema
    /// promises a value, or if there is no schema at all.
    private(set) var optionalLength = 0
    /// The values that the schema allows; `nil` for no limit.
    private(set) var allowed: [SchemaConstant]?

    fileprivate init(path: [String], name: String) {
        self.path = path
        self.name = name
    }

    /// Follows the path through the schema.
    fileprivate mutating func descend(
        _ schema: RecordSchema, rootLength: Int, _ names: [String]
    ) throws(FieldCatalog.Failure) {
        guard case .constrained = schema else { return }
        var schema = schema
        for depth in path.indices {
            // Names inside a root's own path are reported at the root.
            let segment = max(0, depth - rootLength + 1)
            let parent = segment == 0 ? "the record" : names[..<segment].joined(separator: ".")
            guard case .constrained(let object) = schema else { return leaveSchema() }
            guard object.types.contains(.object) else {
                throw .noProperties(segment: segment, parent: parent, types: object.types)
            }
            guard !object.properties.isEmpty else { return leaveSchema() }
            guard let property = object.property(named: path[depth]) else {
                throw .unknownField(
                    segment: segment, parent: parent, known: object.properties.map(\.name))
            }
            schema = property.schema
            let isObject = depth == 0 || object.types.subtracting(.null) == .object
            if !isObject || !property.isRequired || schema.allowsNull { optionalLength = depth + 1 }
        }
        if case .constrained(let constraint) = schema {
            types = constraint.types
            allowed = constraint.allowed
        }
    }

    /// The schema says nothing of this place: anything or nothing may stand there.
    private mutating func leaveSchema() {
        types = .all
        optionalLength = path.count
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
}
