/// The next offset to read of a partition.
public struct PartitionPosition: Sendable, Hashable {
    /// The partition's number in its topic.
    public let partition: Int32
    /// The offset of the first record that is not covered yet.
    public let next: Int64

    /// Makes a position.
    public init(partition: Int32, next: Int64) {
        self.partition = partition
        self.next = next
    }
}
