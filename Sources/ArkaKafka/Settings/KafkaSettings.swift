/// Everything that a process needs to know to work on one topic as part of a consumer group.
///
/// Plain values; whoever reads documents fills them in. Defaults are those of the engine.
public struct KafkaSettings: Sendable, Hashable {
    /// What is promised about duplicates.
    public enum Guarantee: Sendable, Hashable {
        /// Decisions, dead letters and offsets are committed in one Kafka transaction.
        case exactlyOnce
        /// Offsets follow the acknowledged decisions; a crash may repeat some.
        case atLeastOnce
    }

    /// Where reading starts in a partition without a committed offset.
    public enum StartPosition: Sendable, Hashable {
        /// At the oldest record that the broker still has.
        case earliest
        /// Behind the newest record.
        case latest
        /// At the first record with this timestamp or a later one, in milliseconds since 1970 UTC.
        case timestamp(milliseconds: Int64)
    }

    /// What happens to the partitions when the process ends.
    public enum Membership: Sendable, Hashable {
        /// They wait for its return until the session times out: right for restarts.
        case `static`
        /// They go to the other members at once: right for autoscaling.
        case dynamic
    }

    /// `host:port` of brokers to ask first.
    public var bootstrap: [String]
    /// The consumer group; processes of one group share the partitions.
    public var groupID: String
    /// The topic that is read.
    public var sourceTopic: String
    /// The topic that gets one decision per record.
    public var decisionsTopic: String
    /// The topic that gets what cannot be decided.
    public var deadLetterTopic: String
    /// The topic that gets the audit trail; `nil` where there is none.
    public var auditTopic: String?
    /// What is promised about duplicates.
    public var guarantee = Guarantee.exactlyOnce
    /// Where a partition without a committed offset starts.
    public var start = StartPosition.earliest
    /// What happens to the partitions when the process ends.
    public var membership = Membership.static
    /// The name of this process in its group; `nil` takes the random one of the slot file. Two
    /// processes of one group must not have the same.
    public var instanceID: String?
    /// The folder in which slots are kept; made if it is missing. On a disk of this machine, or
    /// `flock` may not hold.
    public var dataDirectory: String
    /// librdkafka properties as the user gave them, for consumer and producers alike. None of those
    /// that ``refusal(of:)`` names.
    public var properties: [String: String] = [:]
    /// Names in ``properties`` whose values must never be shown.
    public var secretProperties: Set<String> = []
    /// How long the group coordinator waits for a sign of life.
    public var sessionTimeout = Duration.seconds(15)
    /// How long a transaction may stay open before the broker aborts it.
    public var transactionTimeout = Duration.seconds(10)
    /// How long a record may take to be acknowledged. Below ``transactionTimeout``, so that a
    /// transaction fails by our word and not by the broker's.
    public var messageTimeout = Duration.seconds(8)
    /// What all lanes together may have fetched and not read yet, in kilobytes of 1024 bytes.
    public var prefetchKilobytes = KafkaLimits.prefetchKilobytes
    /// Whether the broker is an ``EmbeddedBroker``, which answers an empty fetch late.
    public var isEmbedded = false

    /// Names what is read and written; everything else has a default.
    public init(
        bootstrap: [String], groupID: String, sourceTopic: String, decisionsTopic: String,
        deadLetterTopic: String? = nil, dataDirectory: String
    ) {
        self.bootstrap = bootstrap
        self.groupID = groupID
        self.sourceTopic = sourceTopic
        self.decisionsTopic = decisionsTopic
        self.deadLetterTopic = deadLetterTopic ?? decisionsTopic + ".dlq"
        self.dataDirectory = dataDirectory
    }

    /// The connection alone, for what needs no group: admin requests, filling a topic.
    public var connection: KafkaConnection {
        KafkaConnection(
            bootstrap: bootstrap, properties: properties, secretProperties: secretProperties)
    }
}

/// How to reach a cluster.
public struct KafkaConnection: Sendable, Hashable {
    /// `host:port` of brokers to ask first.
    public var bootstrap: [String]
    /// librdkafka properties: security, timeouts.
    public var properties: [String: String]
    /// Names in ``properties`` whose values must never be shown.
    public var secretProperties: Set<String>

    /// Describes a connection.
    public init(
        bootstrap: [String], properties: [String: String] = [:],
        secretProperties: Set<String> = []
    ) {
        self.bootstrap = bootstrap
        self.properties = properties
        self.secretProperties = secretProperties
    }
}
