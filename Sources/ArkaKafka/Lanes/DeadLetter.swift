import ArkaStream
import ArkaSystem
import CRdkafka

/// A record that cannot be decided, on its way to the dead-letter topic: original bytes, key and
/// headers, with the reason and the place it came from as headers of its own.
///
/// What the topic does not take as a whole carries its first 64 KB, length and digest instead, so
/// that whoever looks at it can still find and prove the original.
struct DeadLetter {
    private let row: RecordRow
    private let sourceTopic: String
    private let reason: DeadLetterReason
    /// What of payload, key and headers fits.
    private let plan: Plan

    /// How much of a record fits into a topic.
    struct Plan: Sendable, Hashable {
        /// Bytes of the payload that are kept; all of them unless it is truncated.
        var payloadBytes: Int
        var keepsKey: Bool
        var keepsHeaders: Bool
        /// Whether something is missing.
        var isTruncated: Bool

        /// - Parameter bytesMax: What the topic takes, overheads included.
        init(payload: Int, key: Int, headers: Int, bytesMax: Int) {
            let room = bytesMax - KafkaLimits.recordOverheadBytes - DeadLetter.ownHeaderBytes
            // Packed headers have eight bytes of lengths each; the broker's form needs fewer.
            if payload + key + headers <= room {
                (payloadBytes, keepsKey, keepsHeaders) = (payload, true, true)
                isTruncated = false
                return
            }
            let piece = max(0, min(KafkaLimits.truncatedPayloadBytes, room / 4))
            payloadBytes = min(payload, piece)
            keepsKey = key <= piece
            keepsHeaders = headers <= piece
            isTruncated = true
        }
    }

    /// Room for the headers that are added: names, a path, a reason, a digest, numbers.
    static let ownHeaderBytes = 4096
    /// Longer paths and reasons are cut, so that they fit into the room above.
    private static let ownTextBytes = 1024

    init(
        _ row: RecordRow, reason: DeadLetterReason, sourceTopic: String, bytesMax: Int
    ) {
        self.row = row
        self.reason = reason
        self.sourceTopic = sourceTopic
        plan = Plan(
            payload: row.payload.byteCount, key: row.key.byteCount,
            headers: row.headers.byteCount, bytesMax: bytesMax)
    }

    /// Bytes of payload and key that are sent.
    var byteCount: Int { plan.payloadBytes + (plan.keepsKey ? row.key.byteCount : 0) }

    /// Hands the letter to the producer, which copies all bytes.
    func send(
        arena: UnsafeRawBufferPointer, with producer: LaneProducer,
        mark: UnsafeMutableRawPointer?, partition: Int32
    ) -> KafkaFailure? {
        guard let headers = rd_kafka_headers_new(16) else {
            return KafkaFailure(RD_KAFKA_RESP_ERR__FAIL, reason: "out of memory")
        }
        addHeaders(to: headers, arena: arena)
        let payload = bytes(of: row.payload, in: arena).map { $0.prefix(plan.payloadBytes) }
        let key = plan.keepsKey ? bytes(of: row.key, in: arena) : nil
        let failure = producer.handle.whileOpen("send") { client in
            KafkaFailure(
                consuming: produce(
                    client, producer.deadLetters, partition, mark, payload.map(rebased), key,
                    headers))
        }
        guard let failure = failure ?? KafkaFailure(RD_KAFKA_RESP_ERR__DESTROY) else { return nil }
        // SAFETY: the library takes the headers over only if it takes the record.
        rd_kafka_headers_destroy(headers)
        return failure
    }

    // MARK: Headers

