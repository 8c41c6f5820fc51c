public import ArkaModel

/// A transaction under plain evaluation: its record and what is known besides.
public struct RecordInputs: Sendable {
    /// The record.
    public var record: RecordValue
    /// What the engine knows besides; a moment is its seconds since 1970. What is missing is absent.
    public var context: [RuleContext: RecordValue]

    /// Makes inputs.
    public init(_ record: RecordValue, context: [RuleContext: RecordValue] = [:]) {
        self.record = record
        self.context = context
    }
}

/// What a call came to.
public enum CallAnswer: Sendable, Hashable {
    /// The function answered.
    case value(RecordValue)
    /// It did not.
    case unknown(UnknownCause)
}
