/// A JSON value in the one form that all equal ones have: numbers by their value, strings by their
/// bytes, members in the order of their names.
indirect enum CanonicalValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(JSONNumber)
    case string(ByteText)
    case array([CanonicalValue])
    case object([Member])

    struct Member: Sendable, Hashable {
        let name: ByteText
        let value: CanonicalValue
    }
}

extension JSONInstance {
    /// The canonical form of a value.
    func canonical(_ id: ID) -> CanonicalValue {
        switch values[id].content {
        case .null: return .null
        case .boolean(let value): return .boolean(value)
        // Validation ends before it compares what cannot be told exactly.
        case .number(let number): return number.map { .number($0) } ?? .null
        case .string(let text): return .string(ByteText(text))
        case .array(let elements): return .array(elements.map { canonical($0) })
        case .object(let members):
            let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return .object(
                sorted.map { .init(name: ByteText($0.name), value: canonical($0.value)) })
        }
    }
}
