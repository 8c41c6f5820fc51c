import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Synchronization
import Testing

@testable import ArkaKafka

/// Goal: each error that a broker may answer with leads to the action that the table of
/// ``RecoveryAction`` says, and the lane can go on afterwards where it should.
/// Method: inject it on the embedded broker, run one transaction, look at the lane's event; then run
/// transactions until one goes through.
@Suite struct DeliveryFaultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let request: EmbeddedBroker.Request
        let code: rd_kafka_resp_err_t
        var times = 1
        let event: CommitOutcome
        var testDescription: String {
            "request \(request.key) answered \(KafkaFailure(code).name) × \(times): \(event)"
        }

        init(
            _ request: EmbeddedBroker.Request, _ code: rd_kafka_resp_err_t, times: Int = 1,
            _ event: CommitOutcome
        ) {
            self.request = request
            self.code = code
            self.times = times
            self.event = event
        }
    }

    static let rows: [Row] = [
        // The library tries again by itself.
        Row(.produce, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, times: 2, .committed),
        Row(.produce, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, times: 2, .committed),
        Row(.produce, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, times: 2, .committed),
        Row(.produce, RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, .committed),
        Row(.produce, RD_KAFKA_RESP_ERR__TRANSPORT, times: 2, .committed),
        Row(.addPartitions, RD_KAFKA_RESP_ERR_NOT_COORDINATOR, .committed),
        Row(.addPartitions, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, .committed),
        Row(.addOffsets, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, .committed),
        Row(.transactionalOffsetCommit, RD_KAFKA_RESP_ERR_NOT_COORDINATOR, .committed),
        Row(
            .transactionalOffsetCommit, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, .committed),
        Row(.endTransaction, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, .committed),
        // The transaction is over, the producer is not.
        Row(.produce, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, .failed(.aborted)),
        Row(.produce, RD_KAFKA_RESP_ERR_INVALID_MSG, .failed(.aborted)),
        Row(.produce, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, .failed(.aborted)),
        Row(.addPartitions, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, .failed(.aborted)),
        // A rebalance went on under the transaction.
        Row(
            .transactionalOffsetCommit, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, .failed(.aborted)),
        Row(.transactionalOffsetCommit, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, .failed(.aborted)),
        Row(
            .transactionalOffsetCommit, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, .failed(.aborted)),
        // The producer is lost. Whether the call before the commit notices, or the commit, is up to the
        // library's threads; from then on the committed positions tell.
        Row(.produce, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, .failed(.inDoubt)),
        Row(.addPartitions, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, .failed(.inDoubt)),
        Row(.endTransaction, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, .failed(.inDoubt)),
        // Somebody else has the id.
        Row(.produce, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, .failed(.fenced)),
        Row(.produce, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, .failed(.fenced)),
        Row(.addPartitions, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, .failed(.fenced)),
        Row(.addPartitions, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, .failed(.fenced)),
        Row(
            .transactionalOffsetCommit, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, .failed(.fenced)),
        Row(.transactionalOffsetCommit, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, .failed(.fenced)),
        Row(.endTransaction, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, .failed(.fenced)),
        Row(.endTransaction, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, .failed(.fenced)),
        // Nothing helps.
        Row(.produce, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, .failed(.hopeless)),
        Row(.addOffsets, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, .failed(.hopeless)),
    ]

    /// What stands beside no row is sent without positions of its own. A member that has lost its
    /// partitions has none to commit, and nobody would refuse it.
    @Test func `a transaction that the group is not asked about is aborted`() throws {
        let bench = try FaultBench(transactional: true)
        defer { bench.close() }
        try #require(bench.delivery.begin())
        #expect(bench.sendAndCommit(positions: []) == .failed(.aborted))
        #expect(bench.transaction() == .committed, "the producer goes on")
    }

    @Test(arguments: rows)
    func `a transaction under a fault ends as the table says, and the next ones go through`(
        row: Row
    ) throws {
        let bench = try FaultBench(transactional: true)
        defer { bench.close() }
        #expect(bench.transaction() == .committed, "undisturbed")
        let delivery = bench.delivery
        try #require(delivery.begin())
        bench.broker.fail(row.request, with: Array(repeating: row.code, count: row.times))
        let event = bench.sendAndCommit()
        let isNoticedEarly = row.event == .failed(.inDoubt) && event == .failed(.aborted)
        #expect(event == row.event || isNoticedEarly, "\(event): \(bench.log.finish())")
        bench.broker.stopFailing(row.request)
        switch row.event {
        case .failed(.fenced):
            #expect(bench.hasReported { if case .fenced = $0 { true } else { false } })
            #expect(!delivery.isUsable)
            guard case .ready = delivery.renew() else {
                Issue.record("no new producer")
                return
            }
        case .failed(.hopeless):
            #expect(bench.hasReported { if case .hopeless = $0 { true } else { false } })
            return
        default: break
        }
        #expect(bench.transactionsUntilCommitted() <= 3, "\(bench.log.output.text)")
    }

    @Test(arguments: [
        (RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, true),
        (RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, true),
        (RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, false),
        (RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, false),
    ])
    func `taking over an id either works in the end or is refused for good`(
        code: rd_kafka_resp_err_t, works: Bool
    ) throws {
        let bench = try FaultBench(transactional: true, isReady: false)
        defer { bench.close() }
        bench.broker.fail(.initProducerID, with: [code])
        switch bench.delivery.renew() {
        case .ready: #expect(works)
        case .hopeless(let failure): #expect(!works && failure.code == code)
        case .fenced, .interrupted: Issue.record("neither")
        }
    }

    @Test func `a lane that must let go does not wait for a coordinator that is away`() throws {
        let bench = try FaultBench(transactional: true, isReady: false)
        defer { bench.close() }
        bench.delivery.source.setHaste(.release)
        let many = Array(repeating: RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, count: 1)
        bench.broker.fail(.initProducerID, with: many)
        if case .ready = bench.delivery.renew() { Issue.record("it was refused") }
    }

    @Test func `without transactions, records that a broker refuses are read again`() throws {
        let bench = try FaultBench(transactional: false)
        defer { bench.close() }
        #expect(bench.transaction() == .committed)
        bench.broker.fail(.produce, with: [RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE])
        #expect(bench.transaction() == .failed(.aborted))
        #expect(bench.transaction() == .committed)
    }

    /// The embedded broker does not say what a topic takes, so it is found out: together, alone, as
    /// dead letters, as dead letters without a payload.
    @Test(arguments: [true, false])
    func `a topic that takes nothing ends the run after a handful of attempts`(
        transactional: Bool
    ) throws {
        let bench = try FaultBench(transactional: transactional)
        defer { bench.close() }
        #expect(bench.transaction() == .committed)
        bench.broker.fail(
            .produce, with: Array(repeating: RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, count: 1000))
        var outcomes: [CommitOutcome] = []
        while outcomes.last != .failed(.hopeless), outcomes.count < 10 {
            outcomes.append(bench.transaction())
        }
        #expect(outcomes.last == .failed(.hopeless) && outcomes.count >= 3, "\(outcomes)")
        #expect(
            bench.hasReported {
                guard case .hopeless(_, let failure) = $0 else { return false }
                return failure.reason.hasPrefix("out.dlq refuses records as too large")
            }, "\(bench.allReports)")
    }

    @Test func `without transactions, a missing right ends the run`() throws {
        let bench = try FaultBench(transactional: false)
        defer { bench.close() }
        bench.broker.fail(.produce, with: [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED])
        #expect(bench.transaction() == .failed(.hopeless))
        #expect(bench.hasReported { if case .hopeless = $0 { true } else { false } })
    }

    @Test func `a full producer keeps the order and loses nothing`() throws {
        let bench = try FaultBench(
            transactional: false, properties: ["queue.buffering.max.messages": "20"])
        defer { bench.close() }
        #expect(bench.transaction(records: 2000) == .committed)
        let seen = try readAll("out", bench.broker.bootstrap, log: bench.log)
        #expect(seen.compactMap { Int($0.text) } == Array(0..<2000))
    }
}

