import ArkaStream
import Testing

@testable import ArkaKafka

/// A member on the embedded broker, from joining to leaving.
@Suite struct EmbeddedRunTests {
    private func settings(_ broker: EmbeddedBroker, _ folder: TemporaryFolder) -> KafkaSettings {
        var settings = KafkaSettings(
            bootstrap: broker.bootstrap, groupID: "group", sourceTopic: "in",
            decisionsTopic: "out", dataDirectory: folder.path)
        settings.isEmbedded = true
        return settings
    }

    private func makeBroker(_ log: TestLog) throws -> EmbeddedBroker {
        let broker = try EmbeddedBroker(logger: log.logger)
        try broker.createTopic("in", partitions: 4)
        try broker.createTopic("out", partitions: 4)
        try broker.createTopic("out.dlq", partitions: 2)
        return broker
    }

    private func fill(_ broker: EmbeddedBroker, _ count: Int, _ log: TestLog) throws {
        let filler = try TopicFiller(
            KafkaConnection(bootstrap: broker.bootstrap), topic: "in", logger: log.logger)
        for index in 0..<count {
            let text = index % 10 == 3 ? "#\(index)" : "\(index)"
            try filler.append(
                index % 10 == 7 ? nil : Array(text.utf8), key: Array("k\(index % 13)".utf8))
        }
        try filler.flush()
        filler.close()
    }

    @Test(arguments: [KafkaSettings.Guarantee.atLeastOnce, .exactlyOnce])
    func `every record ends as a decision, a dead letter or a skip`(
        guarantee: KafkaSettings.Guarantee
    ) throws {
        let log = try TestLog()
        let folder = TemporaryFolder()
        let broker = try makeBroker(log)
        defer { broker.close() }
        try fill(broker, 1000, log)
        var settings = settings(broker, folder)
        settings.guarantee = guarantee
        let member = try TestMember(settings, lanes: 2, logger: log.logger)
        try member.group.start()
        eventually("all records are settled") {
            member.ledger.decided + member.ledger.deadLettered + member.ledger.skipped == 1000
        }
        #expect(member.group.health.isReady, "\(member.group.health.reasons)")
        #expect(member.group.statistics.partitions.map(\.lane) == [0, 1, 0, 1])
        #expect(member.stop() == .stopped)
        #expect(
            member.ledger
                == Ledger(consumed: 1000, decided: 800, deadLettered: 100, skipped: 100))
        let decisions = try readAll("out", broker.bootstrap, log: log)
        #expect(decisions.count == 800)
        let letters = try readAll("out.dlq", broker.bootstrap, log: log)
        #expect(letters.count == 100)
        #expect(
            letters.allSatisfy { $0.headers["arka.error.code"] == Array("malformed_json".utf8) })
    }
}
