import ArkaModel
import ArkaRules

/// All named places of a record in one table, in depth-first order: what the decoder walks along.
///
/// Node 0 is the record itself. Immutable and shared by all lanes.
struct FieldTable: Sendable {
    /// The places.
    let nodes: FrozenArray<FieldNode>
    /// For each seen word the bits of the properties that must be there.
    let required: FrozenArray<UInt64>
    /// The elements of arrays that rules read by their index.
    let elements: FrozenArray<Element>
    /// How many predicted keys the objects have room for together.
    let shapeCount: Int
    /// Keys, constants and allowed strings.
    let tables: ByteStringTables
    /// Of each node the steps that lead to it.
    let steps: [[Step]]
    /// Of each node what its schema says; `nil` where it says nothing.
    let constraints: [RecordSchema.Constraint?]
    /// Where the properties of each node are, by seen bit.
    let propertyNodes: [[Int]]

    /// An element of an array that rules read by its index.
    struct Element: BitwiseCopyable, Sendable {
        let index: Int32
        /// Its node.
        let node: Int32
    }

    /// One step from a value to one inside it.
    enum Step: Sendable {
        case property(String)
        case element
    }

    /// The places of the records, and those of each call's answers: they share their constants.
    static func all(
        _ layout: RecordLayout, columns: ColumnLayout, tables: ByteStringTables.Builder
    ) -> (record: FieldTable, answers: [FieldTable]) {
        var record = FieldTableBuilder(columns: columns, tables: tables)
        _ = record.add(recordTree(layout, columns), steps: [])
        record.nodes[0].allowed &= TypeBit.object
        record.nodes[0].chooseShortcuts()
        var tables = record.tables
        let answers = (0..<columns.callCount).map { call in
            var builder = FieldTableBuilder(columns: columns, tables: tables)
            let tree = FieldTree(.any, isNamed: false)
            tree.add(columns, from: .call(CallID(call)))
            _ = builder.add(tree, steps: [])
            tables = builder.tables
            return builder
        }
        let frozen = tables.frozen()
        return (
            FieldTable(record, tables: frozen), answers.map { FieldTable($0, tables: frozen) }
        )
    }

    private static func recordTree(_ layout: RecordLayout, _ columns: ColumnLayout) -> FieldTree {
        let root = FieldTree(layout.schema, isNamed: false)
        root.add(columns, from: .record)
        root.place(at: layout.idPath.map { .property($0) })?.duties.insert(.id)
        if let path = layout.eventTimePath {
            root.place(at: path.map { .property($0) })?.duties.insert(.eventTime)
        }
        return root
    }

    private init(_ builder: FieldTableBuilder, tables: ByteStringTables) {
        nodes = FrozenArray(builder.nodes)
        required = FrozenArray(builder.required)
        elements = FrozenArray(builder.elements)
        shapeCount = builder.shapeCount
        self.tables = tables
        steps = builder.steps
        constraints = builder.constraints
        propertyNodes = builder.propertyNodes
    }

    /// Where a node is, as a JSON path; `indices[i]` is the element at depth `i`, counted from 1.
    func path(of node: Int, indices: UnsafePointer<Int32>) -> String {
        var path = "$"
        // SAFETY: the decoder has an index for each depth up to its bound, deeper than any node.
        for (depth, step) in steps[node].enumerated() {
            switch step {
            case .element: path += "[\(indices[depth + 1])]"
            case .property(let name): path += Self.isPlain(name) ? "." + name : "['\(name)']"
            }
        }
        return path
    }

    private static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}

extension FieldTree {
    /// Adds the places of a layout that start from the same.
    fileprivate func add(_ columns: ColumnLayout, from origin: Field.Origin) {
        for (index, place) in columns.places.enumerated() where place.origin == origin {
            self.place(at: place.path)?.column = index
        }
    }
}

/// Numbers the nodes of a tree.
private struct FieldTableBuilder {
    let columns: ColumnLayout
    var tables: ByteStringTables.Builder
    var nodes: [FieldNode] = []
    var required: [UInt64] = []
    var elements: [FieldTable.Element] = []
    var shapeCount = 0
    var steps: [[FieldTable.Step]] = []
    var constraints: [RecordSchema.Constraint?] = []
    var propertyNodes: [[Int]] = []

    /// Adds a place and everything below it.
    mutating func add(_ tree: FieldTree, steps path: [FieldTable.Step]) -> Int {
        let number = nodes.count
        var node = FieldNode()
        node.isNamed = tree.isNamed
        node.duties = tree.duties
        if let types = tree.constraint?.types { node.allowed = types.rawValue }
        node.allowedStrings = tables.add(Self.strings(tree.constraint?.allowed ?? []))
        if let column = tree.column { node.columns = columns.columns[column] }
        node.chooseShortcuts()
        nodes.append(node)
        steps.append(path)
        constraints.append(tree.constraint)
        propertyNodes.append([])
        addProperties(of: tree, to: number)
        if let items = tree.items {
            nodes[number].items = Int32(add(items, steps: path + [.element]))
        }
        addElements(of: tree, to: number, steps: path)
        nodes[number].end = Int32(nodes.count)
        return number
    }

    private mutating func addElements(
        of tree: FieldTree, to number: Int, steps path: [FieldTable.Step]
    ) {
        let found = tree.elements.map { element in
            FieldTable.Element(
                index: element.index, node: Int32(add(element.tree, steps: path + [.element])))
        }
        nodes[number].firstElement = Int32(elements.count)
        nodes[number].elementCount = Int32(found.count)
        elements += found
    }

    private static func strings(_ allowed: [SchemaConstant]) -> [(key: [UInt8], value: UInt32)] {
        allowed.compactMap { constant in
            guard case .string(let bytes) = constant else { return nil }
            return (bytes, 1)
        }
    }

    private mutating func addProperties(of tree: FieldTree, to number: Int) {
        guard !tree.properties.isEmpty else { return }
        let start = required.count
        let words = (tree.properties.count + 63) / 64
        nodes[number].seenStart = Int32(start)
        nodes[number].seenCount = Int32(words)
        nodes[number].shapes = Int32(shapeCount)
        shapeCount += KeyShape.perObject
        required += [UInt64](repeating: 0, count: words)
        var entries: [(key: [UInt8], value: UInt32)] = []
        for (index, property) in tree.properties.enumerated() {
            let name = String(decoding: property.name, as: UTF8.self)
            let child = add(property.tree, steps: steps[number] + [.property(name)])
            nodes[child].ownWord = Int32(start + index / 64)
            nodes[child].ownBit = 1 << UInt64(index % 64)
            if property.tree.isRequired { required[start + index / 64] |= nodes[child].ownBit }
            entries.append((property.name, UInt32(child)))
            propertyNodes[number].append(child)
        }
        nodes[number].properties = tables.add(entries)
    }
}
