import ArkaKafka
import ArkaTelemetry

/// Creates the topics of a topology that do not exist: outputs with as many partitions as the
/// source, so that a record without a key keeps its partition.
///
/// The source is created too, with `defaultPartitions`, so that a first run needs no other tool.
/// - Throws: ``KafkaError``.
func createMissingTopics(_ settings: KafkaSettings, logger: Logger) throws {
    let admin = try KafkaAdmin(settings.connection, logger: logger)
    defer { admin.close() }
    let plan = TopicPlan(settings)
    let missing = plan.missing(given: try admin.describe(plan.names))
    guard !missing.isEmpty else { return }
    try admin.create(missing)
    for topic in missing {
        logger.info(
            "topic created", [.topic: .text(topic.name), .count: .integer(topic.partitions)])
    }
}

/// The topics that a topology needs, and how they would be made.
struct TopicPlan {
    /// Partitions of a source that does not exist either: some lanes on some machines.
    static let defaultPartitions = 8

    let source: String
    let decisions: String
    let deadLetters: String
    let audit: String?

    init(_ settings: KafkaSettings) {
        source = settings.sourceTopic
        decisions = settings.decisionsTopic
        deadLetters = settings.deadLetterTopic
        audit = settings.auditTopic
    }

    /// All of them, in the order in which records pass through them.
    var names: [String] { [source, decisions, deadLetters] + [audit].compactMap { $0 } }

    /// Those that do not exist, ready to be created.
    func missing(given found: [TopicDescription]) -> [NewTopic] {
        let existing = Dictionary(
            found.filter(\.exists).map { ($0.name, $0.partitionCount) }, uniquingKeysWith: max)
        let partitions = existing[source] ?? Self.defaultPartitions
        return names.filter { existing[$0] == nil }.map { name in
            // What an audit trail is for outlives what a cluster keeps unasked.
            NewTopic(
                name, partitions: partitions,
                configuration: name == audit ? ["retention.ms": "-1"] : [:])
        }
    }

    /// The command with which an administrator creates a topic.
    static func command(for topic: NewTopic, bootstrap: [String]) -> String {
        "kafka-topics.sh --bootstrap-server \(bootstrap.joined(separator: ",")) --create "
            + "--topic \(topic.name) --partitions \(topic.partitions)"
            + topic.configuration.sorted { $0.key < $1.key }
            .map { " --config \($0.key)=\($0.value)" }.joined()
    }
}