    private func addHeaders(to headers: OpaquePointer, arena: UnsafeRawBufferPointer) {
        if plan.keepsHeaders, let packed = bytes(of: row.headers, in: arena) {
            RecordHeaders.forEach(in: packed) { name, value in
                rd_kafka_header_add(
                    headers, name.baseAddress?.assumingMemoryBound(to: CChar.self), name.count,
                    value?.baseAddress, value?.count ?? 0)
            }
        }
        add("arka.error.code", reason.code.rawValue, to: headers)
        add("arka.error.reason", Self.shortened(reason.reason), to: headers)
        add("arka.error.path", Self.shortened(reason.path), to: headers)
        add("arka.source.topic", sourceTopic, to: headers)
        add("arka.source.partition", "\(row.partition)", to: headers)
        add("arka.source.offset", "\(row.offset)", to: headers)
        if plan.isTruncated { addTruncation(to: headers, arena: arena) }
    }

    private func addTruncation(to headers: OpaquePointer, arena: UnsafeRawBufferPointer) {
        add("arka.payload.truncated", "true", to: headers)
        add("arka.payload.length", "\(row.payload.byteCount)", to: headers)
        if let payload = bytes(of: row.payload, in: arena) {
            let digest = SHA256.digest(of: payload.bytes)
            add("arka.payload.sha256", hexadecimal(digest), to: headers)
        }
        if !plan.keepsKey { add("arka.key.dropped", "\(row.key.byteCount)", to: headers) }
        if !plan.keepsHeaders { add("arka.headers.dropped", "true", to: headers) }
    }

    /// Cut by bytes, since it is bytes that the topic counts: a letter that is too large for it would
    /// fail its transaction again and again. What is left of a cut character is marked as such.
    static func shortened(_ text: String) -> String {
        String(decoding: text.utf8.prefix(ownTextBytes), as: UTF8.self)
    }

    private func add(_ name: String, _ value: String, to headers: OpaquePointer) {
        rd_kafka_header_add(headers, name, name.utf8.count, value, value.utf8.count)
    }

    // MARK: Bytes

    private func bytes(
        of slice: ArenaSlice, in arena: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        guard !slice.isNull else { return nil }
        return UnsafeRawBufferPointer(rebasing: arena[slice.start..<slice.start + slice.byteCount])
    }

    private func rebased(_ slice: Slice<UnsafeRawBufferPointer>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: slice)
    }

    /// - Returns: The library's error object, or `nil`.
    private func produce(
        _ client: OpaquePointer, _ topic: OpaquePointer, _ partition: Int32,
        _ mark: UnsafeMutableRawPointer?, _ payload: UnsafeRawBufferPointer?,
        _ key: UnsafeRawBufferPointer?, _ headers: OpaquePointer
    ) -> OpaquePointer? {
        withUnsafeTemporaryAllocation(of: rd_kafka_vu_t.self, capacity: 7) { arguments in
            arguments.initialize(repeating: rd_kafka_vu_t())
            arguments[0].vtype = RD_KAFKA_VTYPE_RKT
            arguments[0].u.rkt = topic
            arguments[1].vtype = RD_KAFKA_VTYPE_PARTITION
            arguments[1].u.i32 = partition
            arguments[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS
            arguments[2].u.i = RD_KAFKA_MSG_F_COPY
            arguments[3].vtype = RD_KAFKA_VTYPE_VALUE
            arguments[3].u.mem = .init(
                ptr: UnsafeMutableRawPointer(mutating: payload?.baseAddress),
                size: payload?.count ?? 0)
            arguments[4].vtype = RD_KAFKA_VTYPE_KEY
            arguments[4].u.mem = .init(
                ptr: UnsafeMutableRawPointer(mutating: key?.baseAddress), size: key?.count ?? 0)
            arguments[5].vtype = RD_KAFKA_VTYPE_HEADERS
            arguments[5].u.headers = headers
            arguments[6].vtype = RD_KAFKA_VTYPE_OPAQUE
            arguments[6].u.ptr = mark
            // SAFETY: payload and key live until the call returns and are copied; the headers are
            // handed over unless the call fails.
            return rd_kafka_produceva(client, arguments.baseAddress, arguments.count)
        }
    }
}
