import ArkaStream
import ArkaTelemetry
import CRdkafka
import Testing

@testable import ArkaKafka

/// What happens at a real broker while a member works: limits that change, transactions of others.
@Suite(.tags(.broker), .serialized, .enabled(if: TestBroker.bootstrap != nil))
struct RealBrokerFaultTests: BrokerBenched {
    let bench: BrokerBench

    init() throws { bench = try BrokerBench() }

    @Test(arguments: [KafkaSettings.Guarantee.exactlyOnce, .atLeastOnce])
    func `a topic whose limit is lowered gets what still fits, the rest become dead letters`(
        guarantee: KafkaSettings.Guarantee
    ) throws {
        try fill(0..<80)
        var settings = settings
        settings.guarantee = guarantee
        settings.properties["compression.codec"] = "none"
        let member = try TestMember(settings, lanes: 2, logger: log.logger)
        try member.group.start()
        eventually("the first are decided") { member.ledger.decided == 80 }
        try setLimit(of: sink, to: 2000)
        let filler = try TopicFiller(connection, topic: source, logger: log.logger)
        for number in 0..<40 {
            let isLarge = number % 10 == 7
            let text = String(repeating: isLarge ? "L" : "s", count: isLarge ? 5000 : 300)
            try filler.append(Array("\(number) \(text)".utf8), partition: Int32(number % 8))
        }
        try filler.flush()
        filler.close()
        eventually("all are settled") { member.ledger.decided + member.ledger.deadLettered == 120 }
        #expect(member.stop() == .stopped)
        #expect(member.ledger.difference == 0 && member.ledger.deadLettered == 4)
        let seen = try readAll(sink, bootstrap, log: log).map(\.text).filter { $0.first != "?" }
        #expect(Set(seen).count == 116 && seen.allSatisfy { $0.count < 2000 })
        let letters = try readAll(sink + ".dlq", bootstrap, log: log)
        #expect(
            letters.count { $0.headers["arka.error.code"] == Array("decision_too_large".utf8) } >= 4
        )
        #expect(Set(letters.map(\.text)).count == 4 && letters.allSatisfy { $0.text.count > 5000 })
    }

    @Test func `a run whose dead letters are refused, too, ends with exit code 1 and says so`()
        throws
    {
        try fill(0..<80)
        var settings = settings
        settings.properties["compression.codec"] = "none"
        let member = try TestMember(settings, lanes: 1, logger: log.logger)
        try member.group.start()
        eventually("the first are decided") { member.ledger.decided == 80 }
        // Room for the markers of transactions, and for nothing that names a reason.
        for topic in [sink, sink + ".dlq"] { try setLimit(of: topic, to: 200) }
        let filler = try TopicFiller(connection, topic: source, logger: log.logger)
        try filler.append(Array(repeating: UInt8(ascii: "x"), count: 1000))
        try filler.flush()
        filler.close()
        eventually("the run ends") { member.verdict.reason != nil }
        let reason = try #require(member.verdict.reason)
        #expect(reason.code == 1)
        #expect(reason.message.contains(sink + ".dlq refuses records as too large"))
        #expect(reason.message.contains("ARKA-KAFKA-0022"))
        #expect(member.stop().code == 1)
        #expect(member.ledger.difference == 0)
    }

    /// Does what an administrator would do while everything runs.
    private func setLimit(of topic: String, to bytes: Int) throws {
        let admin = try KafkaAdmin(connection, logger: log.logger)
        defer { admin.close() }
        var resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
        defer { rd_kafka_ConfigResource_destroy(resource) }
        rd_kafka_ConfigResource_set_config(resource, "max.message.bytes", "\(bytes)")
        let queue = try #require(rd_kafka_queue_new(admin.handle.pointer))
        defer { rd_kafka_queue_destroy(queue) }
        rd_kafka_AlterConfigs(admin.handle.pointer, &resource, 1, nil, queue)
        let event = try #require(rd_kafka_queue_poll(queue, 10_000))
        #expect(rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_event_destroy(event)
        eventually("the limit holds") { refuses(topic, bytes + 100) }
    }

    /// A broker puts a limit into force a moment after it has confirmed it.
    private func refuses(_ topic: String, _ bytes: Int) -> Bool {
        var connection = connection
        connection.properties["compression.codec"] = "none"
        guard let filler = try? TopicFiller(connection, topic: topic, logger: log.logger) else {
            return false
        }
        defer { filler.close() }
        do {
            try filler.append([UInt8](repeating: UInt8(ascii: "?"), count: bytes))
            try filler.flush()
            return false
        } catch {
            return true
        }
    }

    @Test func `a source that is written in transactions is caught up with`() throws {
        let writer = try LaneProducer(
            settings, topics: OutputTopics(decisions: source, deadLetters: source),
            transactionalID: name + "-writer", name: "writer", logger: log.logger,
            noise: NoiseGate())
        #expect(writer.initialise() == nil)
        for part in 0..<4 {
            #expect(writer.begin() == nil)
            for number in part * 80..<(part + 1) * 80 { try write("\(number)", with: writer) }
            try flush(writer)
            // Two of four are aborted: their records lie between the others, and at the end.
            #expect((part % 2 == 0 ? writer.commit() : writer.abort()) == nil)
        }
        let member = try TestMember(settings, lanes: 2, logger: log.logger)
        try member.group.start()
        eventually("nothing is left to do") {
            let partitions = member.group.statistics.partitions
            return partitions.count == 8 && partitions.allSatisfy { $0.lag == 0 }
        }
        #expect(member.ledger.decided == 160)
        // One that is still open holds back what follows, and is not an end.
        #expect(writer.begin() == nil)
        try write("open", with: writer, partition: 3)
        try flush(writer)
        eventually("there is something to wait for") {
            member.group.statistics.partitions.contains { $0.partition == 3 && $0.lag != 0 }
        }
        #expect(try readableEnd(of: 3) < readableEnd(of: 3, isolation: "read_uncommitted"))
        #expect(writer.commit() == nil)
        eventually("it is decided") { member.ledger.decided == 161 }
        eventually("nothing is left again") {
            member.group.statistics.partitions.allSatisfy { $0.lag == 0 }
        }
        #expect(member.group.health.isReady)
        #expect(member.stop() == .stopped)
        #expect(writer.close(within: .seconds(5)) == nil)
    }

    /// Where a partition ends for the health report: an open transaction of somebody else's is no
    /// standstill of ours.
    private func readableEnd(of partition: Int32, isolation: String? = nil) throws -> Int64 {
        var settings = settings
        if let isolation { settings.properties["isolation.level"] = isolation }
        let client = try KafkaHandle(
            .consumer, name: "asking",
            properties: settings.consumerProperties(instance: nil, lanes: 1),
            callbacks: ClientCallbacks(logger: log.logger, noise: NoiseGate()))
        defer { #expect(client.close(within: .seconds(5)) == nil) }
        let offsets = StartOffsets(settings: settings, logger: log.logger, isStopping: { false })
        let ends = offsets.offsets(
            client.pointer, [partition], at: Int64(RD_KAFKA_OFFSET_END), within: .seconds(10))
        return try #require(ends.positions?.first).next
    }

    private func flush(_ producer: LaneProducer) throws {
        #expect(rd_kafka_flush(producer.handle.pointer, 10_000) == RD_KAFKA_RESP_ERR_NO_ERROR)
    }

    private func write(_ text: String, with producer: LaneProducer, partition: Int32? = nil) throws
    {
        let place = try partition ?? (Int32(#require(Int(text))) % 8)
        var bytes = Array(text.utf8)
        #expect(
            rd_kafka_produce(
                producer.decisions, place, RD_KAFKA_MSG_F_COPY, &bytes, bytes.count, nil, 0, nil)
                == 0)
    }

    @Test func `offsets that a transaction holds back are said to be, and had when it ends`() throws
    {
        let writer = try LaneProducer(
            settings, topics: OutputTopics(decisions: sink, deadLetters: sink),
            transactionalID: name + "-pending", name: "writer", logger: log.logger,
            noise: NoiseGate())
        #expect(writer.initialise() == nil)
        #expect(writer.begin() == nil)
        let pending = [PartitionPosition(partition: 2, next: 7)]
        let generation = try #require(GroupGeneration(unchecked: name))
        #expect(writer.sendOffsets(pending, of: source, in: generation) == nil)

        let client = try KafkaHandle(
            .consumer, name: "asking",
            properties: settings.consumerProperties(instance: nil, lanes: 1),
            callbacks: ClientCallbacks(logger: log.logger, noise: NoiseGate()))
        var reasons: [String] = []
        let offsets = StartOffsets(
            settings: settings, logger: log.logger, isStopping: { false },
            explain: { reason in
                reasons.append(reason)
                if reasons.count == 2 { #expect(writer.commit() == nil) }
            }, attemptsUntilHeldBack: 1)
        #expect(offsets.resolve(client.pointer, [2]) == pending)
        #expect(reasons.count >= 2 && reasons[0].contains("_TIMED_OUT"))
        #expect(client.close(within: .seconds(5)) == nil)
        #expect(writer.close(within: .seconds(5)) == nil)
        #expect(log.finish().contains("ARKA-KAFKA-0023"))
    }
}
