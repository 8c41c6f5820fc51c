import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Foundation
import Testing

@testable import ArkaKafka

/// A member on a real broker: what the embedded one cannot show.
@Suite(.tags(.broker), .serialized, .enabled(if: TestBroker.bootstrap != nil))
struct RealBrokerRunTests: BrokerBenched {
    let bench: BrokerBench

    init() throws { bench = try BrokerBench() }

    private func decided() throws -> [String] {
        try readAll(sink, bootstrap, log: log).map(\.text)
    }

    @Test(arguments: [KafkaSettings.Guarantee.exactlyOnce, .atLeastOnce])
    func `every record is decided once, in order, and a restart goes on behind it`(
        guarantee: KafkaSettings.Guarantee
    ) throws {
        try fill(0..<4000)
        var settings = settings
        settings.guarantee = guarantee
        let first = try TestMember(settings, lanes: 3, logger: log.logger)
        try first.group.start()
        eventually("all records are decided") { first.ledger.decided == 4000 }
        #expect(first.stop() == .stopped)
        #expect(first.ledger.difference == 0)

        try fill(4000..<5000)
        let second = try TestMember(settings, lanes: 2, logger: log.logger)
        try second.group.start()
        eventually("the rest is decided") { second.ledger.decided == 1000 }
        #expect(second.stop() == .stopped)

        let seen = try readAll(sink, bootstrap, log: log)
        #expect(seen.count == 5000)
        for partition in 0..<Int32(8) {
            let numbers = seen.filter { $0.partition == partition }.compactMap { Int($0.text) }
            #expect(numbers == Array(stride(from: Int(partition), to: 5000, by: 8)))
        }
    }

    @Test func `a lane whose id is taken gets a new producer after five seconds and goes on`()
        throws
    {
        try fill(0..<800)
        let member = try TestMember(settings, lanes: 2, logger: log.logger)
        try member.group.start()
        eventually("the first records are decided") { member.ledger.decided == 800 }
        try takeOver(lane: 1, of: member)
        try fill(800..<1600)
        eventually("the lane is fenced") { member.group.statistics.fencings > 0 }
        #expect(!member.group.health.isReady)
        eventually("the rest is decided") { member.ledger.decided == 1600 }
        #expect(member.group.health.isReady)
        #expect(member.stop() == .stopped)
        #expect(member.ledger.difference == 0)
        #expect(try decided().compactMap { Int($0) }.sorted() == Array(0..<1600))
    }

    @Test func `a rival that keeps taking the id ends the process with exit code 3`() throws {
        try fill(0..<80)
        let member = try TestMember(settings, lanes: 1, logger: log.logger)
        try member.group.start()
        eventually("the first records are decided") { member.ledger.decided == 80 }
        for round in 1...2 {
            try takeOver(lane: 0, of: member)
            try fill(round * 80..<(round + 1) * 80)
            guard round == 1 else { break }
            eventually("the lane works again") { member.ledger.decided == 160 }
        }
        eventually("the process gives up") { member.verdict.reason != nil }
        #expect(member.verdict.reason?.code == 3)
        #expect(member.stop().code == 3)
        #expect(member.ledger.difference == 0)
        #expect(try decided().compactMap { Int($0) }.sorted() == Array(0..<160))
    }

    /// What a second process with the same instance id would do.
    private func takeOver(lane: Int, of member: TestMember) throws {
        let instance = try #require(member.group.instance)
        let rival = try LaneProducer(
            settings, topics: OutputTopics(decisions: sink, deadLetters: sink + ".dlq"),
            transactionalID: "pact-\(name)-\(instance)-\(lane)", name: "rival",
            logger: log.logger, noise: NoiseGate())
        var failure = rival.initialise()
        while let last = failure, last.isRetriable { failure = rival.initialise() }
        #expect(failure == nil)
        #expect(rival.close(within: .seconds(5)) == nil)
    }

    @Test func `a committed offset that retention deleted stops the run instead of jumping`()
        throws
    {
        try fill(0..<800)
        let first = try TestMember(settings, lanes: 2, logger: log.logger)
        try first.group.start()
        eventually("all are decided") { first.ledger.decided == 800 }
        #expect(first.stop() == .stopped)
        try fill(800..<1600)
        try deleteRecords(before: 150)

        let second = try TestMember(settings, lanes: 2, logger: log.logger)
        try second.group.start()
        eventually("the run ends") { second.verdict.reason != nil }
        let reason = try #require(second.verdict.reason)
        #expect(reason.code == 1)
        #expect(reason.message.contains("the committed offset 100 is out of range"))
        #expect(reason.message.contains("the log holds 150 to 200"))
        #expect(reason.message.contains(source))
        #expect(second.ledger == Ledger())
        #expect(second.stop().code == 1)
    }

    private func deleteRecords(before offset: Int64) throws {
        let admin = try KafkaAdmin(connection, logger: log.logger)
        defer { admin.close() }
        let list = PartitionList(capacity: 8)
        for partition in 0..<Int32(8) { list.add(source, partition, offset: offset) }
        let queue = try #require(rd_kafka_queue_new(admin.handle.pointer))
        defer { rd_kafka_queue_destroy(queue) }
        var request = rd_kafka_DeleteRecords_new(list.pointer)
        rd_kafka_DeleteRecords(admin.handle.pointer, &request, 1, nil, queue)
        let event = try #require(rd_kafka_queue_poll(queue, 10_000))
        #expect(rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_event_destroy(event)
        rd_kafka_DeleteRecords_destroy(request)
    }

