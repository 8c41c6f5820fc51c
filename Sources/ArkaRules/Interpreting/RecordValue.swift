public import ArkaModel

/// A record as the tree walk sees it: JSON, and two marks for what JSON allows but has no value.
public indirect enum RecordValue: Sendable, Hashable {
    /// Members by key; keys and texts are UTF-8, compared byte by byte.
    case object([[UInt8]: RecordValue])
    /// Elements of an array; rules cannot read them yet.
    case array([RecordValue])
    /// A string.
    case string([UInt8])
    /// A number that has an exact value.
    case number(ExactDecimal)
    /// `true` or `false`
    case boolean(Bool)
    /// `null`
    case null
    /// Stands for the values of a key that occurs more than once.
    case duplicate
    /// Stands for a number without an exact value.
    case outOfRange
}

extension RecordValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral
{
    /// Makes an object; a key that occurs twice becomes ``duplicate``.
    public init(dictionaryLiteral elements: (String, RecordValue)...) {
        let members = elements.map { (Array($0.0.utf8), $0.1) }
        self = .object(Dictionary(members) { _, _ in .duplicate })
    }

    /// Makes an array.
    public init(arrayLiteral elements: RecordValue...) {
        self = .array(elements)
    }

    /// Makes a string.
    public init(stringLiteral value: String) {
        self = .string(Array(value.utf8))
    }

    /// Makes a whole number.
    public init(integerLiteral value: Int64) {
        self = .number(ExactDecimal(value))
    }

    /// Makes `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }

    /// Makes `null`.
    public init(nilLiteral: ()) {
        self = .null
    }
}
