import ArkaStream
import CRdkafka

/// Takes the records of one lane's partitions out of librdkafka and copies them into batches.
///
/// All partitions of the lane are forwarded to one queue. For the lane's thread only: fetching in
/// batches while another thread assigns or seeks loses records in librdkafka 2.0.2, and the
/// revocation handshake sees to it that no other does. A value in place of an object, so that its
/// state is checked for exclusive access once per batch and not for each record.
struct LaneReader: ~Copyable {
    /// Messages taken from the queue at once.
    private static let fetchCount = RecordBatch.capacity

    private let consumer: KafkaHandle
    private let queue: OpaquePointer
    private let lane: Int
    private let progress: LaneProgress
    private let report: LaneReporter
    /// Fetched messages; those from `first` up to `count` wait.
    private let slots: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private var first = 0
    private var count = 0
    /// The messages of the rows that were read last: the first `keptCount`.
    private let kept: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private var keptCount = 0
    /// Alive while messages are: the client must not be destroyed before them.
    private var lease: LeaseBox?
    /// The next offset of each partition, -1 for those that are not the lane's.
    private var next: [Int64] = []
    /// Partitions that brought an error instead of a record.
    private var stalled: Set<Int32> = []
    private var headers: [UInt8] = []
    /// Messages of partitions that are not the lane's any more; never above 0 where the handshake
    /// holds, except right after a seek.
    private(set) var staleCount = 0
    /// Records of the lane that left the library during this read. Counted here and not by the batch's
    /// rows, so that one that gets lost on the way is missed in the ledger.
    private var taken = 0

    init(
        _ consumer: KafkaHandle, queue: OpaquePointer, lane: Int, progress: LaneProgress,
        report: @escaping LaneReporter
    ) {
        self.consumer = consumer
        self.queue = queue
        self.lane = lane
        self.progress = progress
        self.report = report
        slots = .allocate(capacity: Self.fetchCount)
        slots.initialize(repeating: nil, count: Self.fetchCount)
        kept = .allocate(capacity: RecordBatch.capacity)
        kept.initialize(repeating: nil, count: RecordBatch.capacity)
    }

    deinit {
        assert(first == count && keptCount == 0, "the lane ended with messages in its hands")
        // SAFETY: allocated in `init`; messages were given back by `drop`.
        slots.deallocate()
        kept.deallocate()
    }

    /// Takes over the lane's partitions and where to begin in them; an empty list for none.
    mutating func own(_ positions: [PartitionPosition]) {
        drop()
        stalled.removeAll()
        let size = Int((positions.map(\.partition).max() ?? -1) + 1)
        next = [Int64](repeating: -1, count: size)
        for position in positions { next[Int(position.partition)] = max(0, position.next) }
    }

    /// Forgets what was fetched and not read.
    mutating func drop() {
        // SAFETY: exactly these slots hold messages.
        arka_messages_destroy(slots + first, count - first)
        (first, count) = (0, 0)
        letGo()
    }

    /// Gives rows that are dead letters, or may become such, their headers, and lets go of the messages
    /// that were read.
    mutating func finish(_ batch: RecordBatch) {
        if batch.outcomes.contains(where: \.needsHeaders) { keepHeaders(of: batch) }
        letGo()
    }

    /// Not of all rows: librdkafka 2.0.2 allocates even for a record without headers.
    private mutating func keepHeaders(of batch: RecordBatch) {
        for row in 0..<keptCount {
            guard batch.outcomes[row].needsHeaders, let message = kept[row],
                RecordHeaders.pack(message, into: &headers)
            else { continue }
            headers.withUnsafeBytes { batch.setHeaders($0, of: row) }
        }
    }

    private mutating func letGo() {
        // SAFETY: exactly these hold messages; their bytes have been copied.
        arka_messages_destroy(kept, keptCount)
        keptCount = 0
        if first == count { lease = nil }
    }

    /// Fills a batch; see ``LaneTransport/read(into:waitingAtMost:)``. Keeps the messages of its rows
    /// until ``finish(_:)``.
    mutating func read(into batch: RecordBatch, waitingAtMost wait: Duration) -> Int {
        precondition(keptCount == 0 && batch.count == 0, "the batch before is not finished")
        taken = 0
        copyFetched(into: batch)
        while !batch.isFull, fetch() { copyFetched(into: batch) }
        if batch.count == 0, waitForOne(atMost: wait) {
            copyFetched(into: batch)
            while !batch.isFull, fetch() { copyFetched(into: batch) }
        }
        return taken
    }

    // MARK: Fetching

