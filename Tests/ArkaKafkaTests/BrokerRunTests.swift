import ArkaStream
import ArkaSystem
import CRdkafka
import Foundation
import Testing

@testable import ArkaKafka

/// A member on a real broker: what the embedded one cannot show.
@Suite(.tags(.broker), .serialized, .enabled(if: TestBroker.bootstrap != nil))
struct BrokerRunTests {
    private let log: TestLog
    private let folder = TemporaryFolder()
    private let name = "t" + UUID().uuidString.prefix(8).lowercased()
    private let bootstrap = [TestBroker.bootstrap ?? ""]

    init() throws {
        log = try TestLog()
        let admin = try KafkaAdmin(connection, logger: log.logger)
        defer { admin.close() }
        try admin.create([
            NewTopic(source, partitions: 8), NewTopic(sink, partitions: 8),
        ])
    }

    private var source: String { name + "-in" }
    private var sink: String { name + "-out" }
    private var connection: KafkaConnection { KafkaConnection(bootstrap: bootstrap) }

    private var settings: KafkaSettings {
        KafkaSettings(
            bootstrap: bootstrap, groupID: name, sourceTopic: source, decisionsTopic: sink,
            dataDirectory: folder.path)
    }

    private func fill(_ range: Range<Int>) throws {
        let filler = try TopicFiller(connection, topic: source, logger: log.logger)
        for index in range {
            try filler.append(Array("\(index)".utf8), partition: Int32(index % 8))
        }
        try filler.flush()
        filler.close()
    }

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
}
