public import ArkaStream

// SAFETY: other threads reach a lane through `mailbox` only, which locks; the rest is its thread's.

/// One lane's way to Kafka: the partitions it reads and the producer it writes with.
///
/// Made by ``KafkaConsumerGroup``. The methods of ``LaneTransport`` are for the lane's thread only;
/// the assignment reaches it through ``mailbox``.
public final class KafkaLane: LaneTransport, @unchecked Sendable {
    /// The lane's number, from 0.
    public let index: Int
    /// Where the lane's events arrive.
    public let mailbox = LaneMailbox()
    /// See ``LaneTransport/sendsWhileCommitting``.
    public let sendsWhileCommitting: Bool

    init(index: Int, guarantee: KafkaSettings.Guarantee) {
        self.index = index
        sendsWhileCommitting = guarantee == .atLeastOnce
    }

    /// See ``LaneTransport/read(into:waitingAtMost:)``.
    public func read(into batch: RecordBatch, waitingAtMost wait: Duration) -> Int { 0 }
    /// See ``LaneTransport/awaitEvent(atMost:)``.
    public func awaitEvent(atMost wait: Duration) {}
    /// See ``LaneTransport/begin()``.
    public func begin() -> Bool { false }
    /// See ``LaneTransport/send(_:)``.
    public func send(_ batch: RecordBatch) -> Bool { false }
    /// See ``LaneTransport/commit(_:)``.
    public func commit(_ positions: [PartitionPosition]) {}
    /// See ``LaneTransport/recover()``.
    public func recover() {}
    /// See ``LaneTransport/rewind()``.
    public func rewind() -> [PartitionPosition]? { nil }
    /// See ``LaneTransport/acknowledge()``.
    public func acknowledge() {}
}
