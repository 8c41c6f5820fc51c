import CRdkafka

/// This member's place in one generation of its group, captured when the partitions were assigned.
///
/// It travels with the lane's records to their commit. Asking for it at commit time instead could
/// commit old positions under a new generation.
final class GroupGeneration: @unchecked Sendable {
    // SAFETY: a value of its own without references into the client; librdkafka only reads it.
    let pointer: OpaquePointer

    /// Captures the current generation; `nil` if the client is in no group.
    init?(of consumer: OpaquePointer) {
        guard let pointer = rd_kafka_consumer_group_metadata(consumer) else { return nil }
        self.pointer = pointer
    }

    /// A generation that no broker checks: for producers without a group in tests.
    init?(unchecked group: String) {
        guard let pointer = rd_kafka_consumer_group_metadata_new(group) else { return nil }
        self.pointer = pointer
    }

    // SAFETY: owned by this object alone.
    deinit { rd_kafka_consumer_group_metadata_destroy(pointer) }
}
