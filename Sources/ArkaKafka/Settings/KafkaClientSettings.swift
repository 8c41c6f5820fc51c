import CRdkafka

/// The librdkafka properties that a running process works with: defaults, the user's and ours
/// together, read back from the clients. Only those that bear on speed; none of them is secret.
public struct KafkaClientSettings: Sendable, Hashable {
    /// The consumer's, by name.
    public let consumer: [String: String]
    /// A lane's producer's, by name.
    public let producer: [String: String]

    /// What decides how a consumer fetches.
    public static let consumerNames = [
        "queued.min.messages", "queued.max.messages.kbytes", "fetch.wait.max.ms",
        "fetch.min.bytes", "fetch.max.bytes", "fetch.message.max.bytes", "isolation.level",
        "check.crcs",
    ]

    /// What decides how a producer sends.
    public static let producerNames = [
        "linger.ms", "batch.size", "batch.num.messages", "queue.buffering.max.messages",
        "queue.buffering.max.kbytes", "enable.idempotence", "message.timeout.ms",
        "transaction.timeout.ms", "acks", "compression.codec",
    ]

    init(consumer: KafkaHandle, producer: KafkaHandle?) {
        self.consumer = Self.values(of: Self.consumerNames, in: consumer)
        self.producer = producer.map { Self.values(of: Self.producerNames, in: $0) } ?? [:]
    }

    private static func values(of names: [String], in handle: KafkaHandle) -> [String: String] {
        let values = handle.whileOpen("configuration") { client in
            names.map { (name: $0, value: value(of: $0, in: client)) }
        }
        return (values ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
    }

    private static func value(of name: String, in client: OpaquePointer) -> String? {
        var buffer = [CChar](repeating: 0, count: 512)
        var size = buffer.count
        // SAFETY: the configuration belongs to the client, which is open; at most `size` bytes of the
        // buffer are written. A topic's property that is not the client's own is the default one's.
        let result = rd_kafka_conf_get(rd_kafka_conf(client), name, &buffer, &size)
        return result == RD_KAFKA_CONF_OK ? text(buffer) : nil
    }
}
