import ArkaSystem
public import ArkaTelemetry
import CRdkafka

/// librdkafka's mock cluster in this process: for `pact demo` and tests without a broker.
///
/// It shows how records flow and never exactly-once; ``limits`` says so to people. Thread-safe.
public final class EmbeddedBroker: @unchecked Sendable {
    // SAFETY: the mock cluster has a thread and locks of its own; both pointers are immutable.

    /// What people must know before they trust what they see.
    public static let limits =
        "embedded broker: in memory, about 5 MiB per partition, gone when the process ends; "
        + "aborted transactions stay visible, so it cannot show exactly-once"

    /// `host:port` of its brokers, on loopback.
    public let bootstrap: [String]
    let cluster: OpaquePointer
    private let handle: KafkaHandle

    /// Starts brokers; ready at once.
    /// - Parameters:
    ///   - brokers: How many; one is enough unless the loss of one is the point.
    ///   - logger: Where the broker's complaints go.
    /// - Throws: ``KafkaError`` (`embeddedBrokerFailed`).
    public init(brokers: Int = 1, logger: Logger) throws(KafkaError) {
        let callbacks = ClientCallbacks(logger: logger, noise: NoiseGate())
        let properties = ClientProperties(
            KafkaConnection(bootstrap: []), defaults: [], fixed: [])
        handle = try KafkaHandle(
            .carrier, name: "embedded broker", properties: properties, callbacks: callbacks)
        guard let cluster = rd_kafka_mock_cluster_new(handle.pointer, Int32(brokers)) else {
            _ = handle.close(within: .seconds(1))
            throw KafkaError(.embeddedBrokerFailed, "embedded broker", "it did not start")
        }
        self.cluster = cluster
        bootstrap = text(rd_kafka_mock_cluster_bootstraps(cluster)).split(separator: ",")
            .map(String.init)
    }

    /// Creates a topic.
    /// - Throws: ``KafkaError`` (`topicNotCreated`).
    public func createTopic(_ name: String, partitions: Int) throws(KafkaError) {
        let code = rd_kafka_mock_topic_create(cluster, name, Int32(partitions), 1)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(.topicNotCreated, name, text(rd_kafka_err2str(code)))
        }
    }

    /// Ends the brokers and forgets all records. Call it once, after all clients are closed.
    public func close() {
        // SAFETY: the cluster belongs to this object and must go before the client it lives in.
        rd_kafka_mock_cluster_destroy(cluster)
        _ = handle.close(within: .seconds(5))
    }
}
