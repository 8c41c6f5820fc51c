import ArkaModel

/// A rule that means something: names resolved, types agreed, `let`s filled in.
///
/// Both the planner and the tree walk start from here.
struct CheckedRule: Sendable {
    let name: String
    /// When it fires.
    let condition: Logic
    let actions: [PlannedAction]
    let onUnknown: OnUnknown
    let notes: RuleNotes
}

/// A condition: true, false or unknown.
indirect enum Logic: Sendable {
    /// A boolean value by itself.
    case truth(Value)
    /// Both values are read as one of the types, the right one as the left one turned out. A
    /// ``Value/quotient(_:_:)`` stands on the left only.
    case compare(Value, Comparison, Value, ValueTypes)
    /// A value in a list of constants of its type.
    case member(Value, [Constant], ValueTypes)
    /// The field has a value, whatever its type.
    case known(FieldIndex)
    case not(Logic)
    /// Nothing in it is true.
    case all([Logic])
    /// Nothing in it is false.
    case any([Logic])
}

/// A value. As what a field is read depends on where the value stands.
indirect enum Value: Sendable {
    case constant(Constant)
    case field(FieldIndex)
    case negate(Value)
    /// Never a division.
    case arithmetic(ArithmeticOperator, Value, Value)
    /// `a / b`; only as the left side of a comparison.
    case quotient(Value, Value)
    /// The first that is known as the type wanted, else the last; at least two.
    case alternatives([Value])
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