/// One lane's delivery on an embedded broker, without a group.
final class FaultBench {
    let broker: EmbeddedBroker
    let log: TestLog
    let delivery: any LaneDelivery
    private let consumer: KafkaHandle
    private let writer: LaneWriter
    private let reports = ReportBox()
    private let settings: KafkaSettings
    private let generation: GroupGeneration

    init(
        transactional: Bool, isReady: Bool = true, properties: [String: String] = [:]
    ) throws {
        let log = try TestLog()
        self.log = log
        broker = try EmbeddedBroker(logger: log.logger)
        try broker.createTopic("in", partitions: 1)
        try broker.createTopic("out", partitions: 1)
        try broker.createTopic("out.dlq", partitions: 1)
        var settings = KafkaSettings(
            bootstrap: broker.bootstrap, groupID: "g", sourceTopic: "in", decisionsTopic: "out",
            dataDirectory: "/nowhere")
        settings.isEmbedded = true
        settings.properties = properties
        settings.properties["retry.backoff.ms"] = "20"
        self.settings = settings
        let topics = OutputTopics(decisions: "out", deadLetters: "out.dlq")
        let source = try ProducerSource(
            settings, topics: topics, lane: 0, transactionalID: transactional ? "t" : nil,
            logger: log.logger, noise: NoiseGate())
        consumer = try KafkaHandle(
            .consumer, name: "consumer",
            properties: settings.consumerProperties(instance: nil, lanes: 1),
            callbacks: ClientCallbacks(logger: log.logger, noise: NoiseGate()))
        let report: LaneReporter = { [reports] in reports.add($0) }
        delivery =
            transactional
            ? TransactionalDelivery(source, time: SystemTime(), report: report)
            : AcknowledgedDelivery(source, consumer: consumer, time: SystemTime(), report: report)
        writer = LaneWriter(sourceTopic: "in")
        generation = try #require(GroupGeneration(unchecked: "g"))
        if isReady, case .ready = delivery.renew() { return }
        try #require(!isReady, "the producer does not start")
    }

