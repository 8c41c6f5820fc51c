import ArkaModel

// `nil` is no literal of it: `value["name"] == nil` would then ask for `null`, not for absence.
extension PluginValue: ExpressibleByBooleanLiteral {
    /// Takes `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension PluginValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// Takes a whole number.
    public init(integerLiteral value: Int64) {
        self = .number(ExactDecimal(value))
    }

    /// Takes a number as it is written: `0.1` is exactly a tenth.
    public init(floatLiteral value: Double) {
        self = PluginValue(value)
    }
}

extension PluginValue: ExpressibleByStringInterpolation {
    /// Takes a text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension PluginValue: ExpressibleByArrayLiteral {
    /// Takes a list; an element that is absent is `null`.
    public init(arrayLiteral elements: PluginValue?...) {
        self = .array(elements.map { $0 ?? .null })
    }
}

extension PluginValue: ExpressibleByDictionaryLiteral {
    /// Takes an object; a value that is absent is `null`. Of members with one name, which only names
    /// computed at run time can have, the last counts.
    public init(dictionaryLiteral members: (String, PluginValue?)...) {
        var kept: [Member] = []
        kept.reserveCapacity(members.count)
        for (name, value) in members {
            if let index = kept.firstIndex(where: { $0.isNamed(name) }) {
                kept[index].value = value ?? .null
            } else {
                kept.append(Member(name, value ?? .null))
            }
        }
        self = .object(kept)
    }
}
