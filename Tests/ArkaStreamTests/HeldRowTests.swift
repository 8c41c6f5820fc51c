import ArkaModel
import ArkaStream
import Testing

/// Rows that leave their batch and come back keep every byte that is still needed.
struct HeldRowTests {
    private static let headers = Array("some packed headers".utf8)

    /// Three rows of different shapes, with outcomes still to be given.
    private func batch() -> RecordBatch {
        let batch = RecordBatch()
        add("{\"a\":1}", key: "key", to: batch)
        add("", key: nil, to: batch)
        add(nil, key: "", to: batch)
        Self.headers.withUnsafeBytes { batch.setHeaders($0, of: 0) }
        return batch
    }

    private func add(_ payload: String?, key: String?, to batch: RecordBatch) {
        let payload = payload.map { Array($0.utf8) }
        let key = key.map { Array($0.utf8) }
        func lend(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Void) {
            guard let bytes else { return body(nil) }
            bytes.withUnsafeBytes {
                body(UnsafeRawBufferPointer(start: $0.baseAddress, count: $0.count))
            }
        }
        lend(payload) { payload in
            lend(key) { key in
                batch.append(
                    payload: payload, key: key, partition: 7, offset: Int64(batch.count) + 40,
                    timestamp: 1_770_000_000_000)
            }
        }
    }

    @Test func `a row that waited comes back whole`() {
        let batch = batch()
        batch.outcomes = [.waiting(ticket: 1), .waiting(ticket: 2), .waiting(ticket: 3)]
        let held = (0..<3).map { batch.hold($0) }
        #expect(batch.outcomes == [.held, .held, .held])
        #expect(batch.heldCount == 3)
        batch.removeAll()
        #expect(batch.heldCount == 0)
        let fresh = RecordBatch()
        for row in held { fresh.append(recordOf: row) }
        #expect(fresh.outcomes.isEmpty)
        #expect(fresh.rows.map(\.offset) == [40, 41, 42])
        #expect(fresh.rows.map(\.partition) == [7, 7, 7])
        #expect(
            fresh.rows.map(\.timestamp) == [
                1_770_000_000_000, 1_770_000_000_000, 1_770_000_000_000,
            ])
        let payloads = fresh.rows.map { fresh.bytes(of: $0.payload) }
        #expect(payloads == [Array("{\"a\":1}".utf8), [], nil])
        #expect(fresh.rows.map { fresh.bytes(of: $0.key) } == [Array("key".utf8), nil, []])
        #expect(fresh.rows.map { fresh.bytes(of: $0.headers) } == [Self.headers, nil, nil])
    }

    @Test func `a decided row keeps its key and its decision, a dead letter its record`() {
        let batch = batch()
        let text = Array("{\"status\":\"flagged\"}".utf8)
        text.withUnsafeBytes {
            batch.output.reserve($0.count).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
        }
        batch.output.commit(text.count)
        batch.outcomes = [.decided(.flagged, start: 0, count: text.count)]
        let reason = DeadLetterReason(.emptyPayload, path: "$", reason: "test")
        batch.setAside(reason)
        batch.outcomes.append(.skipped)
        let held = (0..<3).map { batch.hold($0) }
        #expect(held[0].byteCount == text.count + 3)

        let fresh = RecordBatch()
        for row in held { fresh.append(outcomeOf: row) }
        #expect(
            fresh.outcomes == [
                .decided(.flagged, start: 0, count: text.count), .deadLetter(reason: 0), .skipped,
            ])
        #expect(fresh.outputBytes(from: 0, count: text.count) == text)
        #expect(fresh.deadLetters == [reason])
        #expect(fresh.bytes(of: fresh.rows[0].key) == Array("key".utf8))
        #expect(fresh.bytes(of: fresh.rows[1].payload) == [])
        #expect(fresh.heldCount == 0)
    }
}
