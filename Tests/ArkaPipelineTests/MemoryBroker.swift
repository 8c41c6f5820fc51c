import ArkaModel
import ArkaStream

/// A broker in memory: logs with gaps, committed positions, and outputs that become visible when
/// their transaction is committed (or at once, at least once).
final class MemoryBroker {
    let inputs: [Int32: [Int64]]
    private(set) var committed: [Int32: Int64] = [:]
    /// Visible outputs: the offsets of the inputs that they answer, per partition.
    private(set) var outputs: [Int32: [Int64]] = [:]

    init(partitions: Int32, recordsPerPartition: Int, random: inout SeededGenerator) {
        var logs: [Int32: [Int64]] = [:]
        for partition in 0..<partitions {
            var offset: Int64 = 0
            logs[partition] = (0..<recordsPerPartition).map { _ in
                offset += random.once(in: 20) ? 3 : 1
                return offset
            }
        }
        inputs = logs
        for partition in 0..<partitions { committed[partition] = 0 }
    }

    func publish(_ rows: [(partition: Int32, offset: Int64)]) {
        for row in rows { outputs[row.partition, default: []].append(row.offset) }
    }

    func commit(_ positions: [PartitionPosition]) {
        for position in positions { committed[position.partition] = position.next }
    }

    var positions: [PartitionPosition] {
        committed.map { PartitionPosition(partition: $0.key, next: $0.value) }
    }

    /// Another member of the group decides some records of each partition.
    func decideElsewhere(random: inout SeededGenerator) {
        for (partition, log) in inputs {
            let waiting = log.filter { $0 >= committed[partition, default: 0] }
            let taken = waiting.prefix(Int.random(in: 0...5, using: &random))
            publish(taken.map { (partition, $0) })
            if let last = taken.last { committed[partition] = last + 1 }
        }
    }

    var isDone: Bool {
        inputs.allSatisfy { log in log.value.allSatisfy { $0 < committed[log.key, default: 0] } }
    }
}
