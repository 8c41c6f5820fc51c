import ArkaTelemetry
import CRdkafka

extension ProducerSource {
    /// Finds out how to go on after a topic refused records as too large. For the commit thread; asks
    /// the broker, at most ``KafkaLimits/startTimeout`` for each topic.
    /// - Returns: `nil` if the next producer sends what is smaller; otherwise why there is none.
    func shrink() -> KafkaFailure? {
        let refused = current?.handle.callbacks.takeDeliveryFailures().refusedBytes ?? [:]
        let topics = topics
        guard let next = topics.shrunk(refused: refused, told: askLimits(of: topics)) else {
            let names =
                refused.isEmpty ? topics.decisions : refused.keys.sorted().joined(separator: ",")
            return KafkaFailure(
                RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
                reason: "\(names) refuses records as too large, whatever is left out of them: "
                    + "raise max.message.bytes")
        }
        use(next)
        let batches = next.sendsRecordsAlone ? ", one to a batch" : ""
        logger.warning(
            "a topic refuses records as too large; what is larger than this becomes a dead letter",
            [
                .topic: .text(refused.keys.sorted().joined(separator: ",")),
                .reason: .text(
                    "decisions of at most \(next.decisionBytesMax) bytes, dead letters of at most "
                        + "\(next.deadLetterBytesMax)\(batches)"),
            ])
        return nil
    }

    private func askLimits(of topics: OutputTopics) -> [String: Int] {
        guard !settings.isEmbedded, let admin = try? KafkaAdmin(settings.connection, logger: logger)
        else { return [:] }
        defer { admin.close() }
        guard !admin.isEmbedded else { return [:] }
        var told: [String: Int] = [:]
        for topic in [topics.decisions, topics.deadLetters] + [topics.audit].compactMap({ $0 }) {
            told[topic] = admin.recordBytesMax(of: topic)
        }
        return told
    }
}
