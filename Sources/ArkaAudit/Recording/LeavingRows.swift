import ArkaStream

/// The rows of a batch that leave with it, found by where they were read.
struct LeavingRows {
    /// The partitions that rows leave from, in the order of their first.
    private(set) var partitions: [Int32] = []
    private var lasts: [Int32: Int64] = [:]
    private var rows: [PreparedEntry.Place: Int] = [:]

    init(of batch: RecordBatch) {
        for (index, row) in batch.rows.enumerated() where batch.outcomes[index] != .held {
            if lasts.updateValue(row.offset, forKey: row.partition) == nil {
                partitions.append(row.partition)
            }
            rows[PreparedEntry.Place(partition: row.partition, offset: row.offset)] = index
        }
    }

    /// The offset of the last row that leaves from a partition.
    func last(_ partition: Int32) -> Int64 { lasts[partition] ?? -1 }

    /// The row that was read at a place, if it leaves.
    func row(_ place: PreparedEntry.Place) -> Int? { rows[place] }
}
