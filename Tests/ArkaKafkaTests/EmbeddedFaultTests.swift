import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Testing

@testable import ArkaKafka

/// A member whose group or broker misbehaves, and members that are stopped at odd moments.
@Suite struct EmbeddedFaultTests {
    private let log: TestLog
    private let folder = TemporaryFolder()
    private let broker: EmbeddedBroker

    init() throws {
        log = try TestLog()
        broker = try EmbeddedBroker(logger: log.logger)
        try broker.createTopic("in", partitions: 4)
        try broker.createTopic("out", partitions: 4)
        try broker.createTopic("out.dlq", partitions: 1)
    }

    private var settings: KafkaSettings {
        var settings = KafkaSettings(
            bootstrap: broker.bootstrap, groupID: "g", sourceTopic: "in", decisionsTopic: "out",
            dataDirectory: folder.path)
        settings.isEmbedded = true
        settings.guarantee = .atLeastOnce
        settings.properties["session.timeout.ms"] = "6000"
        settings.properties["heartbeat.interval.ms"] = "100"
        return settings
    }

    private func fill(_ count: Int) throws {
        let filler = try TopicFiller(
            KafkaConnection(bootstrap: broker.bootstrap), topic: "in", logger: log.logger)
        for index in 0..<count {
            try filler.append(Array("\(index)".utf8), partition: Int32(index % 4))
        }
        try filler.flush()
        filler.close()
    }

    private func started(_ settings: KafkaSettings, lanes: Int = 2) throws -> TestMember {
        let member = try TestMember(settings, lanes: lanes, logger: log.logger)
        try member.group.start()
        return member
    }

    @Test(arguments: [
        RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
    ])
    func `a lost assignment is dropped without a commit and taken up again`(
        code: rd_kafka_resp_err_t
    ) throws {
        defer { broker.close() }
        try fill(400)
        let member = try started(settings)
        eventually("the first are decided") { member.ledger.decided == 400 }
        broker.fail(.heartbeat, with: [code])
        eventually("partitions come back") { member.group.statistics.assignments == 2 }
        try fill(400)
        eventually("the rest is decided") { member.ledger.decided >= 800 }
        #expect(member.stop() == .stopped)
        #expect(member.ledger.difference == 0)
        #expect(log.finish().contains("partitions lost"))
    }

    @Test func `a taken instance id ends the process with exit code 3`() throws {
        defer { broker.close() }
        let member = try started(settings)
        eventually("partitions are assigned") { member.group.statistics.assignments == 1 }
        broker.fail(.heartbeat, with: [RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID])
        eventually("the process gives up") { member.verdict.reason != nil }
        #expect(member.verdict.reason?.code == 3)
        #expect(member.verdict.reason?.message.contains("ARKA-KAFKA-0018") == true)
        #expect(member.stop().code == 3)
    }

    @Test func `a partition without a leader is named until it has one again, the others go on`()
        throws
    {
        defer { broker.close() }
        try fill(400)
        let member = try started(settings)
        eventually("the first are decided") { member.ledger.decided == 400 }
        broker.moveLeader(of: "in", partition: 1, to: -1)
        eventually("it is named") {
            let reasons = member.group.health.reasons
            return reasons.count == 1
                && reasons[0].hasPrefix("in/1: its leader does not answer (")
        }
        broker.moveLeader(of: "in", partition: 1, to: 1)
        eventually("all are well again") { member.group.health.isReady }
        try fill(400)
        eventually("all are decided") { member.ledger.decided == 800 }
        #expect(member.group.health.isReady)
        #expect(member.stop() == .stopped)
        let said = log.finish()
        #expect(said.contains("partition makes no progress"))
        #expect(said.contains("partition goes on"))
    }

    @Test func `records that nobody decides are named`() throws {
        defer { broker.close() }
        let member = try started(settings)
        eventually("partitions are assigned") { member.group.statistics.assignments == 1 }
        // No fetch brings anything, and all other requests are answered.
        broker.fail(.fetch, with: Array(repeating: RD_KAFKA_RESP_ERR_UNKNOWN, count: 10_000))
        try fill(8)
        eventually("they are named") {
            member.group.health.reasons.contains {
                $0 == "in/3: 2 records wait, and none was decided meanwhile"
            }
        }
        broker.stopFailing(.fetch)
        eventually("all are decided") { member.ledger.decided == 8 }
        eventually("all are well again") { member.group.health.isReady }
        #expect(member.stop() == .stopped)
    }

    @Test func `a stop while nothing is assigned yet ends in order`() throws {
        defer { broker.close() }
        let member = try started(settings)
        #expect(!member.group.health.isReady)
        #expect(member.stop() == .stopped)
    }

    @Test func `a stop before the start, and a second stop, are fine`() throws {
        defer { broker.close() }
        let member = try TestMember(settings, lanes: 3, logger: log.logger)
        #expect(member.stop() == .stopped)
        #expect(member.stop() == .stopped)
    }

    @Test func `a stop in the middle of the work loses and doubles nothing`() throws {
        defer { broker.close() }
        try fill(4000)
        let member = try started(settings, lanes: 3)
        eventually("work is going on") { member.ledger.consumed > 0 }
        #expect(member.stop() == .stopped)
        #expect(member.ledger.difference == 0)
        let next = try started(settings, lanes: 1)
        eventually("the rest is decided") {
            member.ledger.decided + next.ledger.decided == 4000
        }
        #expect(next.stop() == .stopped)
        let seen = try readAll("out", broker.bootstrap, log: log)
        #expect(Set(seen.map(\.text)).count == 4000)
        #expect(seen.count == 4000)
    }

