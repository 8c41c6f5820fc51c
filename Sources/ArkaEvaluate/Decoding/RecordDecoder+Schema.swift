import ArkaModel
import ArkaStream

/// What happens to objects and arrays that somebody names, and how violations are kept.
extension RecordDecoder {
    // SAFETY: a node points into `nodes`, which the table keeps alive and nobody changes; indices
    // into frames and stacks are depths, which the walk bounds by `Limits.nestingMax`.

    /// Begins an object at its bracket.
    /// - Parameter depth: How many containers are open, this one included.
    @inline(__always) func enterObject(
        _ node: UnsafePointer<FieldNode>?, _ depth: Int, _ start: Position
    ) -> Frame {
        guard let node else { return Frame(closing: UInt8(ascii: "}")) }
        return enterNamedObject(node, depth, start)
    }

    @inline(never) private func enterNamedObject(
        _ node: UnsafePointer<FieldNode>, _ depth: Int, _ start: Position
    ) -> Frame {
        var frame = Frame(closing: UInt8(ascii: "}"))
        guard takeContainer(node, TypeBit.object, "an object") else { return frame }
        frame.isKept = node.pointee.columns.raw >= 0
        if frame.isKept { beginExtent(node, depth, start) }
        guard !node.pointee.properties.isEmpty else { return frame }
        frame.node = node
        frame.shape = shapes.base + Int(node.pointee.shapes)
        let words = seen.base + Int(node.pointee.seenStart)
        for word in 0..<Int(node.pointee.seenCount) { words[word] = 0 }
        return frame
    }

    /// Begins an array at its bracket.
    /// - Parameter depth: How many containers are open, this one included.
    @inline(__always) func enterArray(
        _ node: UnsafePointer<FieldNode>?, _ depth: Int, _ start: Position
    ) -> Frame {
        guard let node else { return Frame(closing: UInt8(ascii: "]")) }
        return enterNamedArray(node, depth, start)
    }

    @inline(never) private func enterNamedArray(
        _ node: UnsafePointer<FieldNode>, _ depth: Int, _ start: Position
    ) -> Frame {
        var frame = Frame(closing: UInt8(ascii: "]"))
        guard takeContainer(node, TypeBit.array, "an array") else { return frame }
        indices.base[depth] = 0
        frame.isKept = node.pointee.columns.raw >= 0
        if frame.isKept { beginExtent(node, depth, start) }
        if node.pointee.items >= 0 { frame.node = nodes + Int(node.pointee.items) }
        frame.hasElements = node.pointee.elementCount > 0
        if frame.hasElements { arrays.base[depth] = node }
        return frame
    }

    /// The node of the element that is next in an array with elements of their own.
    @inline(never) func element(
        _ depth: Int, otherwise any: UnsafePointer<FieldNode>?
    ) -> UnsafePointer<FieldNode>? {
        guard let array = arrays.base[depth] else { return any }
        let index = indices.base[depth]
        let elements = table.elements.base + Int(array.pointee.firstElement)
        let count = Int(array.pointee.elementCount)
        // Most elements of a long array come behind the last one that is read.
        guard index <= elements[count - 1].index else { return any }
        for place in 0..<count where elements[place].index == index {
            return nodes + Int(elements[place].node)
        }
        return any
    }

    /// Notes where a container begins that a rule takes as it stands.
    @inline(never) private func beginExtent(
        _ node: UnsafePointer<FieldNode>, _ depth: Int, _ start: Position
    ) {
        extents.base[depth] = Extent(start: start, cell: Int(node.pointee.columns.raw) &+ row)
    }

    /// Keeps a container that ends before a position.
    @inline(never) func keepExtent(_ depth: Int, upTo end: Position) {
        let extent = extents.base[depth]
        guard let start = extent.start else { return }
        columns.raws.base[extent.cell] = TextSlice(start: start, count: end - start)
    }

    private func takeContainer(
        _ node: UnsafePointer<FieldNode>, _ type: UInt8, _ found: StaticString
    ) -> Bool {
        guard allows(node, type, found) else { return false }
        if node.pointee.duties.contains(.enumeration) {
            violate(node, .valueNotAllowed, "not one of the values allowed")
        }
        if node.pointee.columns.exists {
            states[Int(node.pointee.columns.state) &+ row] = 0
        }
        return true
    }

    /// Ends a named object: nothing that is required may be missing.
    @inline(__always) func leaveObject(_ node: UnsafePointer<FieldNode>) {
        let start = Int(node.pointee.seenStart)
        for word in start..<(start + Int(node.pointee.seenCount))
        where table.required.base[word] & ~seen.base[word] != 0 {
            reportMissing(node - nodes)
            return
        }
    }

    @inline(never) private func reportMissing(_ node: Int) {
        for property in table.propertyNodes[node] {
            let word = Int(nodes[property].ownWord)
            let bit = nodes[property].ownBit
            if table.required.base[word] & ~seen.base[word] & bit != 0 {
                return violate(nodes + property, .missingProperty, "a required property is missing")
            }
        }
    }

    /// Handles a property that has stood in its object before.
    /// - Returns: `nil`: what follows is checked as JSON and otherwise ignored.
    @inline(never) func repeatProperty(
        _ node: UnsafePointer<FieldNode>?
    ) -> UnsafePointer<FieldNode>? {
        guard let node else { return nil }
        if node.pointee.isNamed {
            violate(node, .duplicateProperty, "the property stands more than once")
        }
        // Which of the two counts cannot be told, so nothing inside is known either.
        for below in (node - nodes)..<Int(node.pointee.end) { forget(nodes[below]) }
        return nil
    }

    private func forget(_ node: FieldNode) {
        if node.duties.contains(.id) { columns.ids.base[row] = TextSlice() }
        if node.duties.contains(.eventTime) { columns.eventTimes.base[row] = Columns.noTime }
        let places = node.columns
        guard places.exists else { return }
        states[Int(places.state) &+ row] = UnknownCause.duplicate.rawValue
        columns.clear(places, row: row)
    }

    /// Says which types are allowed and which was found.
    func expectation(_ allowed: UInt8, _ found: StaticString) -> String {
        let types = JSONTypes(rawValue: allowed)
        let names: [(JSONTypes, String)] = [
            (.object, "an object"), (.array, "an array"), (.string, "a string"),
            (.number, "a number"), (.integer, "a whole number"), (.boolean, "a boolean"),
            (.null, "null"),
        ]
        var expected = names.filter { types.contains($0.0) }.map(\.1)
        if types.contains(.number) { expected.removeAll { $0 == "a whole number" } }
        let list = expected.isEmpty ? "nothing" : expected.joined(separator: " or ")
        return "expected \(list), found \(found)"
    }
}
