import ArkaSystem
import ArkaTelemetry
import Synchronization

/// A lane's current producer, and how to make the next one.
final class ProducerSource: Sendable {
    let settings: KafkaSettings
    let topics: OutputTopics
    /// The lane's number.
    let lane: Int
    let logger: Logger
    /// `nil` for at-least-once delivery.
    let transactionalID: String?
    private let noise: NoiseGate
    private let producer = Mutex<LaneProducer?>(nil)
    private let hurried = Mutex(false)
    private let hurry: WakeEvent

    /// - Throws: `SystemError` if the system has no descriptor left.
    init(
        _ settings: KafkaSettings, topics: OutputTopics, lane: Int, transactionalID: String?,
        logger: Logger, noise: NoiseGate
    ) throws(SystemError) {
        self.settings = settings
        self.topics = topics
        self.lane = lane
        self.transactionalID = transactionalID
        self.logger = logger.with([.lane: .integer(lane)])
        self.noise = noise
        hurry = try WakeEvent()
    }

    /// The producer to send with; `nil` before the first and after one was lost.
    var current: LaneProducer? { producer.withLock { $0 } }

    /// Closes the current producer and makes another with the same id. For the commit thread.
    func replace() throws(KafkaError) -> LaneProducer {
        close()
        let made = try LaneProducer(
            settings, topics: topics, transactionalID: transactionalID,
            name: "producer of lane \(lane)", logger: logger, noise: noise)
        producer.withLock { $0 = made }
        return made
    }

    /// Closes the current producer; nobody can send until it is replaced.
    func close() {
        let lost = producer.withLock { producer in
            defer { producer = nil }
            return producer
        }
        guard let reason = lost?.close(within: KafkaLimits.producerCloseTimeout) else { return }
        logger.warning("a producer does not close; it is left behind", [.reason: .text(reason)])
    }

    // MARK: Waiting

    /// Makes waits end early, because the lane is asked to let go of its partitions; false ends that.
    func setHurried(_ isHurried: Bool) {
        hurried.withLock { $0 = isHurried }
        if isHurried { hurry.raise() }
    }

    /// Whether the lane is asked to let go.
    var isHurried: Bool { hurried.withLock { $0 } }

    /// Blocks before the next attempt, longer each time.
    func backOff(attempt: Int) {
        guard attempt > 0, !isHurried else { return }
        let wait = Duration.milliseconds(100) * (1 << min(attempt - 1, 5))
        hurry.wait(atMost: wait)
    }
}
