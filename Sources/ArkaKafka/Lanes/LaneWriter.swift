import ArkaStream
import CRdkafka

/// Hands a batch's decisions and dead letters to the lane's producer, in row order.
///
/// For the lane's thread only. Decisions go out in one call per batch; the library copies all bytes.
final class LaneWriter {
    private let sourceTopic: String
    private let messages: UnsafeMutablePointer<rd_kafka_message_t>
    private var count = 0

    init(sourceTopic: String) {
        self.sourceTopic = sourceTopic
        messages = .allocate(capacity: RecordBatch.capacity)
        messages.initialize(repeating: rd_kafka_message_t(), count: RecordBatch.capacity)
    }

    // SAFETY: allocated in `init`, plain values.
    deinit { messages.deallocate() }

    /// Sends what a batch decided.
    /// - Parameters:
    ///   - mark: Comes back with each record's delivery report.
    ///   - room: Called when the producer is full; returns false to give up.
    /// - Returns: `nil`, or the failure and how many records were not taken.
    func send(
        _ batch: RecordBatch, with producer: LaneProducer, mark: Int, room: () -> Bool
    ) -> (failure: KafkaFailure, untaken: Int)? {
        let mark = UnsafeMutableRawPointer(bitPattern: mark)
        let letters = batch.outcomes.count { if case .deadLetter = $0 { true } else { false } }
        if let refused = sendDecisions(of: batch, with: producer, mark: mark, room: room) {
            return (refused.failure, refused.untaken + letters)
        }
        guard letters > 0 else { return nil }
        return sendDeadLetters(of: batch, with: producer, mark: mark, room: room)
    }

    /// Sends records of the audit trail.
    ///
    /// Before the decisions that they stand beside: what is not sent then stops those, too.
    /// - Returns: `nil`, or the failure and how many records were not taken.
    func send(
        _ records: [AuditOutput], with producer: LaneProducer, mark: Int, room: () -> Bool
    ) -> (failure: KafkaFailure, untaken: Int)? {
        let mark = UnsafeMutableRawPointer(bitPattern: mark)
        for (index, record) in records.enumerated() {
            while let failure = produce(record, with: producer, mark: mark) {
                let isRoom = RecoveryAction.after(failure, during: .send) == .waitForRoom
                guard isRoom, room() else {
                    if let topic = producer.topics.audit {
                        note(failure, with: producer, topic: topic, bytes: record.bytes.count)
                    }
                    return (failure, records.count - index)
                }
            }
        }
        return nil
    }

