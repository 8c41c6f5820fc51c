import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka

/// Finding out where the audit trail of newly assigned partitions stands. On the control thread, after
/// their committed offsets: those wait for a transaction of the old owner that has added its offsets
/// already, and this for one that has written.
extension ConsumerControl {
    /// Asks until there is an answer: a chain that goes on from a guess would be broken.
    /// - Returns: The tails by partition, none where there is no audit trail; `nil` if the process stops,
    ///   the assignment is lost or a chain cannot go on.
    func auditTails(of partitions: [Int32], _ client: OpaquePointer) -> [Int32: AuditTail]? {
        guard let audit, let topic = settings.auditTopic else { return [:] }
        guard let read = readTails(topic, partitions, client) else { return nil }
        var tails: [Int32: AuditTail] = [:]
        for tail in read {
            if let reason = audit.refusal(of: tail) {
                giveUp(
                    1, .auditTopicForeign,
                    "partition \(tail.partition) of the audit topic \(topic): \(reason); an audit "
                        + "topic belongs to one topology")
                return nil
            }
            tails[tail.partition] = tail
        }
        return tails
    }

    private func readTails(
        _ topic: String, _ partitions: [Int32], _ client: OpaquePointer
    ) -> [AuditTail]? {
        // A broker that goes away now takes the new assignment with it.
        let isStopping = { [state] in state.isStopping || rd_kafka_assignment_lost(client) != 0 }
        let tails = AuditTails(
            topic: topic, connection: settings.connection, logger: logger, isStopping: isStopping)
        let patience =
            time.monotonic + settings.transactionTimeout + KafkaLimits.transactionSweep
        var hasCalled = false
        while !isStopping() {
            do {
                return try tails.read(partitions, within: KafkaLimits.auditTailTimeout)
            } catch {
                if case .missing = error {
                    giveUp(1, .auditTopicUnfit, "audit topic \(topic): \(error.reason)")
                    return nil
                }
                let sentence = "the end of the audit topic \(topic) is not known: \(error.reason)"
                state.reasons = [sentence]
                logger.warning(
                    "the end of the audit trail cannot be had yet",
                    [.topic: .text(topic), .reason: .text(error.reason)])
                if case .open = error, time.monotonic > patience, !hasCalled {
                    hasCalled = true
                    logger.error(
                        "a transaction that nobody ends holds back the audit trail",
                        [
                            .topic: .text(topic),
                            .code: .text(DiagnosticCode.auditHeldBack.description),
                        ])
                }
                pause(.milliseconds(100))
            }
        }
        return nil
    }
}
