public import ArkaStream

/// Decides all records of a batch; the pipeline's view of the evaluation.
///
/// Where calls of a row are out, its outcome is ``RowOutcome/waiting(ticket:)``. The lane keeps such a
/// row, and ``resume(_:tickets:at:)`` decides it once ``takeReady(atMost:)`` has named its ticket. All
/// methods run on the lane's thread and must not block.
public protocol BatchDecider: AnyObject {
    /// Fills the batch's outcomes, one per row, and its output.
    /// - Parameter wallMilliseconds: The time that decisions name as theirs, since 1970.
    func decide(_ batch: RecordBatch, at wallMilliseconds: Int64)

    /// Goes on with rows that waited; some may wait again, under a new ticket.
    /// - Parameter tickets: The ticket of each row, in their order; used up by this.
    func resume(_ batch: RecordBatch, tickets: [Int], at wallMilliseconds: Int64)

    /// Whether ``takeReady(atMost:)`` would name any.
    var hasReady: Bool { get }

    /// Names rows whose calls are all answered, each ticket once.
    func takeReady(atMost count: Int) -> [Int]

    /// Forgets rows that are given back; their calls are of no use any more.
    func drop(_ tickets: [Int])

    /// Whether no more may be read, since a plugin does not work that decisions must wait for.
    var stopsReading: Bool { get }
}

/// A decider that calls nothing: no row of it ever waits.
extension BatchDecider {
    /// Nothing waits.
    public func resume(_ batch: RecordBatch, tickets: [Int], at wallMilliseconds: Int64) {
        preconditionFailure("no row of this decider waits")
    }

    /// Nothing waits.
    public var hasReady: Bool { false }

    /// Nothing waits.
    public func takeReady(atMost count: Int) -> [Int] { [] }

    /// Nothing waits.
    public func drop(_ tickets: [Int]) {}

    /// Nothing is waited for.
    public var stopsReading: Bool { false }
}
