import ArkaStream
import Synchronization

/// How far a lane's partitions are done; readable from any thread.
final class LaneProgress: Sendable {
    private let places = Mutex<[Int32: PartitionPlace]>([:])

    /// Begins anew with these.
    func replace(with positions: [PartitionPosition]) {
        let fresh = positions.map { ($0.partition, PartitionPlace(committed: $0.next)) }
        places.withLock { $0 = Dictionary(uniqueKeysWithValues: fresh) }
    }

    /// Takes note of a commit.
    func noteCommit(_ positions: [PartitionPosition]) {
        places.withLock { places in
            for position in positions { places[position.partition]?.committed = position.next }
        }
    }

    /// Takes note that there was no record from one offset up to another, the partition's end.
    func noteEnd(of partition: Int32, from first: Int64, to end: Int64) {
        guard first < end else { return }
        places.withLock { $0[partition]?.gap = first..<end }
    }

    /// The committed position of each partition, by partition.
    var committed: [PartitionPosition] {
        places.withLock { places in
            places.map { PartitionPosition(partition: $0.key, next: $0.value.committed) }
        }.sorted { $0.partition < $1.partition }
    }

    /// The offset of each partition before which nothing is left to do, by partition.
    var all: [PartitionPosition] {
        places.withLock { places in
            places.map { PartitionPosition(partition: $0.key, next: $0.value.done) }
        }.sorted { $0.partition < $1.partition }
    }
}

/// How far one partition is done: a value.
///
/// The end of a partition that is written in transactions is no record but a marker, so what is
/// committed never reaches it.
struct PartitionPlace: Sendable {
    /// The committed position.
    var committed: Int64
    /// Offsets that hold no record for us, the last that were found.
    var gap: Range<Int64>?

    /// The offset before which nothing is left to do.
    var done: Int64 {
        guard let gap, gap.contains(committed) else { return committed }
        return gap.upperBound
    }

    init(committed: Int64) { self.committed = committed }
}
