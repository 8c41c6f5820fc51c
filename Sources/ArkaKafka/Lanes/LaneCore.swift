import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka

/// What a lane works with once its group has started.
final class LaneCore: @unchecked Sendable {
    // SAFETY: reader and writer are used by the lane's thread only; the rest is safe by itself.

    let consumer: KafkaHandle
    /// Where the lane's partitions are forwarded to; lives as long as the consumer.
    let queue: OpaquePointer
    let settings: KafkaSettings
    let worker: CommitWorker
    var reader: LaneReader
    let writer: LaneWriter
    let logger: Logger
    let assignment = AssignmentBox()
    /// How far each partition is done, for the lag.
    let progress = LaneProgress()
    /// What leaves with the decisions; `nil` where there is none.
    let audit: (any AuditTrail)?
    let report: LaneReporter
    /// Tells the control thread that the lane has let go.
    let acknowledge: @Sendable (HandshakeRound) -> Void

    var delivery: any LaneDelivery { worker.delivery }
    /// Records that were fetched and wait in the queue.
    var queued: Int { consumer.whileOpen("statistics") { _ in rd_kafka_queue_length(queue) } ?? 0 }

    init(
        consumer: KafkaHandle, queue: OpaquePointer, delivery: any LaneDelivery,
        mailbox: LaneMailbox, audit: (any AuditTrail)?, report: @escaping LaneReporter,
        acknowledge: @escaping @Sendable (HandshakeRound) -> Void
    ) throws(SystemError) {
        let source = delivery.source
        self.consumer = consumer
        self.queue = queue
        settings = source.settings
        logger = source.logger
        self.acknowledge = acknowledge
        self.audit = audit
        self.report = report
        reader = LaneReader(
            consumer, queue: queue, lane: source.lane, progress: progress, report: report)
        writer = LaneWriter(sourceTopic: source.settings.sourceTopic)
        worker = try CommitWorker(delivery, mailbox: mailbox) { [progress] in
            progress.noteCommit($0.positions)
            audit?.didCommit(lane: source.lane, job: $0.job)
        }
    }
}
