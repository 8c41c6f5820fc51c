import CRdkafka

/// A topic to be created.
public struct NewTopic: Sendable, Hashable {
    /// The topic's name.
    public var name: String
    /// How many partitions.
    public var partitions: Int
    /// How many copies; -1 takes the cluster's default.
    public var replication: Int
    /// Settings such as `retention.ms`.
    public var configuration: [String: String]

    /// Describes a topic.
    public init(
        _ name: String, partitions: Int, replication: Int = -1,
        configuration: [String: String] = [:]
    ) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.configuration = configuration
    }
}

extension KafkaAdmin {
    /// Creates topics; one that exists stays as it is. Returns when all can be used.
    /// - Throws: ``KafkaError``: `topicNotCreated`, `notAuthorised`, and as ``describe(_:)``.
    public func create(_ topics: [NewTopic]) throws(KafkaError) {
        for topic in topics { try create(topic) }
        for topic in topics { try awaitTopic(topic.name) }
    }

    /// Deletes topics with everything in them; one that does not exist is none to worry about.
    ///
    /// Returns when the broker has said so; its disk may take a minute longer.
    /// - Returns: Those that could not be deleted, each with the broker's reason.
    public func delete(_ topics: [String]) -> [String: String] {
        var refused: [String: String] = [:]
        for topic in topics {
            guard let failure = deletionFailure(topic),
                failure.code != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART
            else { continue }
            refused[topic] = failure.description
        }
        return refused
    }

    /// The largest batch of records that a topic takes, in bytes; `nil` if the broker does not say.
    public func recordBytesMax(of topic: String) -> Int? {
        guard let resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic) else {
            return nil
        }
        // SAFETY: ours; the request copies it.
        defer { rd_kafka_ConfigResource_destroy(resource) }
        return request(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS) { client, options, queue in
            var resources: [OpaquePointer?] = [resource]
            rd_kafka_DescribeConfigs(client, &resources, 1, options, queue)
        } answer: { event in
            configuration("max.message.bytes", in: event).flatMap { Int($0) }
        } ?? nil
    }

    private func create(_ topic: NewTopic) throws(KafkaError) {
        var reason = [CChar](repeating: 0, count: 512)
        let new = rd_kafka_NewTopic_new(
            topic.name, Int32(topic.partitions), Int32(topic.replication), &reason, reason.count)
        guard let new else { throw KafkaError(.topicNotCreated, topic.name, text(reason)) }
        // SAFETY: ours; the request copies it.
        defer { rd_kafka_NewTopic_destroy(new) }
        for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
            rd_kafka_NewTopic_set_config(new, name, value)
        }
        let failure: KafkaFailure? =
            request(RD_KAFKA_ADMIN_OP_CREATETOPICS) { client, options, queue in
                var topics: [OpaquePointer?] = [new]
                rd_kafka_CreateTopics(client, &topics, 1, options, queue)
            } answer: { event in
                self.failure(in: event) { event, count in
                    rd_kafka_event_CreateTopics_result(event).flatMap {
                        rd_kafka_CreateTopics_result_topics($0, &count)
                    }
                }
            } ?? KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT)
        guard let failure else { return }
        switch failure.code {
        case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: return
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
            throw KafkaError(.notAuthorised, topic.name, "the broker does not allow to create it")
        default: throw KafkaError(.topicNotCreated, topic.name, failure.description)
        }
    }

    private func deletionFailure(_ topic: String) -> KafkaFailure? {
        guard let deletion = rd_kafka_DeleteTopic_new(topic) else { return nil }
        // SAFETY: ours; the request copies it.
        defer { rd_kafka_DeleteTopic_destroy(deletion) }
        return request(RD_KAFKA_ADMIN_OP_DELETETOPICS) { client, options, queue in
            var deletions: [OpaquePointer?] = [deletion]
            rd_kafka_DeleteTopics(client, &deletions, 1, options, queue)
        } answer: { event in
            failure(in: event) { event, count in
                rd_kafka_event_DeleteTopics_result(event).flatMap {
                    rd_kafka_DeleteTopics_result_topics($0, &count)
                }
            }
        } ?? KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT)
    }

    /// The broker answers before all its parts know the topic.
    private func awaitTopic(_ name: String) throws(KafkaError) {
        for _ in 0..<100 {
            if try describe([name]).allSatisfy(\.exists) { return }
            pause(.milliseconds(20))
        }
        throw KafkaError(.topicNotCreated, name, "it was created and does not show")
    }

    // MARK: Requests

    /// Makes an admin request and hands its answer to a closure.
    /// - Returns: `nil` if there was no answer.
    private func request<Result>(
        _ kind: rd_kafka_admin_op_t,
        _ send: (OpaquePointer, OpaquePointer?, OpaquePointer) -> Void,
        answer: (OpaquePointer) -> Result
    ) -> Result? {
        handle.whileOpen("admin request") { client in
            guard let queue = rd_kafka_queue_new(client) else { return nil }
            // SAFETY: queue, options and event are ours, and destroyed before the lease ends.
            defer { rd_kafka_queue_destroy(queue) }
            let options = rd_kafka_AdminOptions_new(client, kind)
            defer { if let options { rd_kafka_AdminOptions_destroy(options) } }
            var reason = [CChar](repeating: 0, count: 128)
            rd_kafka_AdminOptions_set_request_timeout(
                options, KafkaLimits.startTimeout.timeoutMilliseconds, &reason, reason.count)
            send(client, options, queue)
            let wait = KafkaLimits.startTimeout + .seconds(1)
            guard let event = rd_kafka_queue_poll(queue, wait.timeoutMilliseconds) else {
                return nil
            }
            defer { rd_kafka_event_destroy(event) }
            return answer(event)
        } ?? nil
    }

    /// What an answer says about its one topic; `nil` if it is fine.
    /// - Parameter results: Takes the list of results out of the event and says how long it is.
    private func failure(
        in event: OpaquePointer,
        results: (OpaquePointer, inout Int) -> UnsafeMutablePointer<OpaquePointer?>?
    ) -> KafkaFailure? {
        let code = rd_kafka_event_error(event)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return KafkaFailure(code, reason: text(rd_kafka_event_error_string(event)))
        }
        var count = 0
        // SAFETY: the results belong to the event, which lives until the caller is done.
        guard let results = results(event, &count), count > 0 else { return nil }
        let topicCode = rd_kafka_topic_result_error(results[0])
        guard topicCode != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        let words = rd_kafka_topic_result_error_string(results[0])
        return KafkaFailure(topicCode, reason: words.map { text($0) })
    }

    private func configuration(_ name: String, in event: OpaquePointer) -> String? {
        guard rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR,
            let result = rd_kafka_event_DescribeConfigs_result(event)
        else { return nil }
        var resourceCount = 0
        // SAFETY: everything belongs to the event, which lives until the caller is done.
        guard
            let resources = rd_kafka_DescribeConfigs_result_resources(result, &resourceCount),
            resourceCount > 0
        else { return nil }
        var entryCount = 0
        let entries = rd_kafka_ConfigResource_configs(resources[0], &entryCount)
        for index in 0..<entryCount {
            guard let entry = entries?[index],
                text(rd_kafka_ConfigEntry_name(entry)) == name
            else { continue }
            return text(rd_kafka_ConfigEntry_value(entry))
        }
        return nil
    }
}
