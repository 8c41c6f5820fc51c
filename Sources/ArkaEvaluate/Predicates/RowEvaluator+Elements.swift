import ArkaModel
import ArkaRules

/// What is asked of arrays.
extension RowEvaluator {
    /// The text of a field that is taken as it stands; `nil` if nothing is there.
    func raw(_ field: FieldID, _ row: Int) -> TextBytes? {
        let slice = columns.raws.base[Int(layout.columns(of: field).raw) + row]
        // SAFETY: the decoder stored the extent of a value of this batch, whose bytes stay until the
        // batch is decided.
        return slice.start.map { TextBytes(start: $0, count: slice.count) }
    }

    /// The text of an array.
    func array(_ field: FieldID, _ row: Int) -> Operand<TextBytes> {
        guard state(field, row) == nil, let text = raw(field, row),
            text.first == UInt8(ascii: "[")
        else { return failing(field, row) }
        return .known(text)
    }

    /// How many elements an array has.
    static func elements(_ array: TextBytes) -> Int64 {
        var count: Int64 = 0
        var cursor = JSONCursor(array)
        cursor.forEachElement { _ in
            count += 1
            return true
        }
        return count
    }

    /// Whether an array has an element of the same type and value. The array is read first.
    func element(_ field: FieldID, _ value: ElementValue, _ row: Int) -> Answer {
        array(field, row).flatMap { array in
            switch value {
            case .constant(let wanted): .known(hasBoolean(array, wanted))
            case .boolean(let other): boolean(other, row).map { hasBoolean(array, $0) }
            case .number(let term): self.value(term, row).map { hasNumber(array, $0) }
            case .text(let term): text(term, row).map { hasText(array, $0) }
            }
        }
    }

    private func contains(_ array: TextBytes, _ matches: (TextBytes) -> Bool) -> Bool {
        var found = false
        var cursor = JSONCursor(array)
        cursor.forEachElement { element in
            found = matches(element)
            return !found
        }
        return found
    }

    private func hasBoolean(_ array: TextBytes, _ wanted: Bool) -> Bool {
        contains(array) { $0.first == UInt8(ascii: wanted ? "t" : "f") }
    }

    private func hasNumber(_ array: TextBytes, _ wanted: ExactDecimal) -> Bool {
        contains(array) { element in
            guard let first = element.first,
                first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10
            else { return false }
            return NumberToken.exact(element) == wanted
        }
    }

    private func hasText(_ array: TextBytes, _ wanted: TextBytes) -> Bool {
        contains(array) { element in
            guard let start = element.baseAddress, element.count >= 2,
                element[0] == UInt8(ascii: "\"")
            else { return false }
            let inner = start + 1
            let count = element.count - 2
            guard Unescaping.isNeeded(inner, count) else {
                return TextBytes(start: inner, count: count).elementsEqual(wanted)
            }
            // Escapes only make a text longer.
            guard count >= wanted.count else { return false }
            let room = columns.computed.reserve(count)
            let resolved = Unescaping.resolve(inner, count, into: room)
            return TextBytes(start: room, count: resolved).elementsEqual(wanted)
        }
    }
}
