import CRdkafka
import Testing

/// A record as a consumer sees it that shares no code with the engine.
struct SeenRecord {
    let partition: Int32
    let key: String?
    let value: String
}

/// Reads a topic from its start to its end, committed records only, in order per partition.
func readTopic(_ topic: String, partitions: Int, _ bootstrap: [String]) throws -> [SeenRecord] {
    let client = try #require(makeConsumer(bootstrap))
    defer { rd_kafka_destroy(client) }
    let list = rd_kafka_topic_partition_list_new(Int32(partitions))
    for partition in 0..<Int32(partitions) {
        let entry = rd_kafka_topic_partition_list_add(list, topic, partition)
        entry?.pointee.offset = Int64(RD_KAFKA_OFFSET_BEGINNING)
    }
    rd_kafka_assign(client, list)
    rd_kafka_topic_partition_list_destroy(list)
    defer { rd_kafka_consumer_close(client) }
    var seen: [SeenRecord] = []
    var open = partitions
    var emptyPolls = 0
    while open > 0, emptyPolls < 300 {
        guard let message = rd_kafka_consumer_poll(client, 100) else {
            emptyPolls += 1
            continue
        }
        defer { rd_kafka_message_destroy(message) }
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: seen.append(SeenRecord(message.pointee))
        case RD_KAFKA_RESP_ERR__PARTITION_EOF: open -= 1
        default: emptyPolls += 1
        }
    }
    #expect(open == 0, "the end of \(topic) was not reached")
    return seen
}

private func makeConsumer(_ bootstrap: [String]) -> OpaquePointer? {
    let configuration = rd_kafka_conf_new()
    for (name, value) in [
        ("bootstrap.servers", bootstrap.joined(separator: ",")), ("group.id", "reader"),
        ("enable.partition.eof", "true"), ("isolation.level", "read_committed"),
        ("enable.auto.commit", "false"),
    ] {
        rd_kafka_conf_set(configuration, name, value, nil, 0)
    }
    let client = rd_kafka_new(RD_KAFKA_CONSUMER, configuration, nil, 0)
    if let client { rd_kafka_poll_set_consumer(client) }
    return client
}

extension SeenRecord {
    fileprivate init(_ message: rd_kafka_message_t) {
        partition = message.partition
        key = message.key.map { text($0, message.key_len) }
        value = message.payload.map { text($0, message.len) } ?? ""
    }
}

private func text(_ start: UnsafeMutableRawPointer, _ count: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
