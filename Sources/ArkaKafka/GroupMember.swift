import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Synchronization

/// A consumer group member that has been started: everything that ``KafkaConsumerGroup`` runs.
final class GroupMember: Sendable {
    let slot: InstanceSlot
    let state: GroupState
    private let settings: KafkaSettings
    private let consumer: KafkaHandle
    private let cores: [LaneCore]
    private let logger: Logger

    /// Starts, in the order that a restart after a crash needs: ids fenced first, then the
    /// subscription; committed offsets are asked for when partitions come.
    init(
        _ settings: KafkaSettings, lanes: [KafkaLane], audit: (any AuditTrail)?, logger: Logger,
        time: any TimeSource, onEnd: @escaping @Sendable (ExitReason) -> Void
    ) throws(KafkaError) {
        try settings.connection.check()
        self.settings = settings
        self.logger = logger
        let noise = NoiseGate(time: time)
        slot = try InstanceSlot(
            in: settings.dataDirectory, group: settings.groupID, instance: settings.instanceID,
            makeName: InstanceSlot.randomName)
        let topics = try OutputTopics(preparing: settings, logger: logger)
        if let audit { try topics.checkAudit(recordBytesMax: audit.recordBytesMax) }
        let handshake: Handshake
        do {
            state = try GroupState()
            handshake = try Handshake()
        } catch {
            throw KafkaError(.requestFailed, error.subject, error.reason)
        }
        let control = ConsumerControl(
            settings, lanes: lanes, state: state, handshake: handshake, logger: logger, time: time,
            onEnd: onEnd)
        let parts = MemberParts(
            settings, lanes: lanes, topics: topics, audit: audit, instance: slot.instance,
            state: state, handshake: handshake, logger: logger, noise: noise, time: time)
        let consumer = try parts.makeConsumer(control)
        self.consumer = consumer
        do throws(KafkaError) {
            cores = try parts.makeCores(consumer)
        } catch {
            _ = consumer.close(within: .seconds(5))
            throw error
        }
        do throws(KafkaError) {
            try fenceAndJoin(control, parts)
        } catch {
            abandon()
            throw error
        }
        for (lane, core) in zip(lanes, cores) { lane.connect(core) }
        try run(control)
    }

    // MARK: Start

    private func fenceAndJoin(
        _ control: ConsumerControl, _ parts: MemberParts
    ) throws(KafkaError) {
        control.connect(consumer, cores: cores)
        let isTransactional = settings.guarantee == .exactlyOnce
        let used = isTransactional ? cores.count : 0
        try slot.write(slot.record.starting(used))
        let ghosts = try parts.fence(slot.record.leftOver(beside: used))
        control.renew(Array(cores.indices))
        try ghosts.wait()
        try refuseHopeless()
        try slot.write(SlotRecord(instance: slot.instance, lanes: used))
        let list = PartitionList(capacity: 1)
        list.add(settings.sourceTopic, RD_KAFKA_PARTITION_UA)
        let code = rd_kafka_subscribe(consumer.pointer, list.pointer)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(.requestFailed, settings.sourceTopic, KafkaFailure(code).description)
        }
        logger.info(
            "joining the group",
            [
                .part: .text(settings.groupID), .count: .integer(cores.count),
                .address: .text(slot.instance),
            ])
    }

    /// Transactions that are refused now will be refused later, too.
    private func refuseHopeless() throws(KafkaError) {
        for report in state.takeReports() {
            guard case .hopeless(_, let failure) = report else { continue }
            throw KafkaError(.transactionsRefused, "transactional id", failure.description)
        }
        for core in cores where !core.delivery.isUsable {
            throw KafkaError(
                .brokerUnreachable, settings.bootstrap.joined(separator: ","),
                "the transaction coordinator did not answer")
        }
    }

    private func run(_ control: ConsumerControl) throws(KafkaError) {
        do {
            _ = try Thread("kafka-control") { control.run() }
        } catch {
            abandon()
            throw KafkaError(.requestFailed, error.subject, error.reason)
        }
    }

    /// Gives up a start that failed half-way.
    private func abandon() {
        for core in cores { core.worker.end() }
        for core in cores { _ = core.worker.awaitEnd(atMost: KafkaLimits.producerCloseTimeout) }
        _ = consumer.close(within: .seconds(5))
    }

    // MARK: End

    /// Stops in order and waits for it.
    func stop(within limit: Duration) -> ExitReason {
        state.stop(deadline: SystemTime().monotonic + limit)
        if state.ended.wait(atMost: limit) { return state.exit ?? .stopped }
        let phase = state.phase
        let code = DiagnosticCode.closeOverran
        logger.error("the stop takes too long", [.part: .text(phase)])
        return ExitReason(code: 1, message: "the stop was still at: \(phase) [\(code)]")
    }

    // MARK: Figures

    /// The properties in force; a producer's are those of the first lane.
    var clientSettings: KafkaClientSettings {
        KafkaClientSettings(
            consumer: consumer,
            producer: cores.first?.delivery.source.current?.handle)
    }

    var statistics: KafkaStatistics {
        var statistics = KafkaStatistics()
        for core in cores { add(core, to: &statistics) }
        statistics.partitions.sort { $0.partition < $1.partition }
        (statistics.fencings, statistics.assignments) = state.counts
        return statistics
    }

    private func add(_ core: LaneCore, to statistics: inout KafkaStatistics) {
        let lane = core.delivery.source.lane
        let worker = core.worker.statistics
        statistics.commits += worker.commits
        statistics.failedCommits += worker.failures
        statistics.unacknowledgedRecords += core.delivery.source.current?.unacknowledged ?? 0
        statistics.fetchedRecords += core.queued
        for position in core.progress.all {
            statistics.partitions.append(
                PartitionProgress(
                    partition: position.partition, lane: lane, lag: lag(behind: position)))
        }
    }

    /// The end of the partition is what the last fetch brought along; no request is made.
    private func lag(behind position: PartitionPosition) -> Int64? {
        var (low, high): (Int64, Int64) = (-1, -1)
        let code = consumer.whileOpen("statistics") {
            rd_kafka_get_watermark_offsets(
                $0, settings.sourceTopic, position.partition, &low, &high)
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, high >= 0 else { return nil }
        return max(0, high - position.next)
    }
}
