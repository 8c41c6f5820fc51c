/// One lane's way in and out: the partitions it reads and the producer it writes with.
///
/// The pipeline sees sources and sinks only through this; ArkaKafka implements it on a broker, the
/// tests in memory with faults. All calls come from the lane's own thread. Only ``read(into:waitingAtMost:)``,
/// ``send(_:)`` (on a full producer queue) and ``rewind()`` may block. What takes longer (commit,
/// abort, a new producer) is *started* here, runs elsewhere, and is answered by a ``LaneEvent``.
///
/// A transaction is: ``begin()``, any number of ``send(_:)``, then one ``commit(_:as:)`` or
/// ``recover(as:)``. With at-least-once delivery the same calls are made; `begin` does nothing, and
/// `commit` waits for acknowledgements and then commits offsets.
public protocol LaneTransport: AnyObject {
    /// Whether outputs may be sent while a commit is under way: yes at least once, no in
    /// transactions (a producer has only one).
    var sendsWhileCommitting: Bool { get }

    /// Copies waiting records of the lane's partitions into the batch until it is full.
    ///
    /// Full is what ``RecordBatch/isFull`` says, rows or bytes; what has been fetched beyond that is
    /// kept for the next call.
    /// Returns at once if there are any; otherwise waits for the first, but not longer than `wait`,
    /// and returns early if an event for the lane arrives.
    /// - Returns: How many records left the source, counted there and not by the batch's rows: the
    ///   ledger compares them with what comes out at the other end.
    func read(into batch: RecordBatch, waitingAtMost wait: Duration) -> Int

    /// Takes what a decided batch still needs of its records, and lets go of them.
    ///
    /// Called once for each batch that ``read(into:waitingAtMost:)`` put rows into, after all of them
    /// have outcomes and before the next read. Rows may become dead letters here that the sink would
    /// refuse.
    func didDecide(_ batch: RecordBatch)

    /// Waits until an event for the lane arrives, but not longer than `wait`. Reads nothing.
    func awaitEvent(atMost wait: Duration)

    /// Begins a transaction.
    ///
    /// A producer that was replaced is taken into use only behind an assignment or ``rewind()``: what
    /// the lane has in memory follows on records that went down with the one before.
    /// - Returns: False if that failed; the lane then calls ``recover(as:)``.
    func begin() -> Bool

    /// Hands over what a batch decided: decisions and dead letters, in row order. Copies all bytes,
    /// so that the batch can be recycled at once.
    /// - Returns: False if a record was refused; the lane then calls ``recover(as:)``.
    func send(_ batch: RecordBatch) -> Bool

    /// Whether something is left to be written that stands beside no row of this lane.
    ///
    /// Asked while the lane lets go of its partitions.
    var hasRest: Bool { get }

    /// Hands over what stands beside no row; as ``send(_:)``, within a transaction.
    /// - Returns: False if a record was refused; the lane then calls ``recover(as:)``.
    func sendRest() -> Bool

    /// Starts to commit everything sent since ``begin()`` together with the positions.
    ///
    /// Answered by ``LaneEvent/committed(_:)`` or ``LaneEvent/failed(_:_:)`` with the same number.
    func commit(_ positions: [PartitionPosition], as job: LaneJobID)

    /// Starts to abort what is open and to make the producer usable again.
    ///
    /// Answered by ``LaneEvent/failed(_:_:)`` with the same number, whose value says how it went. At
    /// least once, a commit may be under way at the same time; both are answered.
    func recover(as job: LaneJobID)

    /// Moves the reading position of the lane's partitions back to what is committed.
    /// - Returns: The committed positions, or `nil` if they could not be had (the lane tries again).
    func rewind() -> [PartitionPosition]?

    /// Tells the control thread that the lane has let go of its partitions.
    ///
    /// Called when nothing of the old assignment is in memory or under way any more. A lane that is
    /// asked again before it has answered answers the last round only.
    /// - Parameter round: As ``LaneEvent/revoked(lost:round:)`` or ``LaneEvent/stop(round:)`` named it.
    func acknowledge(_ round: HandshakeRound)
}

/// A transport that writes nothing but what became of rows.
extension LaneTransport {
    /// Nothing.
    public var hasRest: Bool { false }

    /// Sends nothing.
    public func sendRest() -> Bool { true }
}
