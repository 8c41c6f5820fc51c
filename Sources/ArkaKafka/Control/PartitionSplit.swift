import ArkaStream

/// Shares partitions out among lanes: as evenly as it goes, lower numbers first.
func split(_ positions: [PartitionPosition], among laneCount: Int) -> [[PartitionPosition]] {
    var shares = [[PartitionPosition]](repeating: [], count: laneCount)
    let sorted = positions.sorted { $0.partition < $1.partition }
    for (index, position) in sorted.enumerated() {
        shares[index % laneCount].append(position)
    }
    return shares
}
