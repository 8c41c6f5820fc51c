import ArkaStream

/// The chains of a lane, and what it has sent and nobody has said the end of.
struct LaneEntries: Sendable {
    var chains: [Int32: AuditChain] = [:]
    /// By partition, in the order of their chain.
    private(set) var inFlight: [Int32: [InFlightEntry]] = [:]

    /// - Returns: The record; `nil` for a partition that is not the lane's.
    mutating func append(
        _ members: [UInt8], of entry: PreparedEntry, to partition: Int32
    ) -> [UInt8]? {
        guard var chain = chains[partition] else { return nil }
        let record = chain.append(members)
        chains[partition] = chain
        inFlight[partition, default: []].append(InFlightEntry(entry: entry, head: chain.head))
        return record
    }

    mutating func seal(_ job: LaneJobID) {
        for partition in inFlight.keys {
            inFlight[partition] = inFlight[partition]?.map { sent in
                var sent = sent
                sent.job = sent.job ?? job
                return sent
            }
        }
    }

    mutating func takeCommitted(_ job: LaneJobID) -> [PreparedEntry] {
        var committed: [PreparedEntry] = []
        for (partition, entries) in inFlight {
            committed += entries.filter { $0.job == job }.map(\.entry)
            let left = entries.filter { $0.job != job }
            inFlight[partition] = left.isEmpty ? nil : left
        }
        return committed
    }
}

/// An entry that was sent.
struct InFlightEntry: Sendable {
    let entry: PreparedEntry
    /// The head of its chain behind it.
    let head: ChainHead
    /// The commit that it is part of, once that was started.
    var job: LaneJobID?
}
