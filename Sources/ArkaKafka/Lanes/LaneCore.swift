import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Synchronization

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
    /// The committed position of each partition, for the lag.
    let committed = CommittedPositions()
    /// Tells the control thread that the lane has let go.
    let acknowledge: @Sendable (HandshakeRound) -> Void

    var delivery: any LaneDelivery { worker.delivery }
    /// Records that were fetched and wait in the queue.
    var queued: Int { consumer.whileOpen("statistics") { _ in rd_kafka_queue_length(queue) } ?? 0 }

    init(
        consumer: KafkaHandle, queue: OpaquePointer, delivery: any LaneDelivery,
        mailbox: LaneMailbox, report: @escaping LaneReporter,
        acknowledge: @escaping @Sendable (HandshakeRound) -> Void
    ) throws(SystemError) {
        let source = delivery.source
        self.consumer = consumer
        self.queue = queue
        settings = source.settings
        logger = source.logger
        self.acknowledge = acknowledge
        reader = LaneReader(consumer, queue: queue, lane: source.lane, report: report)
        writer = LaneWriter(topics: source.topics, sourceTopic: source.settings.sourceTopic)
        worker = try CommitWorker(delivery, mailbox: mailbox) { [committed] in committed.note($0) }
    }
}

/// How far a lane's partitions are committed; readable from any thread.
final class CommittedPositions: Sendable {
    private let next = Mutex<[Int32: Int64]>([:])

    /// Begins anew with these.
    func replace(with positions: [PartitionPosition]) {
        let fresh = Dictionary(uniqueKeysWithValues: positions.map { ($0.partition, $0.next) })
        next.withLock { $0 = fresh }
    }

    /// Takes note of a commit.
    func note(_ positions: [PartitionPosition]) {
        next.withLock { next in
            for position in positions where next[position.partition] != nil {
                next[position.partition] = position.next
            }
        }
    }

    /// All of them, by partition.
    var all: [PartitionPosition] {
        next.withLock { next in
            next.map { PartitionPosition(partition: $0.key, next: $0.value) }
        }.sorted { $0.partition < $1.partition }
    }
}