    private func produce(
        _ record: AuditOutput, with producer: LaneProducer, mark: UnsafeMutableRawPointer?
    ) -> KafkaFailure? {
        guard let topic = producer.audit else {
            return KafkaFailure(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
        }
        let failure = producer.handle.whileOpen("send") { _ -> KafkaFailure? in
            record.bytes.withUnsafeBytes { bytes in
                // SAFETY: the bytes live until the call returns; the library copies them.
                let result = rd_kafka_produce(
                    topic, record.partition, RD_KAFKA_MSG_F_COPY,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, nil, 0, mark)
                return result == 0 ? nil : KafkaFailure(rd_kafka_last_error())
            }
        }
        return failure ?? KafkaFailure(RD_KAFKA_RESP_ERR__DESTROY)
    }

    /// How many records a batch will be on its way out.
    static func recordCount(of batch: RecordBatch) -> Int {
        batch.outcomes.count {
            switch $0 {
            case .decided, .deadLetter: true
            case .skipped, .waiting, .held: false
            }
        }
    }

    /// Makes decisions that the topic would refuse dead letters: a refused record would take its
    /// whole transaction with it.
    ///
    /// Right after the decision, since a dead letter needs its record's headers. What a topic takes
    /// only changes when a transaction fails, and then everything is read again.
    static func setAsideTooLarge(_ batch: RecordBatch, for topics: OutputTopics) {
        let limit = topics.decisionBytesMax - KafkaLimits.recordOverheadBytes
        for row in batch.outcomes.indices {
            guard case .decided(_, _, let count) = batch.outcomes[row],
                count + batch.rows[row].key.byteCount > limit
            else { continue }
            batch.setAside(
                row,
                DeadLetterReason(
                    .decisionTooLarge, path: "$",
                    reason: "the decision is larger than its topic allows"))
        }
    }

    // MARK: Decisions

    private func sendDecisions(
        of batch: RecordBatch, with producer: LaneProducer, mark: UnsafeMutableRawPointer?,
        room: () -> Bool
    ) -> (failure: KafkaFailure, untaken: Int)? {
        batch.withArena { arena in
            batch.output.withBytes { output in
                describeDecisions(
                    of: batch, arena: arena, output: output, mark: mark,
                    partitions: producer.topics.decisionPartitions)
                return produce(with: producer, room: room)
            }
        }
    }

    /// Describes the records to send; their bytes stay where they are.
    private func describeDecisions(
        of batch: RecordBatch, arena: UnsafeRawBufferPointer, output: UnsafeRawBufferPointer,
        mark: UnsafeMutableRawPointer?, partitions: Int32
    ) {
        count = 0
        for (row, outcome) in zip(batch.rows, batch.outcomes) {
            guard case .decided(_, let start, let length) = outcome else { continue }
            var message = rd_kafka_message_t()
            // SAFETY: the evaluation wrote these bytes; arena and output stay in place meanwhile.
            // The library only reads them, though its declaration does not say so.
            message.payload = UnsafeMutableRawPointer(
                mutating: output.baseAddress.map { $0 + start })
            message.len = length
            if !row.key.isNull {
                message.key = UnsafeMutableRawPointer(
                    mutating: arena.baseAddress.map { $0 + row.key.start })
                message.key_len = row.key.byteCount
            }
            message.partition = partition(of: row, among: partitions)
            message._private = mark
            messages[count] = message
            count += 1
        }
    }

    /// Sends what is described, waiting for room where there is none.
    private func produce(
        with producer: LaneProducer, room: () -> Bool
    ) -> (failure: KafkaFailure, untaken: Int)? {
        var first = 0
        while first < count {
            let left = Int32(count - first)
            // SAFETY: the messages and their bytes live until the call returns; the library copies.
            let taken = producer.handle.whileOpen("send") { _ in
                Int(
                    rd_kafka_produce_batch(
                        producer.decisions, RD_KAFKA_PARTITION_UA,
                        RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_PARTITION, messages + first, left))
            }
            guard let taken else { return (KafkaFailure(RD_KAFKA_RESP_ERR__DESTROY), Int(left)) }
            if taken == left { return nil }
            // Once one is refused for lack of room the library refuses all behind it, so going on
            // from there keeps the order.
            guard let refused = firstRefused(from: first) else {
                return (KafkaFailure(RD_KAFKA_RESP_ERR__FAIL), Int(left) - taken)
            }
            let failure = KafkaFailure(messages[refused].err)
            let isRoom = RecoveryAction.after(failure, during: .send) == .waitForRoom
            guard isRoom, room() else {
                let bytes = messages[refused].len + messages[refused].key_len
                note(failure, with: producer, topic: producer.topics.decisions, bytes: bytes)
                return (failure, Int(left) - taken)
            }
            first = refused
        }
        return nil
    }

    private func firstRefused(from first: Int) -> Int? {
        (first..<count).first { messages[$0].err != RD_KAFKA_RESP_ERR_NO_ERROR }
    }

    /// A record without a key keeps to its input's partition, so that its order is kept; one with a
    /// key is placed by it, as Java's producer does.
    private func partition(of row: RecordRow, among partitions: Int32) -> Int32 {
        row.key.isNull ? row.partition % partitions : RD_KAFKA_PARTITION_UA
    }

    /// Keeps a size that the library itself refuses. Its other refusals only follow from the broker's,
    /// which tell more.
    private func note(
        _ failure: KafkaFailure, with producer: LaneProducer, topic: String, bytes: Int
    ) {
        guard failure.isRefusalOfSize else { return }
        producer.handle.callbacks.noteDelivery(failure.code, topic: topic, bytes: bytes)
    }

    // MARK: Dead letters

    private func sendDeadLetters(
        of batch: RecordBatch, with producer: LaneProducer, mark: UnsafeMutableRawPointer?,
        room: () -> Bool
    ) -> (failure: KafkaFailure, untaken: Int)? {
        var untaken = batch.outcomes.count { if case .deadLetter = $0 { true } else { false } }
        for (row, outcome) in zip(batch.rows, batch.outcomes) {
            guard case .deadLetter(let reason) = outcome else { continue }
            let letter = DeadLetter(
                row, reason: batch.deadLetters[reason], sourceTopic: sourceTopic,
                bytesMax: producer.topics.deadLetterBytesMax)
            while true {
                let failure = batch.withArena { arena in
                    letter.send(
                        arena: arena, with: producer, mark: mark,
                        partition: partition(of: row, among: producer.topics.deadLetterPartitions))
                }
                guard let failure else { break }
                let isRoom = RecoveryAction.after(failure, during: .send) == .waitForRoom
                guard isRoom, room() else {
                    let topic = producer.topics.deadLetters
                    note(failure, with: producer, topic: topic, bytes: letter.byteCount)
                    return (failure, untaken)
                }
            }
            untaken -= 1
        }
        return nil
    }
}
