import ArkaTelemetry

/// What the topics that a lane writes to allow.
struct OutputTopics: Sendable, Hashable {
    /// The topic of the decisions.
    var decisions: String
    /// The topic of the dead letters.
    var deadLetters: String
    /// How many partitions each has, for records without a key.
    var decisionPartitions: Int32 = 1
    var deadLetterPartitions: Int32 = 1
    /// Whether each record goes out in a batch of its own, since a topic refuses batches and does
    /// not say which size it takes.
    var sendsRecordsAlone = false
    /// The largest batch of records that each takes, in bytes.
    var decisionBytesMax = KafkaLimits.recordBytesDefault
    var deadLetterBytesMax = KafkaLimits.recordBytesDefault
    /// The topic of the audit trail; `nil` where there is none.
    var audit: String?
    var auditPartitions: Int32 = 0
    var auditBytesMax = KafkaLimits.recordBytesDefault

    init(decisions: String, deadLetters: String, audit: String? = nil) {
        self.decisions = decisions
        self.deadLetters = deadLetters
        self.audit = audit
    }

    /// What the producer must be able to send.
    var recordBytesMax: Int { max(decisionBytesMax, deadLetterBytesMax) }
    /// What its batches may not exceed.
    var batchBytesMax: Int {
        let outputs = min(decisionBytesMax, deadLetterBytesMax)
        return audit == nil ? outputs : min(outputs, auditBytesMax)
    }

    /// Asks the cluster, and creates the dead-letter topic if it is missing.
    /// - Throws: ``KafkaError``: `missingTopic`, and what ``KafkaAdmin`` throws.
    init(preparing settings: KafkaSettings, logger: Logger) throws(KafkaError) {
        self.init(
            decisions: settings.decisionsTopic, deadLetters: settings.deadLetterTopic,
            audit: settings.auditTopic)
        let admin = try KafkaAdmin(settings.connection, logger: logger)
        defer { admin.close() }
        let names = [settings.sourceTopic, settings.decisionsTopic, settings.deadLetterTopic]
        var counts = try admin.describe(names).map(\.partitionCount)
        for (name, count) in zip(names.prefix(2), counts) where count == 0 {
            throw KafkaError(
                .missingTopic, name,
                "the topic does not exist; create it, or use `pact run --create-topics`")
        }
        if counts[2] == 0 {
            try admin.create([NewTopic(settings.deadLetterTopic, partitions: counts[1])])
            logger.info("dead-letter topic created", [.topic: .text(settings.deadLetterTopic)])
            counts[2] = counts[1]
        }
        decisionPartitions = Int32(clamping: counts[1])
        deadLetterPartitions = Int32(clamping: counts[2])
        try prepareAudit(admin, sourcePartitions: counts[0])
        guard !settings.isEmbedded, !admin.isEmbedded else { return }
        // A broker that does not say takes what Kafka's default allows.
        if let limit = admin.recordBytesMax(of: decisions) { decisionBytesMax = limit }
        if let limit = admin.recordBytesMax(of: deadLetters) { deadLetterBytesMax = limit }
        if let audit, let limit = admin.recordBytesMax(of: audit) { auditBytesMax = limit }
    }

    /// A chain stands in the partition that has the number of its source's.
    private mutating func prepareAudit(
        _ admin: KafkaAdmin, sourcePartitions: Int
    ) throws(KafkaError) {
        guard let audit else { return }
        let count = try admin.describe([audit]).first?.partitionCount ?? 0
        guard count > 0 else {
            throw KafkaError(
                .missingTopic, audit,
                "the topic does not exist; create it, or use `pact run --create-topics`")
        }
        guard count >= sourcePartitions else {
            throw KafkaError(
                .auditTopicUnfit, audit,
                "it has \(count) partitions and the source \(sourcePartitions): each partition of "
                    + "the source needs its own; add partitions to the audit topic")
        }
        auditPartitions = Int32(clamping: count)
    }

    /// Refuses an audit topic that does not take the largest record.
    /// - Throws: ``KafkaError``: `auditTopicUnfit`.
    func checkAudit(recordBytesMax: Int) throws(KafkaError) {
        let needed = recordBytesMax + KafkaLimits.recordOverheadBytes
        guard let audit, auditBytesMax < needed else { return }
        throw KafkaError(
            .auditTopicUnfit, audit,
            "it takes records of at most \(auditBytesMax) bytes, and those of the audit trail have "
                + "up to \(needed): raise its max.message.bytes")
    }
}
