public import ArkaModel
public import ArkaStream
import ArkaSystem
public import ArkaTelemetry
import CRdkafka
import Synchronization

/// This process as a member of a consumer group: reads a topic in lanes, writes decisions.
///
/// ```
/// init ──start()──► working ──stop(deadline:)──► ended
///                      └── unable to go on ──► onEnd, ended
/// ```
///
/// The lanes' threads belong to the caller: start one per ``lanes`` element, before or after
/// ``start()``; each ends when its ``LaneEvent/stop(round:)`` has been acknowledged.
public final class KafkaConsumerGroup: Sendable {
    /// One per lane, in order.
    public let lanes: [KafkaLane]
    private let settings: KafkaSettings
    private let audit: (any AuditTrail)?
    private let logger: Logger
    private let time: any TimeSource
    private let onEnd: @Sendable (ExitReason) -> Void
    private let running = Mutex<GroupMember?>(nil)
    private let exit = Mutex<ExitReason?>(nil)
    private let inForce = Mutex<KafkaClientSettings?>(nil)

    /// Prepares a member; nothing is connected yet.
    /// - Parameters:
    ///   - settings: What to read and write, and how.
    ///   - laneCount: How many lanes share the partitions; at least 1.
    ///   - audit: What leaves with the decisions, to ``KafkaSettings/auditTopic``; `nil` for nothing.
    ///   - logger: Where it says what happens.
    ///   - time: The clock of intervals and deadlines.
    ///   - onEnd: Called at most once, on a thread of the group, when the process cannot go on: the
    ///     lanes have let go by then and the group has been left. Not called after ``stop(deadline:)``.
    public init(
        settings: KafkaSettings, lanes laneCount: Int, audit: (any AuditTrail)? = nil,
        logger: Logger, time: any TimeSource, onEnd: @escaping @Sendable (ExitReason) -> Void
    ) {
        precondition(laneCount > 0, "a process has at least one lane")
        precondition(audit == nil || settings.auditTopic != nil, "an audit trail has a topic")
        self.audit = audit
        self.settings = settings
        self.logger = logger
        self.time = time
        self.onEnd = onEnd
        lanes = (0..<laneCount).map { KafkaLane(index: $0, guarantee: settings.guarantee) }
    }

    /// Connects, fences what an earlier life of this instance left behind, and joins the group.
    ///
    /// Blocks until the brokers have answered, at most about 40 s. The dead-letter topic is created
    /// if it is missing; the others must exist.
    /// - Throws: ``KafkaError``; nothing is left running then.
    public func start() throws(KafkaError) {
        let member = try GroupMember(
            settings, lanes: lanes, audit: audit, logger: logger, time: time, onEnd: onEnd)
        inForce.withLock { $0 = member.clientSettings }
        running.withLock { $0 = member }
    }

    /// Lets the lanes commit what they have read, leaves the group, closes all clients. Blocks.
    /// - Parameter deadline: The ``TimeSource/monotonic`` time at which it returns at the latest.
    /// - Returns: ``ExitReason/stopped``; why it ended earlier, if it did; or code 1 with what hung.
    public func stop(deadline: Duration) -> ExitReason {
        if let reason = exit.withLock({ $0 }) { return reason }
        guard let member = running.withLock({ $0 }) else {
            for lane in lanes { lane.mailbox.post(.stop(round: .unasked)) }
            return .stopped
        }
        let reason = member.stop(within: max(.zero, deadline - time.monotonic))
        exit.withLock { $0 = reason }
        // Gives the instance's slot back; one that hangs is kept, since parts of it still run.
        if member.state.ended.isOpen { running.withLock { $0 = nil } }
        return reason
    }

    /// Whether every assigned partition moves. From any thread.
    public var health: KafkaHealth {
        let reasons = running.withLock { $0 }?.state.reasons
        return KafkaHealth(reasons: reasons ?? ["this process is not in the consumer group"])
    }

    /// What it has done and holds. From any thread; asks no broker.
    public var statistics: KafkaStatistics {
        running.withLock { $0 }?.statistics ?? KafkaStatistics()
    }

    /// What its clients run with, as librdkafka has it; `nil` before it was started.
    public var clientSettings: KafkaClientSettings? { inForce.withLock { $0 } }

    /// The name of this process in its group; `nil` before it was started.
    public var instance: String? { running.withLock { $0 }?.slot.instance }
}
