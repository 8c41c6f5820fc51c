import ArkaModel
public import ArkaTelemetry
import CRdkafka

/// Asks a cluster about its topics and creates what is missing. All calls block.
public final class KafkaAdmin: Sendable {
    let handle: KafkaHandle
    let connection: KafkaConnection

    /// Opens a client; nothing is asked yet.
    /// - Throws: ``KafkaError``: `noBootstrap`, `refusedProperty`, `invalidProperty`.
    public init(_ connection: KafkaConnection, logger: Logger) throws(KafkaError) {
        try connection.check()
        self.connection = connection
        let callbacks = ClientCallbacks(logger: logger, noise: NoiseGate())
        handle = try KafkaHandle(
            .admin, name: "admin client",
            properties: ClientProperties(connection, defaults: [], fixed: []),
            callbacks: callbacks)
    }

    /// Ends the client. Call it once.
    public func close() { _ = handle.close(within: .seconds(5)) }

    // MARK: Asking

    /// Asks about topics; one that does not exist has no partitions.
    /// - Throws: ``KafkaError``: `brokerUnreachable`, `authenticationFailed`, `notAuthorised`.
    public func describe(_ topics: [String]) throws(KafkaError) -> [TopicDescription] {
        var descriptions: [TopicDescription] = []
        for topic in topics {
            descriptions.append(
                TopicDescription(name: topic, partitionCount: try partitionCount(of: topic)))
        }
        return descriptions
    }

    /// How many brokers the cluster has, as one of them says.
    /// - Throws: as ``describe(_:)``.
    public func brokerCount() throws(KafkaError) -> Int {
        try metadata(of: nil) { Int($0.broker_cnt) }
    }

    /// Whether the cluster is an ``EmbeddedBroker``, perhaps another process's: it lets requests that
    /// it does not know time out. From what the brokers said last; asks only if they said nothing yet.
    var isEmbedded: Bool {
        let wait = KafkaLimits.startTimeout.timeoutMilliseconds
        guard let id = rd_kafka_clusterid(handle.pointer, wait) else { return false }
        // SAFETY: the text is ours and ends with a zero byte.
        defer { rd_kafka_mem_free(handle.pointer, id) }
        return text(id).hasPrefix("mockCluster")
    }

    private func partitionCount(of topic: String) throws(KafkaError) -> Int {
        let handle = rd_kafka_topic_new(handle.pointer, topic, nil)
        guard let handle else { throw KafkaError(.missingTopic, topic, "not a topic's name") }
        // SAFETY: ours, and nothing else of it is alive after the request.
        defer { rd_kafka_topic_destroy(handle) }
        let answer = try metadata(of: handle) { metadata in
            // SAFETY: one topic was asked for.
            metadata.topic_cnt > 0
                ? (metadata.topics[0].err, Int(metadata.topics[0].partition_cnt))
                : (RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, 0)
        }
        switch answer.0 {
        case RD_KAFKA_RESP_ERR_NO_ERROR, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
            return answer.1
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
            return 0
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
            throw KafkaError(.notAuthorised, topic, "the broker does not allow to describe it")
        default:
            throw KafkaError(.requestFailed, topic, KafkaFailure(answer.0).description)
        }
    }

    private func metadata<Result>(
        of topic: OpaquePointer?, _ body: (rd_kafka_metadata) -> Result
    ) throws(KafkaError) -> Result {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(
            handle.pointer, 0, topic, &metadata, KafkaLimits.startTimeout.timeoutMilliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else { throw unreachable(code) }
        // SAFETY: the answer is ours until it is destroyed here.
        defer { rd_kafka_metadata_destroy(metadata) }
        return body(metadata.pointee)
    }

    /// What the client last heard says more than that nobody answered.
    private func unreachable(_ code: rd_kafka_resp_err_t) -> KafkaError {
        // Serves the error callback, so that the reason is known.
        rd_kafka_poll(handle.pointer, 0)
        let subject = connection.bootstrap.joined(separator: ",")
        let report = handle.callbacks.lastReport
        if let report, report.code == RD_KAFKA_RESP_ERR__AUTHENTICATION {
            return connection.authenticationError(report.reason, with: .loaded)
        }
        let reason = report.map { ": \($0.reason)" } ?? ""
        return KafkaError(
            .brokerUnreachable, subject,
            "no broker answered within \(KafkaLimits.startTimeout)\(reason)")
    }
}

/// What a cluster knows about a topic.
public struct TopicDescription: Sendable, Hashable {
    /// The topic's name.
    public let name: String
    /// How many partitions it has; 0 if it does not exist.
    public let partitionCount: Int
    /// Whether it exists.
    public var exists: Bool { partitionCount > 0 }
}

extension KafkaConnection {
    /// Refuses what cannot work before anything is connected.
    /// - Throws: ``KafkaError``: `noBootstrap`, `refusedProperty`.
    func check() throws(KafkaError) {
        guard bootstrap.contains(where: { !$0.isEmpty }) else {
            throw KafkaError(.noBootstrap, "bootstrap", "no broker is named")
        }
        for name in properties.keys.sorted() {
            guard let reason = KafkaSettings.refusal(of: name) else { continue }
            throw KafkaError(.refusedProperty, name, "it cannot be set: \(reason)")
        }
    }

    /// Refused credentials; with SCRAM and an old library they may well be right.
    func authenticationError(_ reason: String, with version: LibraryVersion) -> KafkaError {
        let mechanism = properties["sasl.mechanism"] ?? properties["sasl.mechanisms"] ?? ""
        guard mechanism.uppercased().hasPrefix("SCRAM"), version.breaksSCRAM else {
            return KafkaError(.authenticationFailed, bootstrap.joined(separator: ","), reason)
        }
        return KafkaError(
            .scramNeedsNewerLibrary, mechanism,
            "librdkafka \(version) repeats its nonce, which Kafka 4 takes for invalid credentials; "
                + "librdkafka 2.6.1 or later is needed (\(reason))")
    }
}
