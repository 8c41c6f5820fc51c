import ArkaModel

/// The scalar types that a value may have. More than one only where no schema says which; then
/// what it is compared with decides, or, where that does not either, the record.
struct ValueTypes: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let text = ValueTypes(rawValue: 1)
    static let boolean = ValueTypes(rawValue: 2)
    static let number = ValueTypes(rawValue: 4)
    static let all: ValueTypes = [.text, .boolean, .number]
    /// What `<` and its kin can compare.
    static let ordered: ValueTypes = [.text, .number]

    /// The scalars among JSON types.
    init(_ types: JSONTypes) {
        var result: ValueTypes = []
        if types.contains(.string) { result.insert(.text) }
        if types.contains(.boolean) { result.insert(.boolean) }
        if types.contains(.number) || types.contains(.integer) { result.insert(.number) }
        self = result
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The types one by one, always in the same order.
    var each: [ValueTypes] { [.text, .boolean, .number].filter(contains) }

    /// As messages say it, such as `a number`.
    var words: String {
        let words = each.map { type in
            switch type {
            case .text: "a text"
            case .boolean: "a boolean"
            default: "a number"
            }
        }
        return words.isEmpty ? "nothing comparable" : words.joined(separator: " or ")
    }
}
