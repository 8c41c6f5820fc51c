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

    init(decisions: String, deadLetters: String) {
        self.decisions = decisions
        self.deadLetters = deadLetters
    }

    /// What the producer must be able to send.
    var recordBytesMax: Int { max(decisionBytesMax, deadLetterBytesMax) }
    /// What its batches may not exceed.
    var batchBytesMax: Int { min(decisionBytesMax, deadLetterBytesMax) }

    /// Asks the cluster, and creates the dead-letter topic if it is missing.
    /// - Throws: ``KafkaError``: `missingTopic`, and what ``KafkaAdmin`` throws.
    init(preparing settings: KafkaSettings, logger: Logger) throws(KafkaError) {
        self.init(decisions: settings.decisionsTopic, deadLetters: settings.deadLetterTopic)
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
        guard !settings.isEmbedded, !admin.isEmbedded else { return }
        // A broker that does not say takes what Kafka's default allows.
        if let limit = admin.recordBytesMax(of: decisions) { decisionBytesMax = limit }
        if let limit = admin.recordBytesMax(of: deadLetters) { deadLetterBytesMax = limit }
    }
}
