import CRdkafka

/// What is known about records that could not be delivered: a value.
struct DeliveryFailures: Sendable {
    /// The first code that tells a reason.
    private(set) var first: rd_kafka_resp_err_t?
    /// Payload and key bytes of the smallest record that each topic refused as too large.
    private(set) var refusedBytes: [String: Int] = [:]

    /// Takes note of a record.
    /// - Parameter bytes: Its payload and its key.
    mutating func note(_ code: rd_kafka_resp_err_t, topic: String, bytes: Int) {
        // What our own purge threw away tells nothing.
        guard code != RD_KAFKA_RESP_ERR__PURGE_QUEUE, code != RD_KAFKA_RESP_ERR__PURGE_INFLIGHT
        else { return }
        first = first ?? code
        guard KafkaFailure(code).isRefusalOfSize else { return }
        refusedBytes[topic] = min(bytes, refusedBytes[topic] ?? bytes)
    }
}
