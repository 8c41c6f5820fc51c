import ArkaStream

/// Evaluated batches that wait to be sent, oldest first.
struct PendingBatches {
    private var batches: [RecordBatch] = []
    /// Batches before this one have been sent.
    private var first = 0
    /// What they amount to.
    private(set) var load = PendingLoad()

    mutating func append(_ batch: RecordBatch) {
        batches.append(batch)
        load.batches += 1
        load.rows += batch.count - batch.heldCount
        load.bytes += batch.byteCount
    }

    mutating func removeFirst() -> RecordBatch? {
        guard first < batches.count else { return nil }
        let batch = batches[first]
        first += 1
        load.batches -= 1
        load.rows -= batch.count - batch.heldCount
        load.bytes -= batch.byteCount
        // Sent batches are dropped together, so that removing one does not move all others.
        if first == batches.count || first >= 64 {
            batches.removeFirst(first)
            first = 0
        }
        return batch
    }
}
