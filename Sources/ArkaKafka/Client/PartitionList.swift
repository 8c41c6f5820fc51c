import ArkaStream
import CRdkafka

/// Topics and partitions with offsets, as the library's calls take and fill them.
struct PartitionList: ~Copyable {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    /// Makes an empty list.
    init(capacity: Int = 8) {
        guard let pointer = rd_kafka_topic_partition_list_new(Int32(capacity)) else {
            fatalError("librdkafka cannot make a list: out of memory")
        }
        self.pointer = pointer
    }

    /// Lists partitions of a topic with their offsets.
    init(_ topic: String, _ positions: [PartitionPosition]) {
        self.init(capacity: positions.count)
        for position in positions { add(topic, position.partition, offset: position.next) }
    }

    /// Takes over a list that the library made. A list may hold references into its client, so it
    /// must be gone before the client is closed.
    init(takingOver pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) {
        self.pointer = pointer
    }

    // SAFETY: owned by this value alone.
    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    var count: Int { Int(pointer.pointee.cnt) }

    func add(_ topic: String, _ partition: Int32, offset: Int64 = Int64(RD_KAFKA_OFFSET_INVALID)) {
        rd_kafka_topic_partition_list_add(pointer, topic, partition).pointee.offset = offset
    }

    subscript(index: Int) -> rd_kafka_topic_partition_t {
        precondition(index >= 0 && index < count, "no such entry")
        // SAFETY: checked above.
        return pointer.pointee.elems[index]
    }

    /// The first entry that was answered with an error.
    var firstError: rd_kafka_resp_err_t? {
        for index in 0..<count where self[index].err != RD_KAFKA_RESP_ERR_NO_ERROR {
            return self[index].err
        }
        return nil
    }

    /// Partitions and offsets; the topic is the caller's only one.
    var positions: [PartitionPosition] {
        (0..<count).map { PartitionPosition(partition: self[$0].partition, next: self[$0].offset) }
    }
}
