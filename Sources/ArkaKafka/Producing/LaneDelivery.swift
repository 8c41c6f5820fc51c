import ArkaStream

/// What a lane wants committed: how far it read, and under which generation of the group.
struct CommitRequest: Sendable {
    let job: LaneJobID
    let positions: [PartitionPosition]
    let generation: GroupGeneration
    /// Records that were sent, for the log.
    let records: Int
    /// The epoch to wait for; 0 in transactions.
    var epoch = 0
}

/// How a commit ended.
enum CommitOutcome: Sendable, Hashable {
    case committed
    case failed(CommitFailure)
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
    func commit(_ request: CommitRequest) -> CommitOutcome
    /// Ends what is open and makes the producer usable.
    /// - Returns: How it went.
    func recover() -> CommitFailure
    /// Replaces the producer. Blocks until that worked or cannot.
    func renew() -> Renewal
}