    /// Takes what waits in the queue, without waiting for more.
    /// - Returns: Whether there was anything.
    private mutating func fetch() -> Bool {
        assert(first == count, "fetched messages are left")
        // SAFETY: the slots are ours and as many as we say; the queue lives as long as the client.
        let fetched = rd_kafka_consume_batch_queue(queue, 0, slots, Self.fetchCount)
        return hold(max(0, fetched))
    }

    /// Blocks for one message: waiting for a whole batch would wait for its last one.
    private mutating func waitForOne(atMost wait: Duration) -> Bool {
        slots[0] = rd_kafka_consume_queue(queue, wait.timeoutMilliseconds)
        return hold(slots[0] == nil ? 0 : 1)
    }

    private mutating func hold(_ fetched: Int) -> Bool {
        (first, count) = (0, fetched)
        if fetched > 0, lease == nil { lease = LeaseBox(consumer, lane: lane) }
        return fetched > 0
    }

    // MARK: Copying

    private mutating func copyFetched(into batch: RecordBatch) {
        while first < count, !batch.isFull {
            guard let message = slots[first] else { break }
            first += 1
            let row = batch.count
            take(message, into: batch)
            guard batch.count > row else {
                // SAFETY: ours, and of no use to anybody.
                rd_kafka_message_destroy(message)
                continue
            }
            kept[keptCount] = message
            keptCount += 1
        }
        if first == count, keptCount == 0 { lease = nil }
    }

    private mutating func take(
        _ pointer: UnsafeMutablePointer<rd_kafka_message_t>, into batch: RecordBatch
    ) {
        let message = pointer.pointee
        guard message.err == RD_KAFKA_RESP_ERR_NO_ERROR else { return noteError(message) }
        let partition = Int(message.partition)
        guard partition < next.count, next[partition] >= 0, message.offset >= next[partition]
        else {
            staleCount += 1
            return
        }
        next[partition] = message.offset + 1
        taken += 1
        if !stalled.isEmpty { noteMoving(message.partition) }
        append(message, timestamp: rd_kafka_message_timestamp(pointer, nil), to: batch)
    }

    private func append(
        _ message: rd_kafka_message_t, timestamp: Int64, to batch: RecordBatch
    ) {
        // SAFETY: pointers and lengths are the message's own, which lives until after the copy.
        let payload = message.payload.map {
            UnsafeRawBufferPointer(start: $0, count: message.len)
        }
        let key = message.key.map { UnsafeRawBufferPointer(start: $0, count: message.key_len) }
        batch.append(
            payload: payload, key: key, partition: message.partition, offset: message.offset,
            timestamp: timestamp)
    }

    // MARK: Errors in place of records

    private mutating func noteError(_ message: rd_kafka_message_t) {
        guard message.err != RD_KAFKA_RESP_ERR__PARTITION_EOF else { return noteEnd(message) }
        let words = text(message.payload?.assumingMemoryBound(to: CChar.self))
        let failure = KafkaFailure(message.err, reason: words)
        switch RecoveryAction.after(failure, during: .fetch) {
        case .stopPartition:
            let partition = message.partition
            guard owns(partition), stalled.insert(partition).inserted else { return }
            report(.stalled(partition: partition, next: next[Int(partition)], failure))
        case .leaveGroup: report(.memberEnded(failure))
        case .giveUp: report(.hopeless(lane: lane, failure))
        default: break
        }
    }

    /// Nothing is left to read: what lies between the last record and the end are markers of
    /// transactions, and records of those that were aborted.
    private mutating func noteEnd(_ message: rd_kafka_message_t) {
        guard owns(message.partition) else { return }
        progress.noteEnd(
            of: message.partition, from: next[Int(message.partition)], to: message.offset)
        if !stalled.isEmpty { noteMoving(message.partition) }
    }

    private func owns(_ partition: Int32) -> Bool {
        partition >= 0 && partition < next.count && next[Int(partition)] >= 0
    }

    private mutating func noteMoving(_ partition: Int32) {
        guard stalled.remove(partition) != nil else { return }
        report(.moving(partition: partition))
    }
}

extension RowOutcome {
    /// Whether the record may be written once more, as a dead letter.
    fileprivate var needsHeaders: Bool {
        switch self {
        case .deadLetter, .waiting: true
        case .decided, .skipped, .held: false
        }
    }
}

/// Holds a lease while there is one to hold.
private final class LeaseBox {
    private let lease: Lease

    init(_ handle: KafkaHandle, lane: Int) {
        lease = handle.lease("fetched records of lane \(lane)")
    }
}
