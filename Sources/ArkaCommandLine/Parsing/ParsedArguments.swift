/// The values that a user gave, read by the arguments as they were declared.
public struct ParsedArguments: Sendable {
    /// Values by the argument's name, in the order given.
    private var values: [String: [any Sendable]] = [:]

    init() {}

    mutating func add(_ value: any Sendable, to spec: ArgumentSpec) throws(UsageError) {
        if !spec.isRepeatable, values[spec.name] != nil {
            throw UsageError(.givenTwice, "\(spec.label) is given twice")
        }
        values[spec.name, default: []].append(value)
    }

    func has(_ spec: ArgumentSpec) -> Bool { values[spec.name] != nil }

    /// The value of a required argument, a flag, or an option with a default.
    public subscript<Value>(argument: Argument<Value>) -> Value {
        if let value = values[argument.spec.name]?.first as? Value { return value }
        guard let fallback = argument.fallback else {
            preconditionFailure("'\(argument.spec.name)' is not declared for this command")
        }
        return fallback
    }

    /// The value of an optional argument; `nil` if it was not given.
    public subscript<Value>(argument: Argument<Value?>) -> Value? {
        values[argument.spec.name]?.first as? Value
    }

    /// The values of a repeatable argument, in the order given.
    public subscript<Value>(argument: Argument<[Value]>) -> [Value] {
        values[argument.spec.name]?.compactMap { $0 as? Value } ?? []
    }
}
