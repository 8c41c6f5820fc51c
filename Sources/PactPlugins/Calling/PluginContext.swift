/// Who calls: what the engine knows of the transaction, never written in a rule.
///
/// What many calls have in common is kept once for all of them: a context is copied for each call.
public struct PluginContext: Sendable, Hashable {
    /// The transaction's id; `nil` where the record has none.
    public var transactionID: String?
    /// The record's partition; `nil` in a file.
    public var partition: Int32?
    /// The record's offset, or its line in a file.
    public var offset: Int64
    /// Milliseconds since 1970 of the event.
    public var eventTime: Int64?
    private var source: Kept<Source>
    private var more: Kept<More>?

    /// Makes a context.
    public init(topology: String = "", topic: String = "", offset: Int64 = 0) {
        source = Kept(Source(topology: topology, topic: topic))
        self.offset = offset
    }

    /// The topology's name.
    public var topology: String {
        get { source.value.topology }
        set { changeSource { $0.topology = newValue } }
    }

    /// The topic of the record, or the file.
    public var topic: String {
        get { source.value.topic }
        set { changeSource { $0.topic = newValue } }
    }

    /// The jurisdiction that the topology declares.
    public var jurisdiction: String? {
        get { source.value.jurisdiction }
        set { changeSource { $0.jurisdiction = newValue } }
    }

    /// The rule whose action it is; `nil` for calls in conditions, which rules share.
    public var ruleID: String? {
        get { more?.value.ruleID }
        set { changeMore { $0.ruleID = newValue } }
    }

    /// The same for each attempt of one action, different for all others.
    public var idempotencyKey: String? {
        get { more?.value.idempotencyKey }
        set { changeMore { $0.idempotencyKey = newValue } }
    }

    /// The transaction itself, where the caller has it; the test harness does.
    public var transaction: PluginValue? {
        get { more?.value.transaction }
        set { changeMore { $0.transaction = newValue } }
    }

    private mutating func changeSource(_ body: (inout Source) -> Void) {
        var changed = source.value
        body(&changed)
        source = Kept(changed)
    }

    private mutating func changeMore(_ body: (inout More) -> Void) {
        var changed = more?.value ?? More()
        body(&changed)
        more = changed == More() ? nil : Kept(changed)
    }

    /// Where the record comes from: the same for a whole topic.
    private struct Source: Sendable, Hashable {
        var topology: String
        var topic: String
        var jurisdiction: String?
    }

    /// What only actions and tests state.
    private struct More: Sendable, Hashable {
        var ruleID: String?
        var idempotencyKey: String?
        var transaction: PluginValue?
    }
}

/// A value that copies of its owner share until one of them changes it.
private final class Kept<Value: Sendable & Hashable>: Sendable, Hashable {
    let value: Value

    init(_ value: Value) { self.value = value }

    static func == (a: Kept, b: Kept) -> Bool { a === b || a.value == b.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
