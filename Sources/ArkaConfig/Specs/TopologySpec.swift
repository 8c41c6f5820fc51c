public import ArkaModel

/// What a topology document says: where transactions come from, how they are judged, where the
/// decisions go.
///
/// Plain values with everything resolved: no YAML, no environment, no key names. Defaults stand in
/// the field declarations of the document and are repeated here for programs that build one by hand;
/// a test compares them.
public struct TopologySpec: Sendable {
    /// `metadata.name`: lower-case letters, digits and hyphens.
    public var name: String
    /// Whose law the decisions are made under; `nil` where the topology does not say.
    public var jurisdiction: String?
    /// Where transactions are read.
    public var source: SourceSpec
    /// How a record is read: schema, roots, id and event time.
    public var record: RecordLayout
    /// The rules and what becomes of unknown ones.
    public var rules: RulesSpec
    /// The topic that gets one decision per transaction.
    public var decisionsTopic: String
    /// The topic that gets the records that could not be decided.
    public var deadLettersTopic: String
    /// What is promised about duplicates.
    public var guarantee: DeliveryGuarantee
    /// Time between the first output of a transaction and its commit.
    public var commitInterval: Duration
    /// The connection as the topology gives it; an engine document may override it, see
    /// ``KafkaConnectionSpec/overridden(by:)``.
    public var kafka: KafkaConnectionSpec
    /// The plugins whose functions rules call.
    public var plugins: [PluginUse]
    /// The longest that a decision waits for all its calls, from when its record was read.
    public var decisionBudget: Duration
    /// Where the records go that plugins write of what they do.
    public var audit: AuditSpec

    /// Makes a topology.
    public init(
        name: String, jurisdiction: String? = nil, source: SourceSpec,
        record: RecordLayout = RecordLayout(), rules: RulesSpec = RulesSpec(),
        decisionsTopic: String, deadLettersTopic: String? = nil,
        guarantee: DeliveryGuarantee = .exactlyOnce, commitInterval: Duration = .milliseconds(100),
        kafka: KafkaConnectionSpec = KafkaConnectionSpec(), plugins: [PluginUse] = [],
        decisionBudget: Duration = .seconds(1), audit: AuditSpec = AuditSpec()
    ) {
        self.name = name
        self.jurisdiction = jurisdiction
        self.source = source
        self.record = record
        self.rules = rules
        self.decisionsTopic = decisionsTopic
        self.deadLettersTopic = deadLettersTopic ?? decisionsTopic + ".dlq"
        self.guarantee = guarantee
        self.commitInterval = commitInterval
        self.kafka = kafka
        self.plugins = plugins
        self.decisionBudget = decisionBudget
        self.audit = audit
    }
}

/// What is promised about decisions after a crash or a rebalance.
public enum DeliveryGuarantee: String, Sendable, Hashable, CaseIterable {
    /// Decisions, dead letters and offsets are committed in one Kafka transaction.
    case exactlyOnce = "exactly_once"
    /// Offsets follow the acknowledged decisions; a crash may repeat some decisions.
    case atLeastOnce = "at_least_once"
}
