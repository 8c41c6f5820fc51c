import ArkaStream

/// How far a lane has come in each partition since its last commit.
///
/// Rows of a partition are sent in offset order, so the next position is one past the last row.
/// Offsets may have gaps (compaction, control records).
struct PositionTracker {
    private var next: [Int32: Int64] = [:]

    /// Takes note of the rows of a batch that were sent.
    mutating func advance(over batch: RecordBatch) {
        guard batch.heldCount == 0 else { return advanceBetweenHeld(batch) }
        let rows = batch.rows
        // Rows come in runs of one partition: look it up once per run.
        var index = rows.startIndex
        while index < rows.endIndex {
            var last = index
            while last + 1 < rows.endIndex, rows[last + 1].partition == rows[index].partition {
                last += 1
            }
            next[rows[index].partition] = rows[last].offset + 1
            index = last + 1
        }
    }

    /// Behind a row that is held no other of its partition leaves, so the last that left counts.
    private mutating func advanceBetweenHeld(_ batch: RecordBatch) {
        for (row, outcome) in zip(batch.rows, batch.outcomes) where outcome != .held {
            next[row.partition] = row.offset + 1
        }
    }

    /// Hands out all positions and starts anew.
    mutating func takeAll() -> [PartitionPosition] {
        let positions = next.map { PartitionPosition(partition: $0.key, next: $0.value) }
        next.removeAll(keepingCapacity: true)
        return positions.sorted { $0.partition < $1.partition }
    }
}