    @Test(arguments: [
        KafkaSettings.StartPosition.latest, .timestamp(milliseconds: 4_102_444_800_000),
    ])
    func `a new group that starts at the latest record sees only what comes afterwards`(
        start: KafkaSettings.StartPosition
    ) throws {
        try fill(0..<80)
        var settings = settings
        settings.start = start
        let member = try TestMember(settings, lanes: 1, logger: log.logger)
        try member.group.start()
        eventually("partitions are assigned") { member.group.statistics.assignments > 0 }
        try fill(80..<160)
        eventually("the later ones are decided") { member.ledger.decided == 80 }
        #expect(member.stop() == .stopped)
        #expect(try decided().compactMap { Int($0) }.sorted() == Array(80..<160))
    }

    @Test func `partitions move between members while transactions are open`() throws {
        var settings = settings
        settings.membership = .dynamic
        try fill(0..<2000)
        let first = try TestMember(settings, lanes: 2, logger: log.logger)
        try first.group.start()
        eventually("work is going on") { first.ledger.consumed > 0 }
        let second = try TestMember(settings, lanes: 3, logger: log.logger)
        try second.group.start()
        for part in 1..<10 { try fill(part * 2000..<(part + 1) * 2000) }
        eventually("both have half of the partitions") {
            first.group.statistics.partitions.count == 4
                && second.group.statistics.partitions.count == 4
        }
        try fill(20_000..<22_000)
        eventually("all are decided") { first.ledger.decided + second.ledger.decided == 22_000 }
        #expect(first.stop() == .stopped)
        eventually("the other one takes over") { second.group.statistics.partitions.count == 8 }
        try fill(22_000..<24_000)
        eventually("the rest is decided") {
            first.ledger.decided + second.ledger.decided == 24_000
        }
        #expect(second.stop() == .stopped)
        #expect(first.ledger.difference == 0 && second.ledger.difference == 0)
        let seen = try readAll(sink, bootstrap, log: log)
        for partition in 0..<Int32(8) {
            let numbers = seen.filter { $0.partition == partition }.compactMap { Int($0.text) }
            #expect(numbers == Array(stride(from: Int(partition), to: 24_000, by: 8)))
        }
    }

    @Test func `records that arrive while a quiet partition has no member are not skipped`()
        throws
    {
        var settings = settings
        settings.start = .latest
        let first = try TestMember(settings, lanes: 1, logger: log.logger)
        try first.group.start()
        eventually("partitions are assigned") { first.group.statistics.assignments > 0 }
        #expect(first.stop() == .stopped)
        try fill(0..<80)
        let second = try TestMember(settings, lanes: 1, logger: log.logger)
        try second.group.start()
        eventually("they are decided") { second.ledger.decided == 80 }
        #expect(second.stop() == .stopped)
    }

    // acceptance: S-172
    @Test func `a missing topic is named`() throws {
        var settings = settings
        settings.sourceTopic = name + "-none"
        let member = try TestMember(settings, lanes: 1, logger: log.logger)
        let error = #expect(throws: KafkaError.self) { try member.group.start() }
        #expect(error?.code == .missingTopic)
        #expect(error?.subject == name + "-none")
        #expect(member.stop() == .stopped)
    }

    @Test func `records that the topic does not take become dead letters, their neighbours pass`()
        throws
    {
        let huge = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
        let admin = try KafkaAdmin(connection, logger: log.logger)
        try admin.create([
            NewTopic(
                name + "-big", partitions: 1, configuration: ["max.message.bytes": "20000000"])
        ])
        admin.close()
        let filler = try TopicFiller(connection, topic: name + "-big", logger: log.logger)
        try filler.append(Array("before".utf8), key: [0xFF, 0, 0xFE])
        try filler.append(huge, key: Array("k".utf8))
        try filler.append([UInt8(ascii: "#")] + huge, key: nil)
        try filler.append([], key: [])
        try filler.append(nil, key: Array("tombstone".utf8))
        try filler.append(Array("after".utf8), key: nil)
        try filler.flush()
        filler.close()
        var settings = settings
        settings.sourceTopic = name + "-big"
        let member = try TestMember(settings, lanes: 1, logger: log.logger)
        try member.group.start()
        eventually("all are settled") {
            let ledger = member.ledger
            return ledger.decided + ledger.deadLettered + ledger.skipped == 6
        }
        #expect(member.stop() == .stopped)
        let seen = try readAll(sink, bootstrap, log: log)
        #expect(seen.map(\.text).sorted() == ["after", "before"])
        #expect(seen.first { $0.text == "before" }?.key == [0xFF, 0, 0xFE])
        let letters = try readAll(sink + ".dlq", bootstrap, log: log)
            .sorted {
                $0.headers["arka.source.offset"]?.first ?? 0 < $1.headers["arka.source.offset"]?
                    .first ?? 0
            }
        #expect(letters.map { $0.value?.count } == [65_536, 65_536, 0])
        #expect(letters.map(\.key) == [Array("k".utf8), nil, []])
        let first = try #require(letters.first).headers
        #expect(first["arka.payload.length"] == Array("3000000".utf8))
        #expect(first["arka.payload.sha256"] == Array(hexadecimal(SHA256.digest(of: huge)).utf8))
        #expect(first["arka.error.code"] == Array("decision_too_large".utf8))
        #expect(first["arka.source.topic"] == Array((name + "-big").utf8))
        #expect(first["arka.source.partition"] == Array("0".utf8))
    }
}
