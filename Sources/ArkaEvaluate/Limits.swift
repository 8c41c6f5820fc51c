/// The bounds of the evaluation; beyond each stands a dead letter, never a crash.
public enum Limits {
    /// Objects and arrays within each other. RFC 8259 allows a limit; real records stay below 20.
    public static let nestingMax = 512
    /// Bytes of a decision: what Kafka's default `message.max.bytes` takes, with room for the
    /// record's frame and headers. Only an enormous transaction id comes near.
    public static let decisionBytesMax = 1_000_000
}
