/// Who calls: what the engine knows of the transaction, never written in a rule.
public struct PluginContext: Sendable, Hashable {
    /// The transaction's id; `nil` where the record has none.
    public var transactionID: String?
    /// The rule whose action it is; `nil` for calls in conditions, which rules share.
    public var ruleID: String?
    /// The jurisdiction that the topology declares.
    public var jurisdiction: String?
    /// The topology's name.
    public var topology: String
    /// The topic of the record, or the file.
    public var topic: String
    /// The record's partition; `nil` in a file.
    public var partition: Int32?
    /// The record's offset, or its line in a file.
    public var offset: Int64
    /// Milliseconds since 1970 of the event.
    public var eventTime: Int64?
    /// The same for each attempt of one action, different for all others.
    public var idempotencyKey: String?
    /// The transaction itself, where the caller has it; the test harness does.
    public var transaction: PluginValue?

    /// Makes a context.
    public init(topology: String = "", topic: String = "", offset: Int64 = 0) {
        self.topology = topology
        self.topic = topic
        self.offset = offset
    }
}
