import ArkaModel

/// The scalar types that a value may have. More than one only where no schema says which; then
/// what it is compared with decides, or, where that does not either, the record.
struct ValueTypes: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let text = ValueTypes(rawValue: 1)
    static let boolean = ValueTypes(rawValue: 2)
    static let number = ValueTypes(rawValue: 4)
    /// A date and time.
    static let moment = ValueTypes(rawValue: 8)
    static let duration = ValueTypes(rawValue: 16)
    /// What a place may hold of which nothing is known.
    static let all: ValueTypes = [.text, .boolean, .number, .moment]
    /// What `<` and its kin can compare.
    static let ordered: ValueTypes = [.text, .number, .moment, .duration]
    /// What can be computed with.
    static let quantities: ValueTypes = [.number, .moment, .duration]

    /// The scalars among JSON types.
    init(_ types: JSONTypes, isDateTime: Bool = false) {
        var result: ValueTypes = []
        if types.contains(.string) { result.insert(.text) }
        if types.contains(.boolean) { result.insert(.boolean) }
        if types.contains(.number) || types.contains(.integer) { result.insert(.number) }
        if isDateTime, types.contains(.string) { result.insert(.moment) }
        self = result
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The types one by one, always in the same order.
    var each: [ValueTypes] {
        [.text, .boolean, .number, .moment, .duration].filter(contains)
    }

    /// What two values are compared as. A date and time is one where both sides must be, and a text
    /// where that is possible too: in a record it is written as a text.
    func agreement(with other: ValueTypes) -> ValueTypes {
        let common = intersection(other)
        guard common.contains(.moment), common != .moment else { return common }
        let dateTime: ValueTypes = [.text, .moment]
        return self == dateTime && other == dateTime ? .moment : common.subtracting(.moment)
    }

    /// As messages say it of several, such as `numbers`.
    var manyWords: String {
        let shown: ValueTypes = self == [.text, .moment] ? .moment : self
        return shown.each.map { type in
            switch type {
            case .text: "texts"
            case .boolean: "booleans"
            case .moment: "dates and times"
            case .duration: "durations"
            default: "numbers"
            }
        }.joined(separator: " or ")
    }

    /// As messages say it, such as `a number`.
    var words: String {
        // What may be a text may be written as a date and time; saying so of each helps nobody, nor
        // does it help that a date and time is written as a text.
        let shown: ValueTypes =
            self == [.text, .moment] ? .moment : contains(.text) ? subtracting(.moment) : self
        let words = shown.each.map { type in
            switch type {
            case .text: "a text"
            case .boolean: "a boolean"
            case .moment: "a date and time"
            case .duration: "a duration"
            default: "a number"
            }
        }
        return words.isEmpty ? "nothing comparable" : words.joined(separator: " or ")
    }
}
