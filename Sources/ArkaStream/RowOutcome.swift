public import ArkaModel

/// What became of one record of a batch.
@frozen public enum RowOutcome: Sendable, Hashable {
    /// A decision; its JSON stands in the batch's output at these bytes.
    case decided(DecisionStatus, start: Int, count: Int)
    /// It cannot be decided; the sink writes the original with the reason at this index of
    /// ``RecordBatch/deadLetters``. (An index, so that outcomes copy without reference counting.)
    case deadLetter(reason: Int)
    /// A null payload: there is nothing to decide.
    case skipped
    /// Not decided yet: calls of it are out, under this name. The lane moves it out of the batch.
    case waiting(ticket: Int)
    /// Moved out of the batch: it is decided or waits elsewhere, behind a row of its partition that
    /// waits. Nothing of it leaves with the batch.
    case held
}

/// Why a record is a dead letter.
public struct DeadLetterReason: Sendable, Hashable {
    /// The kind, as the header `arka.error.code` and the metrics name it.
    public let code: DeadLetterCode
    /// Where in the record: a JSON path such as `$.merchant.mcc`, or `$` with the byte offset in
    /// the reason where the JSON itself is broken.
    public let path: String
    /// One sentence without a full stop; no values of the record in it.
    public let reason: String

    /// Makes a reason.
    public init(_ code: DeadLetterCode, path: String, reason: String) {
        self.code = code
        self.path = path
        self.reason = reason
    }
}

/// The kinds of dead letters.
public enum DeadLetterCode: String, Sendable, Hashable, CaseIterable {
    /// The payload has no bytes.
    case emptyPayload = "empty_payload"
    /// Not JSON as RFC 8259 has it.
    case malformedJSON = "malformed_json"
    /// Not valid UTF-8.
    case invalidUTF8 = "invalid_utf8"
    /// Nested deeper than the engine reads.
    case nestedTooDeep = "nested_too_deep"
    /// The record is not an object, or a value is of a type that the schema does not allow.
    case wrongType = "wrong_type"
    /// A required property is missing.
    case missingProperty = "missing_property"
    /// A property that the schema names stands twice.
    case duplicateProperty = "duplicate_property"
    /// A number that the schema names does not fit an exact decimal.
    case numberOutOfRange = "number_out_of_range"
    /// A value that the schema's `enum` does not list.
    case valueNotAllowed = "value_not_allowed"
    /// A string that should be a date and time is none.
    case invalidDateTime = "invalid_date_time"
    /// The decision would not fit into the output topic.
    case decisionTooLarge = "decision_too_large"

    /// Its place among ``allCases``, for counters.
    public var index: Int {
        switch self {
        case .emptyPayload: 0
        case .malformedJSON: 1
        case .invalidUTF8: 2
        case .nestedTooDeep: 3
        case .wrongType: 4
        case .missingProperty: 5
        case .duplicateProperty: 6
        case .numberOutOfRange: 7
        case .valueNotAllowed: 8
        case .invalidDateTime: 9
        case .decisionTooLarge: 10
        }
    }
}
