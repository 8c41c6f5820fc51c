import ArkaStream

/// Where the records come from that entries are made for: it names chains and decisions.
public enum AuditOrigin: Sendable, Hashable {
    /// A Kafka topic: a chain for each of its partitions, `topic/partition`.
    case topic(String)
    /// A file of JSON lines: one chain, `file`.
    case file(String)

    /// What the chain of a partition is called.
    public func chain(of partition: Int32) -> String {
        switch self {
        case .topic(let topic): "\(topic)/\(partition)"
        case .file: "file"
        }
    }

    /// The id of a row's decision, as the decision itself states it.
    func decisionID(of row: RecordRow) -> String {
        switch self {
        case .topic(let topic): "\(topic)/\(row.partition)/\(row.offset)/\(row.timestamp)"
        case .file(let file): "\(file)/\(row.offset)"
        }
    }
}
