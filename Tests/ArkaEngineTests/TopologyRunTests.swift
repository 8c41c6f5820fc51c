import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import Foundation
import Testing

/// Goal: a topic of transactions becomes a topic of decisions, assembled as `pact run` does it.
/// Method: card payments on the embedded broker; a plain consumer reads what came out.
@Suite(.serialized, .timeLimit(.minutes(2))) struct TopologyRunTests {
    static let partitions = 6
    static let count = 3000
    let directory: TemporaryDirectory
    let broker: EmbeddedBroker
    let logger: Logger

    init() throws {
        directory = try TemporaryDirectory()
        logger = Logger(try LogSink(to: StandardStream.error, format: .text, level: .error))
        broker = try EmbeddedBroker(logger: logger)
    }

    // acceptance: S-172, S-173
    @Test(arguments: [DeliveryGuarantee.exactlyOnce, .atLeastOnce])
    func `each transaction of the topic has one decision, under its key, in order`(
        guarantee: DeliveryGuarantee
    ) throws {
        defer { broker.close() }
        let topology = try topology(guarantee)
        for topic in ["card-payments", "card-payments.decisions", "card-payments.decisions.dlq"] {
            try broker.createTopic(topic, partitions: Self.partitions)
        }
        try fillSource()
        let runner = runner(topology)
        try runner.start()
        let never = try Latch()
        while runner.readings.settled < Self.count { never.wait(atMost: .milliseconds(10)) }
        #expect(runner.stop(deadline: SystemTime().monotonic + .seconds(15)) == .stopped)

        let valid = (0..<Self.count).filter { Payment($0).isDecidable }
        let expected = Ledger(
            consumed: Self.count, decided: valid.count,
            deadLettered: (0..<Self.count).count { Payment($0).isBroken },
            skipped: (0..<Self.count).count { Payment($0).isTombstone })
        #expect(runner.ledger == expected)
        let decisions = try readTopic(
            topology.decisionsTopic, partitions: Self.partitions, broker.bootstrap
        ).map(Decision.init)
        #expect(decisions.map(\.payment).sorted() == valid, "one decision each")
        for decision in decisions {
            let payment = Payment(decision.payment)
            #expect(decision.key == payment.key)
            #expect(decision.partition == decision.sourcePartition, "its key's partition")
            #expect(decision.isFlagged == (payment.amount > 220))
        }
        for partition in 0..<Int32(Self.partitions) {
            let offsets = decisions.filter { $0.partition == partition }.map(\.sourceOffset)
            #expect(!offsets.isEmpty && offsets == offsets.sorted(), "order of the partition")
        }
        let letters = try readTopic(
            topology.deadLettersTopic, partitions: Self.partitions, broker.bootstrap)
        #expect(letters.count == expected.deadLettered)
    }

    // MARK: Parts

    private func topology(_ guarantee: DeliveryGuarantee) throws -> TopologySpec {
        let project = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let loaded = loadTopology(
            path: project.appending(path: "topologies/card-payments/topology.yaml").path,
            environment: [
                "PACT_BOOTSTRAP": broker.bootstrap.joined(separator: ","),
                "PACT_GUARANTEE": guarantee.rawValue,
            ], files: .system)
        return try #require(loaded.value, "\(loaded.diagnostics.map { $0.rendered() })")
    }

    private func runner(_ topology: TopologySpec) -> TopologyRunner {
        let engine = EngineSpec(
            dataDirectory: directory.path, laneCount: 2, membership: .dynamic)
        var settings = KafkaSettings(topology, engine)
        settings.isEmbedded = true
        return TopologyRunner(
            topology, engine, settings: settings, logger: logger, registry: MetricsRegistry(),
            time: SystemTime()
        ) { Issue.record("the run ended: \($0.message)") }
    }

    private func fillSource() throws {
        let filler = try TopicFiller(
            KafkaConnection(bootstrap: broker.bootstrap), topic: "card-payments", logger: logger)
        defer { filler.close() }
        for number in 0..<Self.count {
            let payment = Payment(number)
            // A record without a key would go anywhere: it gets a partition of its own choice.
            try filler.append(
                payment.record.map { Array($0.utf8) }, key: payment.key.map { Array($0.utf8) },
                partition: payment.key == nil ? Int32(number % Self.partitions) : nil)
        }
        try filler.flush()
    }
}

/// One record of the source topic, by its number.
private struct Payment {
    let number: Int

    init(_ number: Int) { self.number = number }

    var isTombstone: Bool { number % 61 == 7 }
    var isBroken: Bool { !isTombstone && number % 53 == 5 }
    var isDecidable: Bool { !isTombstone && !isBroken }
    var key: String? { number % 71 == 9 ? nil : "customer-\(number % 37)" }
    var amount: Int { 1 + number % 500 }

    /// The payload; `nil` for a tombstone.
    var record: String? {
        if isTombstone { return nil }
        if isBroken { return "{\"id\":\"p\(number)\"" }
        return #"{"id":"p\#(number)","timestamp":"2026-03-01T10:00:00Z","#
            + #""customer":{"id":"c"},"terminal":{"id":"t"},"amount":\#(amount)}"#
    }
}

/// A decision as JSON says it, and where it stood.
private struct Decision {
    let payment: Int
    let key: String?
    let partition: Int32
    let sourcePartition: Int32
    let sourceOffset: Int64
    let isFlagged: Bool

    init(_ seen: SeenRecord) throws {
        let value = try JSONSerialization.jsonObject(with: Data(seen.value.utf8))
        let object = try #require(value as? [String: Any])
        let transaction = try #require(object["transaction_id"] as? String)
        let place = try #require(object["decision_id"] as? String).split(separator: "/")
        payment = try #require(Int(transaction.dropFirst()))
        sourcePartition = try #require(Int32(place[1]))
        sourceOffset = try #require(Int64(place[2]))
        isFlagged = object["status"] as? String == "flagged"
        partition = seen.partition
        key = seen.key
    }
}
