import ArkaStream
import ArkaTelemetry
import CRdkafka

/// Moves the reading position of a lane's partitions back to what is committed.
///
/// On the lane's own thread: a seek while another thread fetches from the same queue loses records.
struct Rewinder {
    private let core: LaneCore

    init(_ core: LaneCore) { self.core = core }

    /// - Parameter started: The lane's partitions, and where each began.
    /// - Returns: The committed positions; `nil` if they could not be had or set.
    func rewind(to started: [PartitionPosition]) -> [PartitionPosition]? {
        core.consumer.whileOpen("rewind") { client in
            guard let committed = committed(client, started) else { return nil }
            return seek(client, committed) ? committed : nil
        } ?? nil
    }

    private func committed(
        _ client: OpaquePointer, _ started: [PartitionPosition]
    ) -> [PartitionPosition]? {
        let list = PartitionList(core.settings.sourceTopic, started)
        let timeout = KafkaLimits.committedOffsetsTimeout.timeoutMilliseconds
        let code = rd_kafka_committed(client, list.pointer, timeout)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, list.firstError == nil else {
            // A transaction that is still pending makes this time out; the lane asks again.
            note(code, "committed positions cannot be had yet")
            return nil
        }
        // Without a commit of its own, a partition begins where this assignment began.
        return zip(list.positions, started).map { found, start in
            found.next >= 0 ? found : start
        }
    }

    private func seek(_ client: OpaquePointer, _ positions: [PartitionPosition]) -> Bool {
        let list = PartitionList(core.settings.sourceTopic, positions)
        var timeout = KafkaLimits.seekTimeout.timeoutMilliseconds
        if LibraryVersion.loaded.seeksInMicroseconds { timeout *= 1000 }
        let failure = KafkaFailure(
            consuming: rd_kafka_seek_partitions(client, list.pointer, timeout))
        guard let code = failure?.code ?? list.firstError else { return true }
        note(code, "the reading position cannot be set yet")
        return false
    }

    /// Where the audit trail of the partitions stands.
    ///
    /// Reads with a client of its own, not from the queue that is fetched from.
    /// - Returns: `nil` if it cannot be had yet, or a chain cannot go on, which has been reported.
    func tails(of positions: [PartitionPosition]) -> [AuditTail]? {
        guard let audit = core.audit, let topic = core.settings.auditTopic else { return [] }
        let source = AuditTails(
            topic: topic, connection: core.settings.connection, logger: core.logger,
            isStopping: { [core] in core.delivery.source.isLost })
        do {
            let tails = try source.read(
                positions.map(\.partition), within: KafkaLimits.auditTailRewindTimeout)
            guard let reason = tails.lazy.compactMap({ audit.refusal(of: $0) }).first else {
                return tails
            }
            core.report(
                .hopeless(
                    lane: core.delivery.source.lane,
                    KafkaFailure(
                        RD_KAFKA_RESP_ERR_INVALID_RECORD, reason: "audit topic \(topic): \(reason)")
                ))
        } catch {
            core.logger.warning(
                "the end of the audit trail cannot be had yet", [.reason: .text(error.reason)])
        }
        return nil
    }

    private func note(_ code: rd_kafka_resp_err_t, _ message: StaticString) {
        core.logger.warning(message, [.code: .text(KafkaFailure(code).name)])
    }
}
