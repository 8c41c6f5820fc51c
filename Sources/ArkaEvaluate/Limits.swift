/// The bounds of the evaluation; beyond each stands a dead letter, never a crash.
public enum Limits {
    /// Objects and arrays within each other. RFC 8259 allows a limit; real records stay below 20.
    public static let nestingMax = 512
    /// Bytes of a record: offsets into it are kept in 32 bits. Kafka cannot carry more either.
    public static let recordBytesMax = Int(Int32.max)
    /// Rules from which on a book may be indexed by the values that its rules ask for. Below,
    /// evaluating all of them costs less than finding out which matter.
    public static let indexedRulesMin = 256
    /// Bytes of a decision: what Kafka's default `message.max.bytes` takes, with room for the
    /// record's frame and headers. Only an enormous transaction id comes near.
    public static let decisionBytesMax = 1_000_000
}
