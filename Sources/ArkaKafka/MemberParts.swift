import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Synchronization

/// Makes what a group member consists of.
struct MemberParts {
    private let settings: KafkaSettings
    private let lanes: [KafkaLane]
    private let topics: OutputTopics
    private let audit: (any AuditTrail)?
    private let instance: String
    private let state: GroupState
    private let handshake: Handshake
    private let logger: Logger
    private let noise: NoiseGate
    private let time: any TimeSource

    init(
        _ settings: KafkaSettings, lanes: [KafkaLane], topics: OutputTopics,
        audit: (any AuditTrail)?, instance: String, state: GroupState, handshake: Handshake,
        logger: Logger, noise: NoiseGate,
        time: any TimeSource
    ) {
        self.settings = settings
        self.lanes = lanes
        self.topics = topics
        self.audit = audit
        self.instance = instance
        self.state = state
        self.handshake = handshake
        self.logger = logger
        self.noise = noise
        self.time = time
    }

    /// The consumer of the group; its rebalances go to the control thread's object.
    func makeConsumer(_ control: ConsumerControl) throws(KafkaError) -> KafkaHandle {
        let callbacks = ClientCallbacks(logger: logger, noise: noise) { [weak control] in
            control?.rebalance($0, $1)
        }
        let name = settings.membership == .static ? instance : nil
        return try KafkaHandle(
            .consumer, name: "consumer",
            properties: settings.consumerProperties(instance: name, lanes: lanes.count),
            callbacks: callbacks)
    }

    /// One core per lane, with its queue, its producer's source and its commit thread.
    func makeCores(_ consumer: KafkaHandle) throws(KafkaError) -> [LaneCore] {
        var cores: [LaneCore] = []
        for lane in lanes {
            guard let queue = rd_kafka_queue_new(consumer.pointer) else {
                throw KafkaError(.requestFailed, "lane \(lane.index)", "no memory for its queue")
            }
            let kept = consumer.keep(queue, destroyedBy: rd_kafka_queue_destroy)
            do {
                cores.append(try makeCore(lane, consumer, kept))
            } catch {
                for core in cores { core.worker.end() }
                throw KafkaError(.requestFailed, error.subject, error.reason)
            }
        }
        return cores
    }

    private func makeCore(
        _ lane: KafkaLane, _ consumer: KafkaHandle, _ queue: OpaquePointer
    ) throws(SystemError) -> LaneCore {
        let (state, handshake, index) = (state, handshake, lane.index)
        let report: LaneReporter = { state.report($0) }
        let source = try makeSource(lane.index)
        let delivery: any LaneDelivery =
            settings.guarantee == .exactlyOnce
            ? TransactionalDelivery(source, time: time, report: report)
            : AcknowledgedDelivery(source, consumer: consumer, time: time, report: report)
        return try LaneCore(
            consumer: consumer, queue: queue, delivery: delivery, mailbox: lane.mailbox,
            audit: audit, report: report, acknowledge: { handshake.acknowledge(index, $0) })
    }

    private func makeSource(_ lane: Int) throws(SystemError) -> ProducerSource {
        try ProducerSource(
            settings, topics: topics, lane: lane,
            transactionalID: settings.guarantee == .exactlyOnce ? transactionalID(lane) : nil,
            logger: logger, noise: noise)
    }

    private func transactionalID(_ lane: Int) -> String {
        "pact-\(settings.groupID)-\(instance)-\(lane)"
    }

    // MARK: Fencing what is left over

    /// Begins to take over ids that an earlier life of this instance used and this one does not, so
    /// that a transaction which it left open ends now and not by its time-out.
    func fence(_ lanes: Range<Int>) throws(KafkaError) -> GhostFencing {
        let fencing = try GhostFencing(lanes, logger: logger)
        for lane in lanes {
            let producer = try LaneProducer(
                settings, topics: topics, transactionalID: transactionalID(lane),
                name: "fence of lane \(lane)", logger: logger, noise: noise)
            fencing.start(lane, producer)
        }
        return fencing
    }
}

/// Takes over transactional ids in parallel, each on a thread of its own.
final class GhostFencing: Sendable {
    private let lanes: Range<Int>
    private let logger: Logger
    private let handshake: Handshake
    private let round: HandshakeRound
    private let failures = Mutex<[KafkaFailure]>([])

    init(_ lanes: Range<Int>, logger: Logger) throws(KafkaError) {
        self.lanes = lanes
        self.logger = logger
        do {
            handshake = try Handshake()
        } catch {
            throw KafkaError(.requestFailed, error.subject, error.reason)
        }
        round = handshake.expect(lanes)
    }

    func start(_ lane: Int, _ producer: LaneProducer) {
        let thread = try? Thread("fence-\(lane)") { [self] in
            var failure = producer.initialise()
            while let last = failure, RecoveryAction.after(last, during: .initialise) == .retry {
                failure = producer.initialise()
            }
            _ = producer.close(within: KafkaLimits.producerCloseTimeout)
            if let failure { failures.withLock { $0.append(failure) } }
            handshake.acknowledge(lane, round)
        }
        guard thread == nil else { return }
        failures.withLock { $0.append(KafkaFailure(RD_KAFKA_RESP_ERR__FAIL, reason: "no thread")) }
        handshake.acknowledge(lane, round)
    }

    /// Blocks until all are taken over.
    /// - Throws: ``KafkaError``: `brokerUnreachable`, `transactionsRefused`.
    func wait() throws(KafkaError) {
        let late = handshake.wait(until: SystemTime().monotonic + KafkaLimits.renewalTimeout)
        guard late.isEmpty else {
            throw KafkaError(
                .brokerUnreachable, "transactional ids",
                "the coordinator did not answer about lanes \(late)")
        }
        if let failure = failures.withLock({ $0.first }) {
            throw KafkaError(.transactionsRefused, "transactional id", failure.description)
        }
        if !lanes.isEmpty {
            logger.info("ids of lanes no longer used are fenced", [.count: .integer(lanes.count)])
        }
    }
}
