public import ArkaModel
public import ArkaTelemetry

/// This process as a member of a consumer group: reads a topic in lanes, writes decisions.
///
/// ```
/// init ──start()──► working ──stop(deadline:)──► ended
///                      └── unable to go on ──► onEnd, ended
/// ```
///
/// The lanes' threads belong to the caller: start one per ``lanes`` element, before or after
/// ``start()``; each ends when its ``LaneEvent/stop`` has been acknowledged.
public final class KafkaConsumerGroup: Sendable {
    /// One per lane, in order.
    public let lanes: [KafkaLane]

    /// Prepares a member; nothing is connected yet.
    /// - Parameters:
    ///   - settings: What to read and write, and how.
    ///   - laneCount: How many lanes share the partitions; at least 1.
    ///   - logger: Where it says what happens.
    ///   - time: The clock of intervals and deadlines.
    ///   - onEnd: Called at most once, on a thread of the group, when the process cannot go on: the
    ///     lanes have let go by then and the group has been left. Not called after ``stop(deadline:)``.
    public init(
        settings: KafkaSettings, lanes laneCount: Int, logger: Logger, time: any TimeSource,
        onEnd: @escaping @Sendable (ExitReason) -> Void
    ) {
        precondition(laneCount > 0, "a process has at least one lane")
        lanes = (0..<laneCount).map { KafkaLane(index: $0, guarantee: settings.guarantee) }
    }

    /// Connects, fences what an earlier life of this instance left behind, and joins the group.
    ///
    /// Blocks until the brokers have answered, at most about 40 s.
    /// - Throws: ``KafkaError``; nothing is left running then.
    public func start() throws(KafkaError) {}

    /// Lets the lanes commit what they have read, leaves the group, closes all clients. Blocks.
    /// - Parameter deadline: The ``TimeSource/monotonic`` time at which it returns at the latest.
    /// - Returns: ``ExitReason/stopped``; why it ended earlier, if it did; or code 1 with what hung.
    public func stop(deadline: Duration) -> ExitReason { .stopped }

    /// Whether every assigned partition moves. From any thread.
    public var health: KafkaHealth { KafkaHealth(reasons: []) }

    /// What it has done and holds. From any thread; asks no broker.
    public var statistics: KafkaStatistics { KafkaStatistics() }
}
