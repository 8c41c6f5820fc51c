/// Up to 256 records of one lane, from the copy out of the broker's buffers to their outcomes.
///
/// Everything that flows through a lane is one of these: the source copies records in, the
/// evaluation adds an ``RowOutcome`` per row and the bytes to write, the sink reads those. Batches
/// are recycled through a pool; nothing is allocated per record once the arena has grown to the
/// size of the traffic.
///
/// A batch belongs to one thread at a time, the lane that took it from the pool.
public final class RecordBatch {
    /// Rows per batch. Larger gains nothing (rules cost 0.01 ns per row and predicate) and hurts
    /// latency and cache use.
    public static let capacity = 256
    /// Bytes after which a batch takes no further record: large records make small batches, so that
    /// the bytes in flight stay near their bound. One record more than this may be in a batch.
    public static let byteLimit = 1 << 20
    /// Bytes that may be read after each payload, so that vector code need not look at the end.
    public static let padding = 64

    /// Where the records came from.
    public var topic = ""
    /// Rows in use.
    @inlinable public var count: Int { records.rows.count }
    /// What is known of each record. Grows by ``append(payload:key:partition:offset:timestamp:)``.
    @inlinable public var rows: [RecordRow] { records.rows }
    /// What the evaluation decided, one per row once it is done; empty before.
    public var outcomes: [RowOutcome] = []
    /// Why rows are dead letters; ``RowOutcome/deadLetter(reason:)`` says which is whose.
    public private(set) var deadLetters: [DeadLetterReason] = []
    /// Rows that were moved out: ``RowOutcome/held``.
    public internal(set) var heldCount = 0
    /// The decisions to write, one after the other; ``RowOutcome`` says which bytes are whose.
    public let output = OutputBuffer()
    /// The batch's share of what is in flight: payload, key and header bytes.
    @inlinable public var byteCount: Int { records.byteCount }
    /// Everything that grows with each record, in one value: a record then costs one check for
    /// exclusive access, not one for each array.
    @usableFromInline var records = Records()

    /// Makes an empty batch with room for `byteCapacity` bytes of records.
    public init(byteCapacity: Int = 256 * 1024) {
        records.rows.reserveCapacity(Self.capacity)
        outcomes.reserveCapacity(Self.capacity)
        records.arena.reserveCapacity(byteCapacity)
    }

    /// Whether it takes no further record.
    @inlinable public var isFull: Bool {
        records.rows.count == Self.capacity || records.byteCount >= Self.byteLimit
    }

    /// Forgets all records, keeping the memory for the next ones.
    ///
    /// An arena that one huge record made larger than 4 MiB is given back.
    public func removeAll() {
        records.removeAll()
        outcomes.removeAll(keepingCapacity: true)
        deadLetters.removeAll(keepingCapacity: true)
        heldCount = 0
        output.removeAll()
    }

    /// Copies one record in.
    /// - Parameters:
    ///   - payload: The value; `nil` for a null one (a tombstone), which is not the same as empty.
    ///   - key: The key; `nil` for a null one.
    ///   - timestamp: Milliseconds since 1970 as the broker has it, or -1 if it has none.
    /// - Precondition: `count < capacity`.
    public func append(
        payload: UnsafeRawBufferPointer?, key: UnsafeRawBufferPointer?, partition: Int32,
        offset: Int64, timestamp: Int64
    ) {
        records.append(
            payload: payload, key: key, partition: partition, offset: offset, timestamp: timestamp)
    }

    /// Copies a row's headers in, once it is known that they are needed.
    ///
    /// Only dead letters need them, and taking them out of a message costs more than the copy of a
    /// whole record.
    /// - Parameter headers: As ``RecordHeaders`` packs them.
    /// - Precondition: The row has none yet.
    public func setHeaders(_ headers: UnsafeRawBufferPointer, of row: Int) {
        records.setHeaders(headers, of: row)
    }

    /// Makes the next row without an outcome a dead letter.
    public func setAside(_ reason: DeadLetterReason) {
        outcomes.append(.deadLetter(reason: deadLetters.count))
        deadLetters.append(reason)
    }

