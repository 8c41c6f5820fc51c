import ArkaStream

/// What a lane wants committed: how far it read, and under which generation of the group.
struct CommitRequest: Sendable {
    let positions: [PartitionPosition]
    let generation: GroupGeneration
    /// Records that were sent, for the log.
    let records: Int
    /// The epoch to wait for; 0 in transactions.
    var epoch = 0
}

/// How making a new producer ended.
enum Renewal: Sendable {
    case ready
    /// Another producer took the id meanwhile.
    case fenced
    /// It cannot work.
    case hopeless(KafkaFailure)
    /// The lane must let go of its partitions first.
    case interrupted
}

/// How a lane's outputs are made safe: in transactions, or by acknowledgements.
///
/// ``begin()`` and what ``LaneWriter`` does are called on the lane's thread, everything else on its
/// commit thread; never two of a kind at once.
protocol LaneDelivery: AnyObject, Sendable {
    var source: ProducerSource { get }
    /// Whether the producer works, as far as is known.
    var isUsable: Bool { get }
    /// Begins a transaction.
    func begin() -> Bool
    /// Makes sent records and positions final.
    /// - Returns: `committed` or `failed`.
    func commit(_ request: CommitRequest) -> LaneEvent
    /// Ends what is open and makes the producer usable.
    /// - Returns: `failed` with how it went.
    func recover() -> LaneEvent
    /// Replaces the producer. Blocks until that worked or cannot.
    func renew() -> Renewal
}
