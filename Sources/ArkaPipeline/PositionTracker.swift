import ArkaStream

/// How far a lane has come in each partition since its last commit.
///
/// Rows of a partition are sent in offset order, so the next position is one past the last row.
/// Offsets may have gaps (compaction, control records).
struct PositionTracker {
    private var next: [Int32: Int64] = [:]

    /// Takes note of rows that were sent.
    mutating func advance(over rows: [RecordRow]) {
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

    /// Hands out all positions and starts anew.
    mutating func takeAll() -> [PartitionPosition] {
        let positions = next.map { PartitionPosition(partition: $0.key, next: $0.value) }
        next.removeAll(keepingCapacity: true)
        return positions.sorted { $0.partition < $1.partition }
    }
}
