import ArkaStream
import ArkaTelemetry
import CRdkafka

/// A producer with its two topics, from its making to its end.
///
/// The lane's thread sends with it, the commit thread does the rest and replaces it when it is lost.
final class LaneProducer: Sendable {
    let handle: KafkaHandle
    /// What it sends under.
    let topics: OutputTopics
    /// Handles of the topics; they live as long as ``handle``.
    nonisolated(unsafe) let decisions: OpaquePointer
    nonisolated(unsafe) let deadLetters: OpaquePointer
    /// `nil` where there is no audit trail.
    nonisolated(unsafe) let audit: OpaquePointer?
    /// Where delivery reports arrive.
    nonisolated(unsafe) let events: OpaquePointer
    // SAFETY: librdkafka's topics and queues may be used from any thread; used under a lease only.

    /// - Parameter transactionalID: `nil` for a producer that is only idempotent.
    /// - Throws: ``KafkaError``: `invalidProperty`.
    init(
        _ settings: KafkaSettings, topics: OutputTopics, transactionalID: String?, name: String,
        logger: Logger, noise: NoiseGate
    ) throws(KafkaError) {
        self.topics = topics
        let properties = settings.producerProperties(
            transactionalID: transactionalID, topics: topics)
        handle = try KafkaHandle(
            transactionalID == nil ? .acknowledgingProducer : .transactionalProducer, name: name,
            properties: properties, callbacks: ClientCallbacks(logger: logger, noise: noise))
        guard let decisions = rd_kafka_topic_new(handle.pointer, topics.decisions, nil),
            let deadLetters = rd_kafka_topic_new(handle.pointer, topics.deadLetters, nil),
            let events = rd_kafka_queue_get_main(handle.pointer)
        else {
            _ = handle.close(within: .seconds(1))
            throw KafkaError(.invalidProperty, topics.decisions, "not a topic's name")
        }
        self.decisions = handle.keep(decisions, destroyedBy: rd_kafka_topic_destroy)
        self.deadLetters = handle.keep(deadLetters, destroyedBy: rd_kafka_topic_destroy)
        self.events = handle.keep(events, destroyedBy: rd_kafka_queue_destroy)
        if let name = topics.audit, let audit = rd_kafka_topic_new(handle.pointer, name, nil) {
            self.audit = handle.keep(audit, destroyedBy: rd_kafka_topic_destroy)
        } else {
            audit = nil
        }
    }

    /// Lets the library call back about errors and failed records.
    func poll(waitingAtMost wait: Duration = .zero) {
        _ = handle.whileOpen("poll") { rd_kafka_poll($0, wait.timeoutMilliseconds) }
    }

    /// The error that ended the producer, if one did.
    var fatalFailure: KafkaFailure? {
        handle.whileOpen("error") { KafkaFailure(fatalErrorOf: $0) } ?? nil
    }

    /// Records and requests on their way.
    var unacknowledged: Int {
        handle.whileOpen("statistics") { Int(rd_kafka_outq_len($0)) } ?? 0
    }

    /// Throws away what is on its way and destroys the producer.
    /// - Returns: `nil`, or what held it up.
    func close(within limit: Duration) -> String? {
        // Purged first: the library would otherwise complain about every message that it drops.
        _ = handle.whileOpen("purge") { client in
            rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
            return rd_kafka_poll(client, 0)
        }
        return handle.close(within: limit)
    }
}

// MARK: Transactions; all block and belong to the commit thread, except `begin`.

extension LaneProducer {
    /// Takes over the transactional id, and ends what an earlier producer left open.
    func initialise() -> KafkaFailure? {
        call { rd_kafka_init_transactions($0, KafkaLimits.initialiseTimeout.timeoutMilliseconds) }
    }

    func begin() -> KafkaFailure? {
        call { rd_kafka_begin_transaction($0) }
    }

    /// Adds the input positions to the transaction, under the generation in which they were read.
    func sendOffsets(
        _ positions: [PartitionPosition], of topic: String, in generation: GroupGeneration
    ) -> KafkaFailure? {
        let list = PartitionList(topic, positions)
        return call {
            rd_kafka_send_offsets_to_transaction(
                $0, list.pointer, generation.pointer,
                KafkaLimits.transactionCallTimeout.timeoutMilliseconds)
        }
    }

    func commit() -> KafkaFailure? {
        call {
            rd_kafka_commit_transaction(
                $0, KafkaLimits.transactionCallTimeout.timeoutMilliseconds)
        }
    }

    func abort() -> KafkaFailure? {
        call {
            rd_kafka_abort_transaction(
                $0, KafkaLimits.transactionCallTimeout.timeoutMilliseconds)
        }
    }

    private func call(_ body: (OpaquePointer) -> OpaquePointer?) -> KafkaFailure? {
        let failure = handle.whileOpen("transaction") { KafkaFailure(consuming: body($0)) }
        return failure ?? KafkaFailure(RD_KAFKA_RESP_ERR__DESTROY)
    }
}
