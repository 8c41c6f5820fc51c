import ArkaModel
import ArkaStream

/// What is done with numbers: most fit 64 bits, the others are read exactly or refused.
extension RecordDecoder {
    // SAFETY: a node points into `nodes`, which the table keeps alive and nobody changes. The walk found
    // `end` behind `start`; a column has a cell for each row of a batch, and `row` is one of them.

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
        let text = UnsafeBufferPointer(start: start, count: end - start)
        if node.pointee.duties.contains(.id) {
            columns.ids.base[row] = TextSlice(start: start, count: text.count)
        }
        if node.pointee.columns.raw >= 0 {
            columns.raws.base[Int(node.pointee.columns.raw) &+ row] = TextSlice(
                start: start, count: text.count)
        }
        if number.isFast { takeFast(node, number.fast) } else { takeWide(node, text) }
    }

    /// Takes a number in the fast form.
    @inline(never) private func takeFast(_ node: UnsafePointer<FieldNode>, _ number: Int64) {
        guard allowsNumber(node, isWhole: { number % 1_000_000 == 0 }) else { return }
        if node.pointee.duties.contains(.enumeration) {
            let exact = ExactDecimal(fast: number)
            checkAllowed(node) { $0 == .number(exact) }
        }
        let places = node.pointee.columns
        guard places.exists else { return }
        states[Int(places.state) &+ row] = 0
        if places.number >= 0 { numbers[Int(places.number) &+ row] = number }
    }

    /// Takes a number that may not fit the fast form.
    @inline(never) private func takeWide(
        _ node: UnsafePointer<FieldNode>, _ text: UnsafeBufferPointer<UInt8>
    ) {
        let exact = NumberToken.exact(text)
        let isWhole = { exact.map { $0.scaled % ExactDecimal.one.scaled == 0 } ?? true }
        guard allowsNumber(node, isWhole: isWhole) else { return }
        let places = node.pointee.columns
        guard let exact else {
            if node.pointee.isNamed {
                violate(node, .numberOutOfRange, "the number is too large or too fine")
            } else if places.exists {
                states[Int(places.state) &+ row] = UnknownCause.outOfRange.rawValue
            }
            return
        }
        if node.pointee.duties.contains(.enumeration) {
            checkAllowed(node) { $0 == .number(exact) }
        }
        guard places.exists else { return }
        states[Int(places.state) &+ row] = 0
        if places.number >= 0 { columns.store(exact, in: places.number, row: row) }
    }

    /// Whether the schema allows this number here; a violation if not.
    @inline(__always) private func allowsNumber(
        _ node: UnsafePointer<FieldNode>, isWhole: () -> Bool
    ) -> Bool {
        let types = node.pointee.allowed
        if types & TypeBit.number != 0 { return true }
        guard types & TypeBit.integer != 0 else {
            violate(node, .wrongType, expectation(types, "a number"))
            return false
        }
        if isWhole() { return true }
        violate(node, .wrongType, expectation(types, "a number with a fraction"))
        return false
    }
}
