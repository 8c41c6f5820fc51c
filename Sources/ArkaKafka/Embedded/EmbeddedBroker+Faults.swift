import CRdkafka

/// Faults on purpose, for tests.
extension EmbeddedBroker {
    /// A kind of request, by its number in the Kafka protocol.
    struct Request: Hashable, Sendable {
        let key: Int16

        static let produce = Request(key: 0)
        static let fetch = Request(key: 1)
        static let offsetCommit = Request(key: 8)
        static let offsetFetch = Request(key: 9)
        static let joinGroup = Request(key: 11)
        static let heartbeat = Request(key: 12)
        static let initProducerID = Request(key: 22)
        static let addPartitions = Request(key: 24)
        static let addOffsets = Request(key: 25)
        static let endTransaction = Request(key: 26)
        static let transactionalOffsetCommit = Request(key: 28)
    }

    /// Lets the next requests of a kind fail with these codes, one each.
    func fail(_ request: Request, with codes: [rd_kafka_resp_err_t]) {
        rd_kafka_mock_push_request_errors_array(cluster, request.key, codes.count, codes)
    }

    /// Forgets the failures that have not happened yet.
    func stopFailing(_ request: Request) {
        rd_kafka_mock_clear_request_errors(cluster, request.key)
    }

    /// Delays the next request of a kind at a broker.
    func delay(_ request: Request, at broker: Int32 = 1, by duration: Duration) {
        _ = arka_mock_delay(
            cluster, broker, request.key, RD_KAFKA_RESP_ERR_NO_ERROR,
            duration.timeoutMilliseconds)
    }

    /// Takes a broker off the network, or brings it back.
    func setReachable(_ isReachable: Bool, broker: Int32 = 1) {
        _ =
            isReachable
            ? rd_kafka_mock_broker_set_up(cluster, broker)
            : rd_kafka_mock_broker_set_down(cluster, broker)
    }

    /// Moves a transactional id or a group to another broker.
    func moveCoordinator(ofTransactionalID id: String, to broker: Int32) {
        _ = rd_kafka_mock_coordinator_set(cluster, "transaction", id, broker)
    }

    /// Moves a group to another broker.
    func moveCoordinator(ofGroup id: String, to broker: Int32) {
        _ = rd_kafka_mock_coordinator_set(cluster, "group", id, broker)
    }

    /// Moves a partition to another broker; to none with -1.
    func moveLeader(of topic: String, partition: Int32, to broker: Int32) {
        _ = rd_kafka_mock_partition_set_leader(cluster, topic, partition, broker)
    }
}
