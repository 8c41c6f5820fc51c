/// Why a value could not be had.
///
/// The raw values are what columns store beside a field; zero means that the value is known.
@frozen public enum UnknownCause: UInt8, Sendable, Hashable, CaseIterable {
    /// The record does not have the property.
    case absent = 1
    /// The property is `null`.
    case null
    /// The property stands more than once in its object (legal where the schema does not name it).
    case duplicate
    /// The number is too large or too fine for an exact decimal.
    case outOfRange
    /// The value is of another type than the rule reads (only without a schema).
    case otherType
    /// An arithmetic result is beyond the range of exact decimals.
    case overflow
    /// An arithmetic result needs more than 18 decimals.
    case inexact
    /// A divisor is zero.
    case dividedByZero
    /// The plugin's function was not called: nothing here can call it.
    case notCalled
    /// The plugin's function answered with a failure.
    case callFailed
    /// The plugin's function did not answer in time.
    case timedOut
    /// The circuit breaker of the plugin's function was open.
    case breakerOpen
    /// The time that the decision may wait for all its calls was spent.
    case budgetSpent
    /// The plugin is not enabled for this transaction.
    case disabled

    /// The causes that come from the call of a plugin's function, not from the record.
    public static let ofCalls: Set<UnknownCause> = [
        .notCalled, .callFailed, .timedOut, .breakerOpen, .budgetSpent, .disabled,
    ]

    /// The word in decisions and metrics.
    public var word: String {
        switch self {
        case .absent: "absent"
        case .null: "null"
        case .duplicate: "duplicate"
        case .outOfRange: "out_of_range"
        case .otherType: "other_type"
        case .overflow: "overflow"
        case .inexact: "inexact"
        case .dividedByZero: "divided_by_zero"
        case .notCalled: "not_called"
        case .callFailed: "failed"
        case .timedOut: "timeout"
        case .breakerOpen: "open"
        case .budgetSpent: "budget"
        case .disabled: "disabled"
        }
    }
}
