import ArkaModel
import ArkaStream

/// What happens to objects and arrays that somebody names, and how violations are kept.
extension RecordDecoder {
    // SAFETY: a node points into `nodes`, which the table keeps alive and nobody changes; indices
    // into frames and stacks are depths, which the walk bounds by `Limits.nestingMax`.

    /// Begins an object.
    @inline(__always) func enterObject(_ node: UnsafePointer<FieldNode>?) -> Frame {
        guard let node else { return Frame(closing: UInt8(ascii: "}")) }
        return enterNamedObject(node)
    }

    @inline(never) private func enterNamedObject(_ node: UnsafePointer<FieldNode>) -> Frame {
        var frame = Frame(closing: UInt8(ascii: "}"))
        guard takeContainer(node, TypeBit.object, "an object"), !node.pointee.properties.isEmpty
        else {
            return frame
        }
        frame.node = node
        frame.shape = shapes.base + Int(node.pointee.shapes)
        let words = seen.base + Int(node.pointee.seenStart)
        for word in 0..<Int(node.pointee.seenCount) { words[word] = 0 }
        return frame
    }

    /// Begins an array.
    /// - Parameter depth: How many containers are open, this one included.
    @inline(__always) func enterArray(
        _ node: UnsafePointer<FieldNode>?, _ depth: Int
    ) -> Frame {
        guard let node else { return Frame(closing: UInt8(ascii: "]")) }
        return enterNamedArray(node, depth)
    }

    @inline(never) private func enterNamedArray(
        _ node: UnsafePointer<FieldNode>, _ depth: Int
    ) -> Frame {
        indices.base[depth] = 0
        let isNamed = takeContainer(node, TypeBit.array, "an array") && node.pointee.items >= 0
        return Frame(
            node: isNamed ? nodes + Int(node.pointee.items) : nil, closing: UInt8(ascii: "]"))
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
        if places.number >= 0 { numbers[Int(places.number) &+ row] = Columns.noNumber }
        if places.code >= 0 { codes[Int(places.code) &+ row] = Code.unknown }
        if places.boolean >= 0 { codes[Int(places.boolean) &+ row] = Code.unknown }
        if places.largeCode >= 0 { columns.largeCodes.base[Int(places.largeCode) &+ row] = 0 }
        if places.text >= 0 { columns.texts.base[Int(places.text) &+ row] = TextSlice() }
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
