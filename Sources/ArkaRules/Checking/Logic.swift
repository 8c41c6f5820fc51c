import ArkaModel

/// A condition: true, false or unknown.
indirect enum Logic: Sendable, Hashable {
    /// A boolean value by itself.
    case truth(Value)
    /// Both values are read as one of the types, the right one as the left one turned out. A
    /// ``Value/quotient(_:_:)`` stands on the left only.
    case compare(Value, Comparison, Value, ValueTypes)
    /// A value in a list of constants of its type.
    case member(Value, [Constant], ValueTypes)
    /// A value in a list from a file; texts or numbers.
    case listed(Value, ListIndex, ValueTypes)
    /// The text on the left contains, starts with or ends with that on the right. Never `matches`.
    case textTest(Value, TextOperator, Value)
    /// The text matches a pattern.
    case matches(Value, RulePattern)
    /// An array has an element that equals the value, read as one of the types.
    case element(FieldIndex, Value, ValueTypes)
    /// The field has a value, whatever its type.
    case known(FieldIndex)
    /// The first where the field is a text, else the second: decided by the record, where no schema
    /// does.
    case either(isText: FieldIndex, Logic, Logic)
    case not(Logic)
    /// Nothing in it is true.
    case all([Logic])
    /// Nothing in it is false.
    case any([Logic])
}
