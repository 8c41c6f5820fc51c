/// Where the records of a batch came from; decides how decisions are identified.
public enum RecordOrigin: Sendable, Hashable {
    /// A Kafka topic: `decision_id` is `topic/partition/offset/timestamp-ms`.
    case topic(String)
    /// A file of JSON lines: `decision_id` is `file/line`, the row's offset being the line.
    case file(String)

    /// What decisions name as their source.
    public var name: String {
        switch self {
        case .topic(let name), .file(let name): name
        }
    }
}
