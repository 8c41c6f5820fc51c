import CRdkafka

/// A record's headers as they are kept in a batch: only present where there are any, names may
/// repeat, values may be null.
///
/// Packed as: length of the name (4 bytes), name, length of the value (4 bytes, -1 for null), value.
enum RecordHeaders {
    /// Packs a message's headers.
    /// - Returns: False if it has none; `bytes` is empty then.
    static func pack(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, into bytes: inout [UInt8]
    ) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        var headers: OpaquePointer?
        guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return false
        }
        var index = 0
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var count = 0
        while rd_kafka_header_get_all(headers, index, &name, &value, &count)
            == RD_KAFKA_RESP_ERR_NO_ERROR
        {
            // SAFETY: name and value belong to the message and are copied here.
            append(cString(name), to: &bytes)
            append(
                value.map { UnsafeRawBufferPointer(start: $0, count: count) }, to: &bytes)
            index += 1
        }
        return index > 0
    }

    /// Packs one more header; for tests and for what is made here.
    static func append(
        _ bytes: UnsafeRawBufferPointer?, to packed: inout [UInt8]
    ) {
        withUnsafeBytes(of: Int32(bytes?.count ?? -1).littleEndian) {
            packed.append(contentsOf: $0)
        }
        if let bytes { packed.append(contentsOf: bytes) }
    }

    private static func cString(_ pointer: UnsafePointer<CChar>?) -> UnsafeRawBufferPointer {
        guard let pointer else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        var count = 0
        // SAFETY: the library ends names with a zero.
        while pointer[count] != 0 { count += 1 }
        return UnsafeRawBufferPointer(start: pointer, count: count)
    }

    /// Calls with each header, in order. The bytes are the batch's own.
    static func forEach(
        in packed: UnsafeRawBufferPointer,
        _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) -> Void
    ) {
        var reader = Reader(rest: packed)
        while let name = reader.next(), let name, let value = reader.next() { body(name, value) }
    }

    /// Walks over packed headers; every length is checked against what is left.
    private struct Reader {
        var rest: UnsafeRawBufferPointer

        /// - Returns: `nil` at the end, `.some(nil)` for a null value.
        mutating func next() -> UnsafeRawBufferPointer?? {
            guard rest.count >= 4 else { return nil }
            let count = Int(Int32(littleEndian: rest.loadUnaligned(as: Int32.self)))
            rest = UnsafeRawBufferPointer(rebasing: rest[4...])
            guard count >= 0 else { return .some(nil) }
            guard count <= rest.count else { return nil }
            defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
            return UnsafeRawBufferPointer(rebasing: rest[..<count])
        }
    }
}
