import ArkaModel

/// Everything that is named anywhere, as a tree: schema, rules, the id, the event time.
///
/// Only for building a ``FieldTable``.
final class FieldTree {
    /// What the schema says of it; `nil` if it says nothing.
    private(set) var constraint: RecordSchema.Constraint?
    /// Whether the schema names it or constrains it.
    let isNamed: Bool
    /// Whether its object is broken without it.
    let isRequired: Bool
    /// The properties, in the order first named.
    private(set) var properties: [(name: [UInt8], tree: FieldTree)] = []
    /// The elements, if the schema constrains them.
    private(set) var items: FieldTree?
    /// The elements that rules read by their index, in ascending order.
    private(set) var elements: [(index: Int32, tree: FieldTree)] = []
    /// The place of its columns in the layout, if a rule reads it.
    var column: Int?
    /// What the engine reads it as.
    var duties: FieldNode.Duties = []

    /// The tree of a schema.
    init(_ schema: RecordSchema, isNamed: Bool, isRequired: Bool = false) {
        self.isNamed = isNamed
        self.isRequired = isRequired
        guard case .constrained(let constraint) = schema else { return }
        self.constraint = constraint
        for property in constraint.properties {
            let name = Array(property.name.utf8)
            guard !properties.contains(where: { $0.name == name }) else { continue }
            let tree = FieldTree(
                property.schema, isNamed: true, isRequired: property.isRequired)
            properties.append((name, tree))
        }
        if case .constrained = constraint.items {
            items = FieldTree(constraint.items, isNamed: true)
        }
        if constraint.allowed != nil { duties.insert(.enumeration) }
        if constraint.isDateTime { duties.insert(.dateTime) }
    }

    /// The place at the end of a path; made if nobody named it before. `nil` for the element of an
    /// array that no record is large enough for.
    func place(at path: some Collection<PathStep>) -> FieldTree? {
        guard let first = path.first else { return self }
        switch first {
        case .property(let name): return property(Array(name.utf8)).place(at: path.dropFirst())
        case .element(let index): return element(index)?.place(at: path.dropFirst())
        }
    }

    private func property(_ name: [UInt8]) -> FieldTree {
        if let known = properties.first(where: { $0.name == name }) { return known.tree }
        let tree = FieldTree(.any, isNamed: false)
        properties.append((name, tree))
        return tree
    }

    /// An element that is read by its index has a tree of its own, with all that the schema says of
    /// every element.
    private func element(_ index: Int) -> FieldTree? {
        guard let index = Int32(exactly: index), index >= 0 else { return nil }
        let place = elements.firstIndex { $0.index >= index } ?? elements.endIndex
        if place < elements.endIndex, elements[place].index == index {
            return elements[place].tree
        }
        let tree = FieldTree(constraint?.items ?? .any, isNamed: items != nil)
        elements.insert((index, tree), at: place)
        return tree
    }
}
