import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka

/// Reads parts of a topic, committed records only, with a client of its own that is in no group.
///
/// For one thread, which it blocks. Nothing of it touches the consumer of the group.
final class TopicScan {
    /// A record, or the end of a partition.
    enum Step {
        case record(partition: Int32, offset: Int64, [UInt8])
        /// Everything up to this offset has been read; `isWhole` says whether anything behind it is
        /// not decided yet, by a transaction that is open.
        case end(partition: Int32, offset: Int64, isWhole: Bool)
        case failed(partition: Int32, KafkaFailure)
    }

    let topic: String
    private let handle: KafkaHandle
    private let topicHandle: OpaquePointer
    private let queue: OpaquePointer
    private var partitions: Set<Int32> = []

    /// - Throws: ``KafkaError``: `noBootstrap`, `refusedProperty`, `invalidProperty`.
    init(_ connection: KafkaConnection, topic: String, logger: Logger) throws(KafkaError) {
        try connection.check()
        self.topic = topic
        let properties = ClientProperties(
            connection,
            defaults: [("fetch.wait.max.ms", "10"), ("queued.max.messages.kbytes", "16384")],
            fixed: [
                ("isolation.level", "read_committed"), ("enable.partition.eof", "true"),
                ("auto.offset.reset", "error"),
            ])
        handle = try KafkaHandle(
            .admin, name: "reader of \(topic)", properties: properties,
            callbacks: ClientCallbacks(logger: logger, noise: NoiseGate()))
        guard let made = rd_kafka_topic_new(handle.pointer, topic, nil),
            let queue = rd_kafka_queue_new(handle.pointer)
        else {
            _ = handle.close(within: .seconds(1))
            throw KafkaError(.invalidProperty, topic, "not a topic's name")
        }
        topicHandle = handle.keep(made, destroyedBy: rd_kafka_topic_destroy)
        self.queue = handle.keep(queue, destroyedBy: rd_kafka_queue_destroy)
    }

    /// Ends the client. Call it once.
    func close() {
        for partition in partitions { stop(partition) }
        _ = handle.close(within: .seconds(5))
    }

    // MARK: Bounds

    /// The oldest offset of each partition, and the one behind the last that is decided.
    func bounds(
        _ partitions: [Int32], within limit: Duration
    ) throws(KafkaFailure) -> [Int32: Range<Int64>] {
        let lows = try offsets(partitions, at: Int64(RD_KAFKA_OFFSET_BEGINNING), within: limit)
        let ends = try offsets(partitions, at: Int64(RD_KAFKA_OFFSET_END), within: limit)
        return ends.reduce(into: [:]) { bounds, end in
            let low = min(lows[end.key] ?? 0, end.value)
            bounds[end.key] = low..<end.value
        }
    }

    private func offsets(
        _ partitions: [Int32], at time: Int64, within limit: Duration
    ) throws(KafkaFailure) -> [Int32: Int64] {
        let list = PartitionList(capacity: partitions.count)
        for partition in partitions { list.add(topic, partition, offset: time) }
        let code = rd_kafka_offsets_for_times(
            handle.pointer, list.pointer, limit.timeoutMilliseconds)
        let failure = code == RD_KAFKA_RESP_ERR_NO_ERROR ? list.firstError : code
        if let failure { throw KafkaFailure(failure) }
        return Dictionary(
            list.positions.map { ($0.partition, $0.next) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many partitions the topic has; `nil` if no broker says so in time.
    func partitionCount(within limit: Duration) -> Int? {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(
            handle.pointer, 0, topicHandle, &metadata, limit.timeoutMilliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else { return nil }
        // SAFETY: the answer is ours until it is destroyed here; one topic was asked for.
        defer { rd_kafka_metadata_destroy(metadata) }
        guard metadata.pointee.topic_cnt > 0,
            metadata.pointee.topics[0].err == RD_KAFKA_RESP_ERR_NO_ERROR
        else { return nil }
        return Int(metadata.pointee.topics[0].partition_cnt)
    }

    // MARK: Reading

    /// Begins to read a partition.
    func start(_ partition: Int32, at offset: Int64) {
        rd_kafka_consume_start_queue(topicHandle, partition, offset, queue)
        partitions.insert(partition)
    }

    /// Ends reading a partition; what was fetched of it is thrown away.
    func stop(_ partition: Int32) {
        rd_kafka_consume_stop(topicHandle, partition)
        partitions.remove(partition)
    }

    /// What comes next of the partitions that are read; `nil` if nothing does in time.
    func next(within limit: Duration) -> Step? {
        guard let message = rd_kafka_consume_queue(queue, limit.timeoutMilliseconds) else {
            return nil
        }
        // SAFETY: the message is ours until it is destroyed here; its bytes are copied.
        defer { rd_kafka_message_destroy(message) }
        let (partition, offset) = (message.pointee.partition, message.pointee.offset)
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            let bytes = UnsafeRawBufferPointer(
                start: message.pointee.payload, count: message.pointee.len)
            return .record(partition: partition, offset: offset, Array(bytes))
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            return .end(
                partition: partition, offset: offset, isWhole: end(of: partition) <= offset)
        default:
            return .failed(partition: partition, KafkaFailure(message.pointee.err))
        }
    }

    /// The end of a partition as its last fetch brought it, records of open transactions included.
    private func end(of partition: Int32) -> Int64 {
        var (low, high): (Int64, Int64) = (-1, -1)
        let code = rd_kafka_get_watermark_offsets(
            handle.pointer, topic, partition, &low, &high)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? high : .max
    }
}
