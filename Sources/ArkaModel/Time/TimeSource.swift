/// Where the engine gets its time from; tests give it one that they move by hand.
public protocol TimeSource: Sendable {
    /// Time since some fixed point, never going back. For intervals and deadlines.
    var monotonic: Duration { get }
    /// Milliseconds since 1970-01-01 UTC. For records that say when something happened.
    var wallMilliseconds: Int64 { get }
}
