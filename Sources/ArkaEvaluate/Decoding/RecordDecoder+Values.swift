import ArkaModel
import ArkaStream

/// What is done with a value once its extent is known: types, duties, columns.
extension RecordDecoder {
    // SAFETY: a node points into `nodes`, which the table keeps alive and nobody changes. Positions are
    // the walk's; a column has a cell for each row of a batch, and `row` is one of them.

    /// Takes a string from behind its opening quote up to its closing one.
    @inline(__always) func readString(
        _ node: UnsafePointer<FieldNode>, _ start: Position, _ end: Position
    ) {
        switch node.pointee.onString {
        case .ignore: return
        case .store where !hasEscapes:
            states[Int(node.pointee.columns.state) &+ row] = 0
            storeCode(node, start, end - start)
        default: takeString(node, start, end)
        }
    }

    @inline(never) private func takeString(
        _ node: UnsafePointer<FieldNode>, _ start: Position, _ end: Position
    ) {
        guard allows(node, TypeBit.string, "a string") else { return }
        var text = TextSlice(start: start, count: end - start)
        if hasEscapes, Unescaping.isNeeded(start, text.count) {
            let resolved = columns.scratch.reserve(text.count)
            text.count = Unescaping.resolve(start, text.count, into: resolved)
            text.start = Position(resolved)
        }
        if !node.pointee.duties.isEmpty {
            perform(node, text)
            if node.pointee.duties.contains(.id) {
                columns.ids.base[row] = TextSlice(start: start - 1, count: end - start + 2)
            }
        }
        guard node.pointee.columns.exists else { return }
        store(text, raw: TextSlice(start: start - 1, count: end - start + 2), node)
    }

    /// Puts a string into the columns of its field.
    /// - Parameter raw: The string as it stands, with its quotes.
    @inline(__always) private func store(
        _ text: TextSlice, raw: TextSlice, _ node: UnsafePointer<FieldNode>
    ) {
        guard let start = text.start else { return }
        let places = node.pointee.columns
        states[Int(places.state) &+ row] = 0
        storeCode(node, start, text.count)
        if places.text >= 0 { columns.texts.base[Int(places.text) &+ row] = text }
        if places.raw >= 0 { columns.raws.base[Int(places.raw) &+ row] = raw }
        if places.moment >= 0 { storeMoment(start, text.count, in: places.moment) }
    }

    @inline(never) private func storeMoment(
        _ start: Position, _ count: Int, in column: Int32
    ) {
        if let fast = DateTime.microseconds(start, count: count) {
            numbers[Int(column) &+ row] = fast
            return
        }
        // A date alone, or more than six decimals.
        guard count == 10 || count > 27, start.pointee &- UInt8(ascii: "0") < 10 else { return }
        let text = UnsafeBufferPointer(start: start, count: count)
        guard let exact = Timestamp.seconds(text) else { return }
        columns.store(exact, in: column, row: row)
    }

    /// Checks what a schema says of a string beyond its type, and reads the event time.
    private func perform(_ node: UnsafePointer<FieldNode>, _ text: TextSlice) {
        guard let start = text.start else { return }
        if node.pointee.duties.contains(.enumeration) {
            let place = table.tables.value(
                of: start, text.count, in: node.pointee.allowedStrings, otherwise: 0)
            if place == 0 { checkAllowed(node) { _ in false } }
        }
        guard !node.pointee.duties.isDisjoint(with: [.dateTime, .eventTime]) else { return }
        let time = DateTime.milliseconds(start, count: text.count)
        if time == nil, node.pointee.duties.contains(.dateTime) {
            violate(node, .invalidDateTime, "expected a date and time as RFC 3339 has it")
        }
        if node.pointee.duties.contains(.eventTime), let time {
            columns.eventTimes.base[row] = time
        }
    }

    @inline(__always) private func storeCode(
        _ node: UnsafePointer<FieldNode>, _ start: Position, _ count: Int
    ) {
        let places = node.pointee.columns
        if places.code >= 0 {
            let code = table.tables.value(
                of: start, count, in: places.constants, otherwise: UInt32(Code.other))
            codes[Int(places.code) &+ row] = UInt8(truncatingIfNeeded: code)
        } else if places.largeCode >= 0 {
            columns.largeCodes.base[Int(places.largeCode) &+ row] = table.tables.value(
                of: start, count, in: places.constants, otherwise: UInt32(Code.other))
        }
    }

    /// Takes `true` or `false`.
    @inline(never) func readBoolean(_ node: UnsafePointer<FieldNode>, _ value: Bool) {
        guard allows(node, TypeBit.boolean, "a boolean") else { return }
        if node.pointee.duties.contains(.enumeration) {
            checkAllowed(node) { $0 == .boolean(value) }
        }
        let places = node.pointee.columns
        guard places.exists else { return }
        states[Int(places.state) &+ row] = 0
        if places.boolean >= 0 {
            codes[Int(places.boolean) &+ row] = value ? Code.yes : Code.no
        }
        if places.raw >= 0 {
            columns.raws.base[Int(places.raw) &+ row] = TextSlice(value ? "true" : "false")
        }
    }

    /// Takes `null`.
    @inline(never) func readNull(_ node: UnsafePointer<FieldNode>) {
        guard allows(node, TypeBit.null, "null") else { return }
        if node.pointee.duties.contains(.enumeration) { checkAllowed(node) { $0 == .null } }
        let places = node.pointee.columns
        guard places.exists else { return }
        states[Int(places.state) &+ row] = UnknownCause.null.rawValue
    }

    /// Whether the schema allows a type; a violation if not.
    func allows(
        _ node: UnsafePointer<FieldNode>, _ type: UInt8, _ found: StaticString
    ) -> Bool {
        if node.pointee.allowed & type != 0 { return true }
        violate(node, .wrongType, expectation(node.pointee.allowed, found))
        return false
    }

    /// Looks for a value among those that the schema lists; a violation if it is not there.
    func checkAllowed(
        _ node: UnsafePointer<FieldNode>, _ matches: (SchemaConstant) -> Bool
    ) {
        guard let allowed = table.constraints[node - nodes]?.allowed else { return }
        if !allowed.contains(where: matches) {
            violate(node, .valueNotAllowed, "not one of the \(allowed.count) values allowed")
        }
    }
}