    /// Makes a row whose outcome turned out to be impossible a dead letter after all.
    public func setAside(_ row: Int, _ reason: DeadLetterReason) {
        outcomes[row] = .deadLetter(reason: deadLetters.count)
        deadLetters.append(reason)
    }

    /// Lends the bytes of all records; ``ArenaSlice`` values of the rows point into them.
    ///
    /// Valid until the closure returns. Do not append meanwhile.
    @inlinable public func withArena<Result>(
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        // SAFETY: the array is not changed while the closure runs, as the caller promises; the
        // pointer ends with the closure.
        records.arena.withUnsafeBytes(body)
    }

    /// A copy of some of the batch's bytes; `nil` for a null slice. Not for the hot path.
    public func bytes(of slice: ArenaSlice) -> [UInt8]? {
        slice.isNull ? nil : Array(records.arena[slice.start..<(slice.start + slice.byteCount)])
    }
}

extension RecordBatch {
    /// The records of a batch and their bytes.
    @usableFromInline struct Records {
        @usableFromInline var rows: [RecordRow] = []
        /// Payloads, keys and headers, each payload followed by ``RecordBatch/padding`` bytes.
        @usableFromInline var arena: [UInt8] = []
        @usableFromInline var byteCount = 0

        private static let zeros = [UInt8](repeating: 0, count: RecordBatch.padding)

        mutating func append(
            payload: UnsafeRawBufferPointer?, key: UnsafeRawBufferPointer?, partition: Int32,
            offset: Int64, timestamp: Int64
        ) {
            precondition(rows.count < RecordBatch.capacity, "the batch is full")
            #if ARKA_DROP_ONE_RECORD
                if LostRecord.isThisOne() { return }
            #endif
            let payloadSlice = copy(payload)
            if payload != nil { arena.append(contentsOf: Self.zeros) }
            rows.append(
                RecordRow(
                    payload: payloadSlice, key: copy(key), partition: partition, offset: offset,
                    timestamp: timestamp))
            byteCount += payloadSlice.byteCount + (key?.count ?? 0)
        }

        mutating func setHeaders(_ headers: UnsafeRawBufferPointer, of row: Int) {
            precondition(rows[row].headers.isNull, "the row has headers")
            rows[row].headers = copy(headers)
            byteCount += headers.count
        }

        mutating func removeAll() {
            rows.removeAll(keepingCapacity: true)
            arena.removeAll(keepingCapacity: arena.capacity <= 4 << 20)
            byteCount = 0
        }

        private mutating func copy(_ bytes: UnsafeRawBufferPointer?) -> ArenaSlice {
            guard let bytes else { return .null }
            let start = arena.count
            arena.append(contentsOf: bytes)
            return ArenaSlice(start: start, count: bytes.count)
        }
    }
}

/// One record of a batch, as the broker gave it.
@frozen public struct RecordRow: Sendable {
    /// The value; null for a tombstone.
    public let payload: ArenaSlice
    /// The key; null if there was none.
    public let key: ArenaSlice
    /// The packed headers; null if there were none, or if nobody has asked for them.
    public internal(set) var headers = ArenaSlice.null
    /// The partition it was read from; in `eval`, 0.
    public let partition: Int32
    /// Its offset; in `eval`, the line number from 1.
    public let offset: Int64
    /// Milliseconds since 1970, or -1 if the broker has none.
    public let timestamp: Int64

    @usableFromInline init(
        payload: ArenaSlice, key: ArenaSlice, partition: Int32, offset: Int64, timestamp: Int64
    ) {
        self.payload = payload
        self.key = key
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
    }
}

/// Some bytes of a batch's arena, or null.
@frozen public struct ArenaSlice: Sendable, Hashable {
    /// Where it begins in the arena.
    public let start: Int
    /// How many bytes; -1 if null.
    @usableFromInline let count: Int

    /// Names bytes of an arena.
    @inlinable public init(start: Int, count: Int) {
        self.start = start
        self.count = count
    }

    /// Not there at all, which is not the same as empty.
    public static let null = ArenaSlice(start: 0, count: -1)
    /// Whether there is nothing, not even an empty value.
    @inlinable public var isNull: Bool { count < 0 }
    /// How many bytes; 0 if null.
    @inlinable public var byteCount: Int { max(count, 0) }
}
