import ArkaModel

/// A value. As what a field is read depends on where the value stands.
///
/// Moments are seconds since 1970 and durations are seconds from here on: the checker has seen to it
/// that they are not mixed up with numbers.
indirect enum Value: Sendable, Hashable {
    case constant(Constant)
    case field(FieldIndex)
    case negate(Value)
    /// Never a division.
    case arithmetic(ArithmeticOperator, Value, Value)
    /// `a / b`; only as the left side of a comparison.
    case quotient(Value, Value)
    /// `round(a / b, 2)` and its kin; the quotient is rounded once.
    case roundedQuotient(Value, Value, Rounding, decimals: Int)
    case rounded(Value, Rounding, decimals: Int)
    case magnitude(Value)
    /// `min` or `max` of at least two.
    case extreme(Extreme, [Value])
    /// The characters of a text.
    case length(Value)
    /// The elements of an array.
    case count(FieldIndex)
    /// A text that says a date and time, as seconds since 1970.
    case moment(Value)
    case part(CivilPart, Value)
    case cased(TextTransform, Value)
    /// A text with values in it; unknown if one of them is.
    case joined([OutputPiece])
    /// The first that is known as the type wanted, else the last; at least two.
    case alternatives([Value])
}

extension Value {
    /// Whether it is made of fields and constants alone.
    var isPlain: Bool {
        alternatives.allSatisfy { value in
            switch value {
            case .constant, .field, .moment(.field): true
            default: false
            }
        }
    }
}

/// A value written in the rule.
enum Constant: Sendable, Hashable {
    case text([UInt8])
    case boolean(Bool)
    case number(ExactDecimal)

    /// Its one type.
    var type: ValueTypes {
        switch self {
        case .text: .text
        case .boolean: .boolean
        case .number: .number
        }
    }
}

/// Position in ``FieldCatalog/fields``.
typealias FieldIndex = Int
/// Position in ``FieldCatalog/calls``.
typealias CallIndex = Int
/// Position in ``RuleLists/built``.
typealias ListIndex = Int
