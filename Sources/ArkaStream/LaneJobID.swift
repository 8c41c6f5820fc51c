/// Names one thing that a lane has started and that is answered later: a commit or a recovery.
///
/// The answer carries the same number, so that it is never credited to anything else. Numbers of a
/// lane grow and are not used twice.
public struct LaneJobID: Sendable, Hashable {
    /// Counted from 1.
    public let number: Int

    /// Names the job with this number.
    public init(_ number: Int) { self.number = number }

    /// Names the job after this one.
    public var next: LaneJobID { LaneJobID(number + 1) }
}
