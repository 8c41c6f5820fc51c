import ArkaModel

/// What the engine knows of a transaction besides its record; rules read it as `context.<name>`.
public enum RuleContext: String, Sendable, Hashable, CaseIterable {
    /// The time of the event: the record's own, or the Kafka timestamp.
    case eventTime = "event_time"
    /// The transaction's id as a text; unknown where the record has none, or has no text there.
    case transactionID = "transaction_id"
    /// The jurisdiction that the topology declares; unknown where it declares none.
    case jurisdiction
    /// The topology's name.
    case topology
    /// The topic that the record came from, or the file.
    case topic
    /// The record's partition; unknown in a file.
    case partition
    /// The record's offset in its partition, or its line in a file.
    case offset

    /// What rules may take it for.
    var types: ValueTypes {
        switch self {
        case .eventTime: .moment
        case .transactionID, .jurisdiction, .topology, .topic: .text
        case .partition, .offset: .number
        }
    }
}
