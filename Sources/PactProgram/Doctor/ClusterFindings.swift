import ArkaKafka
import ArkaSystem
import ArkaTelemetry

/// What a topology's cluster has, and what it needs.
func clusterFindings(_ settings: KafkaSettings) throws -> [Finding] {
    let log = try LogSink(to: StandardStream.error, format: .text, level: .error)
    defer { log.close() }
    let brokers = settings.bootstrap.joined(separator: ",")
    do throws(KafkaError) {
        let admin = try KafkaAdmin(settings.connection, logger: Logger(log))
        defer { admin.close() }
        let plan = TopicPlan(settings)
        let found = try admin.describe(plan.names)
        let count = try admin.brokerCount()
        return [Finding(verdict: .fine, subject: "brokers", text: "\(count) at \(brokers)")]
            + topicFindings(plan, found, settings) + accessFindings(settings)
    } catch {
        return [Finding(verdict: .problem, subject: "brokers", text: "\(error)")]
            + accessFindings(settings)
    }
}

/// Each topic: there, or the command that creates it. Dead letters are created when they are needed.
func topicFindings(
    _ plan: TopicPlan, _ found: [TopicDescription], _ settings: KafkaSettings
) -> [Finding] {
    let missing = plan.missing(given: found)
    let existing = found.filter(\.exists).map {
        Finding(
            verdict: .fine, subject: "topic \($0.name)", text: "\($0.partitionCount) partitions")
    }
    return existing
        + missing.map { topic in
            let isCreated = topic.name == plan.deadLetters
            return Finding(
                verdict: isCreated ? .note : .problem, subject: "topic \(topic.name)",
                text: isCreated ? "does not exist; `pact run` creates it" : "does not exist",
                remedy: TopicPlan.command(for: topic, bootstrap: settings.bootstrap))
        }
}

/// The permissions that the program's user needs where the cluster has access control.
func accessFindings(_ settings: KafkaSettings) -> [Finding] {
    let group = settings.groupID
    var needed = [
        "--operation Read --operation Describe --topic \(settings.sourceTopic)",
        "--operation Read --group \(group)",
        "--operation Write --operation Describe --topic \(settings.decisionsTopic)",
        "--operation Write --operation Describe --operation Create "
            + "--topic \(settings.deadLetterTopic)",
    ]
    if let audit = settings.auditTopic {
        needed.append("--operation Read --operation Write --operation Describe --topic \(audit)")
    }
    switch settings.guarantee {
    case .exactlyOnce:
        needed.append(
            "--operation Write --operation Describe --resource-pattern-type prefixed "
                + "--transactional-id pact-\(group)-")
    case .atLeastOnce: needed.append("--operation IdempotentWrite --cluster")
    }
    return needed.map { words in
        Finding(
            verdict: .note, subject: "access", text: "needed where the cluster controls access",
            remedy: "kafka-acls.sh --bootstrap-server \(settings.bootstrap.joined(separator: ",")) "
                + "--add --allow-principal User:NAME \(words)")
    }
}
