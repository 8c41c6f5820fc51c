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
    /// Told why there is no answer yet, for the health report.
    var explain: (String) -> Void = { _ in }
    /// Attempts after which a broker that answers everything else is said to hold the offsets back.
    var attemptsUntilHeldBack = KafkaLimits.attemptsUntilHeldBack

    /// - Returns: A position for each partition; `nil` if the process stops first.
    func resolve(_ client: OpaquePointer, _ partitions: [Int32]) -> [PartitionPosition]? {
        guard !partitions.isEmpty else { return [] }
        let found = retrying("committed offsets") { attempt in
            if attempt == attemptsUntilHeldBack { sayIfHeldBack(client, partitions) }
            return committed(client, partitions)
        }
        guard let committed = found else { return nil }
        let fresh = committed.filter { $0.next < 0 }.map(\.partition)
        guard !fresh.isEmpty else { return committed }
        guard let started = retrying("start positions", { _ in start(client, fresh) }) else {
            return nil
        }
        logger.info(
            "partitions without a committed offset begin at the start position",
            [.count: .integer(fresh.count)])
        if settings.start == .latest { pin(client, started) }
        return committed.filter { $0.next >= 0 } + started
    }

    /// Commits where partitions begin. "The latest" moves: a partition that was quiet until a restart
    /// has no commit, and would begin behind the records that arrived meanwhile.
    private func pin(_ client: OpaquePointer, _ started: [PartitionPosition]) {
        let list = PartitionList(settings.sourceTopic, started)
        var code = RD_KAFKA_RESP_ERR_NO_ERROR
        for _ in 0..<KafkaLimits.pinAttemptsMax {
            code = rd_kafka_commit(client, list.pointer, 0)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR, list.firstError == nil { return }
        }
        logger.warning(
            "the start position is not committed: a restart before the first commit moves it",
            [.code: .text(KafkaFailure(list.firstError ?? code).name)])
    }

    /// Asks until there is an answer: offsets that a transaction has pending are held back by the
    /// broker until it has ended, which looks like a time-out.
    private func retrying(
        _ what: String, _ ask: (Int) -> (positions: [PartitionPosition]?, rd_kafka_resp_err_t)
    ) -> [PartitionPosition]? {
        var attempt = 0
        while !isStopping() {
            let (positions, code) = ask(attempt)
            if let positions { return positions }
            attempt += 1
            explain(
                "the broker does not say where to begin (\(what): \(KafkaFailure(code).name)), "
                    + "as while a transaction of this group is pending")
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

    /// A transaction that is open for so long will not be ended by its producer, nor by its time-out:
    /// a broker can forget one when it is killed. Only an administrator can end that.
    private func sayIfHeldBack(_ client: OpaquePointer, _ partitions: [Int32]) {
        // Otherwise the broker is away, which is another matter.
        let ends = offsets(client, partitions, at: Int64(RD_KAFKA_OFFSET_END))
        guard ends.positions != nil else { return }
        logger.error(
            "the committed offsets are held back by a transaction that nobody ends",
            [
                .part: .text(settings.groupID),
                .code: .text(DiagnosticCode.offsetsHeldBack.description),
            ])
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
        switch settings.start {
        case .earliest: return offsets(client, partitions, at: Int64(RD_KAFKA_OFFSET_BEGINNING))
        case .latest: return offsets(client, partitions, at: Int64(RD_KAFKA_OFFSET_END))
        case .timestamp(let milliseconds): return first(client, partitions, at: milliseconds)
        }
    }

    /// The first records with this timestamp or a later one; the end where there are none.
    private func first(
        _ client: OpaquePointer, _ partitions: [Int32], at milliseconds: Int64
    ) -> ([PartitionPosition]?, rd_kafka_resp_err_t) {
        let (found, code) = offsets(client, partitions, at: max(0, milliseconds))
        guard let found else { return (nil, code) }
        let beyond = found.filter { $0.next < 0 }.map(\.partition)
        guard !beyond.isEmpty else { return (found, code) }
        let (ends, endCode) = offsets(client, beyond, at: Int64(RD_KAFKA_OFFSET_END))
        return (ends.map { found.filter { $0.next >= 0 } + $0 }, endCode)
    }

    /// The offsets at a time; the protocol takes -2 for the oldest record and -1 for the end.
    ///
    /// In place of `rd_kafka_query_watermark_offsets`, which does not keep to its time-out.
    func offsets(
        _ client: OpaquePointer, _ partitions: [Int32], at time: Int64,
        within timeout: Duration = KafkaLimits.committedOffsetsTimeout
    ) -> (positions: [PartitionPosition]?, rd_kafka_resp_err_t) {
        let list = PartitionList(capacity: partitions.count)
        for partition in partitions { list.add(settings.sourceTopic, partition, offset: time) }
        let code = rd_kafka_offsets_for_times(
            client, list.pointer, timeout.timeoutMilliseconds)
        return answer(list, code)
    }

    private func answer(
        _ list: borrowing PartitionList, _ code: rd_kafka_resp_err_t
    ) -> ([PartitionPosition]?, rd_kafka_resp_err_t) {
        let failure = code == RD_KAFKA_RESP_ERR_NO_ERROR ? list.firstError : code
        return failure.map { (nil, $0) } ?? (list.positions, RD_KAFKA_RESP_ERR_NO_ERROR)
    }
}