    @Test func `a stop while the broker is away ends in time and says what hangs, or nothing`()
        throws
    {
        defer { broker.close() }
        try fill(400)
        let member = try started(settings)
        eventually("the first are decided") { member.ledger.decided == 400 }
        broker.setReachable(false)
        let clock = SystemTime()
        let begin = clock.monotonic
        let reason = member.group.stop(deadline: begin + .seconds(8))
        #expect(clock.monotonic - begin < .seconds(9))
        #expect(reason == .stopped || reason.message.contains("ARKA-KAFKA-0017"))
        broker.setReachable(true)
    }

    @Test func `a broker that goes away for a while interrupts and loses nothing`() throws {
        defer { broker.close() }
        try fill(400)
        let member = try started(settings)
        eventually("the first are decided") { member.ledger.decided == 400 }
        broker.setReachable(false)
        eventually("the process says that it cannot work") {
            member.group.health.reasons.contains("no broker can be reached")
        }
        broker.setReachable(true)
        try fill(400)
        eventually("the rest is decided") { member.ledger.decided >= 800 }
        eventually("the process works again") { member.group.health.isReady }
        #expect(member.stop() == .stopped)
        #expect(member.ledger.difference == 0)
    }

    @Test func `a decision that is too large keeps its record's headers, too`() throws {
        defer { broker.close() }
        let limit = OutputTopics(decisions: "out", deadLetters: "out.dlq").decisionBytesMax
        // With its one header just below what a topic takes, and above what a decision may have.
        let payload = [UInt8](repeating: UInt8(ascii: "x"), count: limit - 100)
        let headers = try #require(rd_kafka_headers_new(1))
        rd_kafka_header_add(headers, "h", -1, "v", -1)
        try produce(payload, headers)
        try produce(Array("small".utf8), try #require(rd_kafka_headers_new(1)))

        let member = try started(settings, lanes: 1)
        eventually("both are settled") { member.ledger.deadLettered + member.ledger.decided == 2 }
        #expect(member.stop() == .stopped)
        let letter = try #require(try readAll("out.dlq", broker.bootstrap, log: log).first)
        #expect(letter.headers["h"] == Array("v".utf8))
        #expect(letter.headers["arka.error.code"] == Array("decision_too_large".utf8))
        #expect(try readAll("out", broker.bootstrap, log: log).map(\.text) == ["small"])
    }

    /// Writes one record to the source; takes the headers over.
    private func produce(_ payload: [UInt8], _ headers: OpaquePointer) throws {
        let producer = try LaneProducer(
            settings, topics: OutputTopics(decisions: "in", deadLetters: "in"),
            transactionalID: nil, name: "producer", logger: log.logger, noise: NoiseGate())
        var arguments = [rd_kafka_vu_t](repeating: rd_kafka_vu_t(), count: 4)
        var payload = payload
        payload.withUnsafeMutableBytes { bytes in
            arguments[0].vtype = RD_KAFKA_VTYPE_RKT
            arguments[0].u.rkt = producer.decisions
            arguments[1].vtype = RD_KAFKA_VTYPE_VALUE
            arguments[1].u.mem = .init(ptr: bytes.baseAddress, size: bytes.count)
            arguments[2].vtype = RD_KAFKA_VTYPE_HEADERS
            arguments[2].u.headers = headers
            arguments[3].vtype = RD_KAFKA_VTYPE_MSGFLAGS
            arguments[3].u.i = RD_KAFKA_MSG_F_COPY
            #expect(rd_kafka_produceva(producer.handle.pointer, arguments, 4) == nil)
        }
        rd_kafka_flush(producer.handle.pointer, 5000)
        while let event = rd_kafka_queue_poll(producer.events, 200) {
            rd_kafka_event_destroy(event)
        }
        #expect(producer.close(within: .seconds(5)) == nil)
    }

    @Test func `headers come through to the dead letter, with their names and bytes`() throws {
        defer { broker.close() }
        let headers = try #require(rd_kafka_headers_new(50))
        for index in 0..<50 { rd_kafka_header_add(headers, "h\(index)", -1, "v\(index)", -1) }
        rd_kafka_header_add(headers, "binary", -1, [0, 0xFF, 10] as [UInt8], 3)
        let payload = Array("# not decidable".utf8)
        try produce(payload, headers)

        let member = try started(settings, lanes: 1)
        eventually("it is set aside") { member.ledger.deadLettered == 1 }
        #expect(member.stop() == .stopped)
        let letter = try #require(try readAll("out.dlq", broker.bootstrap, log: log).first)
        #expect(letter.value == payload)
        #expect(letter.headers["h49"] == Array("v49".utf8))
        #expect(letter.headers["binary"] == [0, 0xFF, 10])
        #expect(letter.headers["arka.error.path"] == Array("$".utf8))
        #expect(letter.headers["arka.error.reason"] == Array("begins with a hash".utf8))
        #expect(letter.headers["arka.payload.truncated"] == nil)
    }
}
