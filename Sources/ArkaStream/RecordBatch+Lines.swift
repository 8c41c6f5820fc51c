/// Records outside of Kafka: what a batch takes in and gives out there.
extension RecordBatch {
    /// Copies one record in: no key, no headers.
    /// - Parameters:
    ///   - record: The bytes; none are an empty payload, not a null one.
    ///   - timestamp: Milliseconds since 1970.
    /// - Precondition: The batch is not full.
    public func append(record: [UInt8], partition: Int32, offset: Int64, timestamp: Int64) {
        record.withUnsafeBytes { bytes in
            // SAFETY: the bytes are copied during the call. An empty buffer may have no address, but
            // it is not `nil`, so the row is not a null one.
            append(
                payload: bytes, key: nil, partition: partition, offset: offset,
                timestamp: timestamp)
        }
    }

    /// Copies one line of a file in: no key, no headers, no timestamp of its own.
    /// - Parameters:
    ///   - line: The bytes without their line end; an empty line is an empty payload, not a null one.
    ///   - number: The line's number from 1, which stands in for the offset.
    /// - Precondition: The batch is not full.
    public func append(line: RawSpan, number: Int) {
        line.withUnsafeBytes { bytes in
            // SAFETY: the bytes are copied during the call. An empty buffer may have no address, but
            // it is not `nil`, so the row is not a null one.
            append(payload: bytes, key: nil, partition: 0, offset: Int64(number), timestamp: -1)
        }
    }

    /// Copies some bytes of the output, as a ``RowOutcome`` names them.
    public func outputBytes(from start: Int, count: Int) -> [UInt8] {
        withOutput(from: start, count: count) { span in
            // SAFETY: the bytes are copied during the call.
            span.withUnsafeBytes { Array($0) }
        }
    }

    /// Lends some bytes of the output, as a ``RowOutcome`` names them.
    public func withOutput<Result, Failure: Error>(
        from start: Int, count: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let lent = output.withBytes { $0 }
        precondition(start >= 0 && count >= 0 && start + count <= lent.count, "not in the output")
        let slice = UnsafeRawBufferPointer(rebasing: lent[start..<(start + count)])
        // SAFETY: the output is not written to while `body` runs: a span cannot outlive the call, and
        // a batch belongs to one thread.
        return try body(slice.bytes)
    }
}
