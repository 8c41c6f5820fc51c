import ArkaModel
import ArkaStream
import ArkaTelemetry
import CRdkafka

/// Finds out where reading begins in newly assigned partitions: always explicit offsets, so that a
/// partition never jumps and an aborted lane knows where it came from.
struct StartOffsets {
    let settings: KafkaSettings
    let logger: Logger
    /// Whether the process is about to stop and the answer will not be needed.
    let isStopping: () -> Bool

    /// - Returns: A position for each partition; `nil` if the process stops first.
    func resolve(_ client: OpaquePointer, _ partitions: [Int32]) -> [PartitionPosition]? {
        guard !partitions.isEmpty else { return [] }
        guard let committed = retrying("committed offsets", { committed(client, partitions) })
        else { return nil }
        let fresh = committed.filter { $0.next < 0 }.map(\.partition)
        guard !fresh.isEmpty else { return committed }
        guard let started = retrying("start positions", { start(client, fresh) }) else {
            return nil
        }
        logger.info(
            "partitions without a committed offset begin at the start position",
            [.count: .integer(fresh.count)])
        return committed.filter { $0.next >= 0 } + started
    }

    /// Asks until there is an answer: offsets that a transaction has pending are held back by the
    /// broker until it has ended, which looks like a time-out.
    private func retrying(
        _ what: String, _ ask: () -> (positions: [PartitionPosition]?, rd_kafka_resp_err_t)
    ) -> [PartitionPosition]? {
        var attempt = 0
        while !isStopping() {
            let (positions, code) = ask()
            if let positions { return positions }
            attempt += 1
            logger.warning(
                "the broker does not say yet where to begin",
                [
                    .part: .text(what), .code: .text(KafkaFailure(code).name),
                    .count: .integer(attempt),
                ])
            pause(.milliseconds(100))
        }
        return nil
    }

    private func committed(
        _ client: OpaquePointer, _ partitions: [Int32]
    ) -> ([PartitionPosition]?, rd_kafka_resp_err_t) {
        let list = PartitionList(capacity: partitions.count)
        for partition in partitions { list.add(settings.sourceTopic, partition) }
        let code = rd_kafka_committed(
            client, list.pointer, KafkaLimits.committedOffsetsTimeout.timeoutMilliseconds)
        return answer(list, code)
    }

    private func start(
        _ client: OpaquePointer, _ partitions: [Int32]
    ) -> ([PartitionPosition]?, rd_kafka_resp_err_t) {
        if case .timestamp(let milliseconds) = settings.start {
            return at(milliseconds, client, partitions)
        }
        return edges(client, partitions, takesEnd: settings.start == .latest)
    }

    /// The first records with this timestamp or a later one; the end where there are none.
    private func at(
        _ milliseconds: Int64, _ client: OpaquePointer, _ partitions: [Int32]
    ) -> ([PartitionPosition]?, rd_kafka_resp_err_t) {
        let list = PartitionList(capacity: partitions.count)
        for partition in partitions {
            list.add(settings.sourceTopic, partition, offset: milliseconds)
        }
        let (found, code) = answer(
            list,
            rd_kafka_offsets_for_times(
                client, list.pointer, KafkaLimits.committedOffsetsTimeout.timeoutMilliseconds))
        guard let found else { return (nil, code) }
        let beyond = found.filter { $0.next < 0 }.map(\.partition)
        let (ends, endCode) = edges(client, beyond, takesEnd: true)
        return (ends.map { found.filter { $0.next >= 0 } + $0 }, endCode)
    }

    /// The oldest or the next offset of each partition.
    private func edges(
        _ client: OpaquePointer, _ partitions: [Int32], takesEnd: Bool
    ) -> ([PartitionPosition]?, rd_kafka_resp_err_t) {
        var positions: [PartitionPosition] = []
        for partition in partitions {
            var (low, high): (Int64, Int64) = (0, 0)
            let code = rd_kafka_query_watermark_offsets(
                client, settings.sourceTopic, partition, &low, &high,
                KafkaLimits.committedOffsetsTimeout.timeoutMilliseconds)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return (nil, code) }
            positions.append(
                PartitionPosition(partition: partition, next: takesEnd ? high : low))
        }
        return (positions, RD_KAFKA_RESP_ERR_NO_ERROR)
    }

    private func answer(
        _ list: borrowing PartitionList, _ code: rd_kafka_resp_err_t
    ) -> ([PartitionPosition]?, rd_kafka_resp_err_t) {
        let failure = code == RD_KAFKA_RESP_ERR_NO_ERROR ? list.firstError : code
        return failure.map { (nil, $0) } ?? (list.positions, RD_KAFKA_RESP_ERR_NO_ERROR)
    }
}
