import ArkaModel
import ArkaStream
import ArkaTelemetry
import CRdkafka

/// Looking whether brokers can be reached and partitions move. All of it on the control thread.
extension ConsumerControl {
    func watchBrokers() {
        if consumer?.callbacks.takeLossOfAllBrokers() == true {
            brokers.didLoseAll(at: time.monotonic)
        }
        guard brokers.mustAsk(at: time.monotonic) else { return }
        if isBrokerThere() { brokers.didAnswer() }
    }

    private func isBrokerThere() -> Bool {
        consumer?.whileOpen("question") { client in
            var metadata: UnsafePointer<rd_kafka_metadata>?
            let code = rd_kafka_metadata(
                client, 0, nil, &metadata, KafkaLimits.brokerQuestionTimeout.timeoutMilliseconds)
            // SAFETY: the answer is ours, and read no more.
            if let metadata { rd_kafka_metadata_destroy(metadata) }
            return code == RD_KAFKA_RESP_ERR_NO_ERROR
        } ?? false
    }

    /// Finds partitions that make no progress. Asks at most one question, so that the group is polled
    /// in between.
    func watchPartitions() {
        let now = time.monotonic
        guard isAssigned, partitions.mustLook(at: now) else { return }
        partitions.look(
            at: cores.flatMap(\.progress.all).filter { !standstills.contains($0.partition) }, now)
        // Without any broker there is one reason for all of them.
        let asked = brokers.isDown(at: now) ? [] : partitions.question(at: now)
        if !asked.isEmpty { askForEnds(of: asked) }
        for news in partitions.news(at: time.monotonic) { report(news) }
    }

    private func askForEnds(of asked: [Int32]) {
        let answer = consumer?.whileOpen("question") { client in
            StartOffsets(settings: settings, logger: logger, isStopping: { false }).offsets(
                client, asked, at: Int64(RD_KAFKA_OFFSET_END),
                within: KafkaLimits.partitionQuestionTimeout)
        }
        guard let (ends, code) = answer else { return }
        if let ends {
            partitions.didAnswer(ends, at: time.monotonic)
        } else {
            partitions.didNotAnswer(asked, reason: KafkaFailure(code).name, at: time.monotonic)
        }
    }

    private func report(_ news: PartitionWatch.News) {
        switch news {
        case .stands(let partition, let reason):
            quiet.add(partition, "\(settings.sourceTopic)/\(partition): \(reason)")
            logger.warning(
                "partition makes no progress",
                [
                    .topic: .text(settings.sourceTopic), .partition: .integer(Int(partition)),
                    .reason: .text(reason),
                ])
        case .moves(let partition):
            quiet.remove(partition)
            logger.info(
                "partition goes on",
                [
                    .topic: .text(settings.sourceTopic), .partition: .integer(Int(partition)),
                ])
        }
    }
}
