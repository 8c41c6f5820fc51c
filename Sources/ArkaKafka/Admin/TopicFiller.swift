public import ArkaTelemetry
import CRdkafka

/// Writes records to a topic, as fast as it takes them: for demonstrations, benches and tests.
///
/// For one thread. Nothing is promised but order per partition and the count.
public final class TopicFiller {
    private let handle: KafkaHandle
    private let topic: OpaquePointer
    /// Records handed over so far.
    public private(set) var count = 0

    /// Opens a producer.
    /// - Throws: ``KafkaError``: `noBootstrap`, `invalidProperty`.
    public init(_ connection: KafkaConnection, topic name: String, logger: Logger)
        throws(KafkaError)
    {
        try connection.check()
        let properties = ClientProperties(
            connection,
            defaults: [
                ("linger.ms", "5"), ("partitioner", "murmur2_random"),
                ("message.max.bytes", "100000000"), ("message.timeout.ms", "60000"),
            ],
            fixed: [("enable.idempotence", "true"), ("delivery.report.only.error", "true")])
        handle = try KafkaHandle(
            .transactionalProducer, name: "topic filler", properties: properties,
            callbacks: ClientCallbacks(logger: logger, noise: NoiseGate()))
        guard let topic = rd_kafka_topic_new(handle.pointer, name, nil) else {
            _ = handle.close(within: .seconds(1))
            throw KafkaError(.missingTopic, name, "not a topic's name")
        }
        self.topic = handle.keep(topic, destroyedBy: rd_kafka_topic_destroy)
    }

    /// Hands over one record, waiting where the producer is full.
    /// - Parameters:
    ///   - value: The payload; `nil` for a tombstone.
    ///   - key: The key; `nil` for none.
    ///   - partition: The partition; `nil` where the key, or chance, decides.
    /// - Throws: ``KafkaError`` (`requestFailed`) if it can never be sent.
    public func append(
        _ value: [UInt8]?, key: [UInt8]? = nil, partition: Int32? = nil
    ) throws(KafkaError) {
        while true {
            let failure = produce(value, key: key, partition ?? RD_KAFKA_PARTITION_UA)
            guard let failure else {
                count += 1
                return
            }
            guard failure.code == RD_KAFKA_RESP_ERR__QUEUE_FULL else {
                throw KafkaError(.requestFailed, "record", failure.description)
            }
            rd_kafka_poll(handle.pointer, 10)
        }
    }

    /// Waits until the broker has everything.
    /// - Throws: ``KafkaError`` (`requestFailed`) if a record could not be delivered.
    public func flush() throws(KafkaError) {
        let code = rd_kafka_flush(handle.pointer, 60_000)
        let refused = handle.callbacks.takeDeliveryFailures().first
        guard let failed = refused ?? (code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : code) else {
            return
        }
        throw KafkaError(.requestFailed, "flush", KafkaFailure(failed).description)
    }

    /// Ends the producer; what was not flushed is lost. Call it once.
    public func close() {
        _ = handle.close(within: .seconds(5))
    }

    private func produce(_ value: [UInt8]?, key: [UInt8]?, _ partition: Int32) -> KafkaFailure? {
        withBytes(of: value) { value in
            withBytes(of: key) { key in
                // SAFETY: both live until the call returns; the library copies them.
                let result = rd_kafka_produce(
                    topic, partition, RD_KAFKA_MSG_F_COPY,
                    UnsafeMutableRawPointer(mutating: value.base), value.count, key.base,
                    key.count, nil)
                return result == 0 ? nil : KafkaFailure(rd_kafka_last_error())
            }
        }
    }

    /// Lends bytes such that empty is not null, as it must not be in Kafka.
    private func withBytes<Result>(
        of bytes: [UInt8]?, _ body: ((base: UnsafeRawPointer?, count: Int)) -> Result
    ) -> Result {
        guard let bytes else { return body((nil, 0)) }
        return (bytes + [0]).withUnsafeBytes { body(($0.baseAddress, bytes.count)) }
    }
}
