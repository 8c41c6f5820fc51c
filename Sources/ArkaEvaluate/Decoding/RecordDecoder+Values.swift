import ArkaModel
import ArkaStream

/// What is done with a value once its extent is known: types, duties, columns.
extension RecordDecoder {
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
        guard node.pointee.columns.exists, let resolved = text.start else { return }
        states[Int(node.pointee.columns.state) &+ row] = 0
        storeCode(node, resolved, text.count)
        if node.pointee.columns.text >= 0 {
            columns.texts.base[Int(node.pointee.columns.text) &+ row] = text
        }
    }

    /// Checks what a schema says of a string beyond its type, and reads the event time.
    private func perform(_ node: UnsafePointer<FieldNode>, _ text: TextSlice) {
        guard let start = text.start else { return }
        if node.pointee.duties.contains(.enumeration) {
            let bytes = UnsafeBufferPointer(start: start, count: text.count)
            checkAllowed(node) { constant in
                guard case .string(let allowed) = constant else { return false }
                return allowed.elementsEqual(bytes)
            }
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

    /// Takes a number whose text goes from `start` up to `end`.
    @inline(__always) func readNumber(
        _ node: UnsafePointer<FieldNode>, _ number: NumberToken, _ start: Position,
        _ end: Position
    ) {
        if number.isFast {
            switch node.pointee.onNumber {
            case .ignore: return
            case .store:
                let places = node.pointee.columns
                numbers[Int(places.number) &+ row] = number.fast
                states[Int(places.state) &+ row] = 0
                return
            case .none: break
            }
        }
        takeNumber(node, number, UnsafeBufferPointer(start: start, count: end - start))
    }

    @inline(never) private func takeNumber(
        _ node: UnsafePointer<FieldNode>, _ number: NumberToken,
        _ text: UnsafeBufferPointer<UInt8>
    ) {
        if node.pointee.duties.contains(.id) {
            columns.ids.base[row] = TextSlice(start: text.baseAddress, count: text.count)
        }
        let exact = number.isFast ? ExactDecimal(fast: number.fast) : try? ExactDecimal(json: text)
        let types = node.pointee.allowed
        guard types & (TypeBit.number | TypeBit.integer) != 0 else {
            return violate(node, .wrongType, expectation(types, "a number"))
        }
        let places = node.pointee.columns
        guard let exact else {
            if node.pointee.isNamed {
                violate(node, .numberOutOfRange, "the number is too large or too fine")
            } else if places.exists {
                states[Int(places.state) &+ row] = UnknownCause.outOfRange.rawValue
            }
            return
        }
        if types & TypeBit.number == 0, exact.scaled % ExactDecimal.one.scaled != 0 {
            return violate(node, .wrongType, expectation(types, "a number with a fraction"))
        }
        if node.pointee.duties.contains(.enumeration) {
            checkAllowed(node) { $0 == .number(exact) }
        }
        guard places.exists else { return }
        states[Int(places.state) &+ row] = 0
        guard places.number >= 0 else { return }
        if let fast = exact.fast {
            numbers[Int(places.number) &+ row] = fast
        } else {
            columns.appendWide(exact, of: places, row: row)
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

    private func checkAllowed(
        _ node: UnsafePointer<FieldNode>, _ matches: (SchemaConstant) -> Bool
    ) {
        guard let allowed = table.constraints[node - nodes]?.allowed else { return }
        if !allowed.contains(where: matches) {
            violate(node, .valueNotAllowed, "not one of the \(allowed.count) values allowed")
        }
    }
}