    func close() {
        delivery.source.close()
        #expect(consumer.close(within: .seconds(5)) == nil)
        broker.close()
    }

    func hasReported(_ matches: (LaneReport) -> Bool) -> Bool { reports.contains(matches) }

    var allReports: String { reports.description }

    /// Begins, sends, commits.
    func transaction(records: Int = 3) -> CommitOutcome {
        guard delivery.begin() else { return .failed(delivery.recover()) }
        return sendAndCommit(records: records)
    }

    /// - Parameter positions: Those behind the records where nothing else is said.
    func sendAndCommit(
        records: Int = 3, positions: [PartitionPosition]? = nil
    ) -> CommitOutcome {
        let acknowledged = delivery as? AcknowledgedDelivery
        var first = 0
        while first < records {
            let batch = batch(first..<min(records, first + RecordBatch.capacity))
            first += batch.count
            LaneWriter.setAsideTooLarge(batch, for: delivery.source.topics)
            guard let producer = delivery.source.current else { return .failed(delivery.recover()) }
            let epoch = acknowledged?.tracker.withLock { $0.willSend(batch.count) } ?? 0
            let refused = writer.send(batch, with: producer, mark: epoch) {
                acknowledged?.drainReports(of: producer, waitingAtMost: .milliseconds(5))
                return true
            }
            guard refused == nil else { return .failed(delivery.recover()) }
        }
        let epoch = acknowledged?.tracker.withLock { $0.seal() } ?? 0
        return delivery.commit(
            CommitRequest(
                job: LaneJobID(1),
                positions: positions
                    ?? [PartitionPosition(partition: 0, next: Int64(records))],
                generation: generation, records: records, epoch: epoch))
    }

    /// How many it takes; at most 10 are tried.
    func transactionsUntilCommitted() -> Int {
        (1...10).first { _ in transaction() == .committed } ?? 11
    }

    private func batch(_ numbers: Range<Int>) -> RecordBatch {
        let batch = RecordBatch()
        for number in numbers {
            Array("\(number)".utf8).withUnsafeBytes {
                batch.append(
                    payload: $0, key: nil, partition: 0, offset: Int64(number), timestamp: 0)
            }
        }
        EchoDecider().decide(batch, at: 0)
        return batch
    }
}

private final class ReportBox: Sendable {
    private let reports = Mutex<[LaneReport]>([])
    func add(_ report: LaneReport) { reports.withLock { $0.append(report) } }
    var description: String { reports.withLock { "\($0)" } }
    func contains(_ matches: (LaneReport) -> Bool) -> Bool {
        reports.withLock { $0.contains(where: matches) }
    }
}
