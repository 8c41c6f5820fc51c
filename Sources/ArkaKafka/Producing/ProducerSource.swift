import ArkaSystem
import ArkaTelemetry
import Synchronization

/// A lane's current producer, and how to make the next one.
final class ProducerSource: Sendable {
    let settings: KafkaSettings
    /// The lane's number.
    let lane: Int
    let logger: Logger
    /// `nil` for at-least-once delivery.
    let transactionalID: String?
    private let noise: NoiseGate
    private let limits: Mutex<OutputTopics>
    private let producer = Mutex<LaneProducer?>(nil)
    private let haste = Mutex(Haste.none)
    private let hurry: WakeEvent

    /// - Throws: `SystemError` if the system has no descriptor left.
    init(
        _ settings: KafkaSettings, topics: OutputTopics, lane: Int, transactionalID: String?,
        logger: Logger, noise: NoiseGate
    ) throws(SystemError) {
        self.settings = settings
        limits = Mutex(topics)
        self.lane = lane
        self.transactionalID = transactionalID
        self.logger = logger.with([.lane: .integer(lane)])
        self.noise = noise
        hurry = try WakeEvent()
    }

    /// What the next producer sends under; the present one has its own.
    var topics: OutputTopics { limits.withLock { $0 } }

    /// Lets the next producer send under other limits.
    func use(_ topics: OutputTopics) { limits.withLock { $0 = topics } }

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

    /// How soon the lane must let go of its partitions.
    enum Haste: Sendable {
        /// It need not.
        case none
        /// It must: waits end early, calls are still made again.
        case release
        /// They already belong to others: nothing is worth another call.
        case lost
    }

    /// Says how soon the lane must let go.
    func setHaste(_ haste: Haste) {
        self.haste.withLock { $0 = haste }
        if haste != .none { hurry.raise() }
    }

    /// Whether the lane is asked to let go.
    var isHurried: Bool { haste.withLock { $0 != .none } }
    /// Whether the lane's partitions already belong to others.
    var isLost: Bool { haste.withLock { $0 == .lost } }

    /// Blocks before the next attempt, longer each time.
    func backOff(attempt: Int) {
        guard attempt > 0, !isHurried else { return }
        let wait = Duration.milliseconds(100) * (1 << min(attempt - 1, 5))
        hurry.wait(atMost: wait)
    }
}
