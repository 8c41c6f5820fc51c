import ArkaTelemetry
import Foundation

@testable import ArkaKafka

/// What a test on a real broker works with: a source and a sink of its own, and a group of its own.
struct BrokerBench {
    let log: TestLog
    let folder = TemporaryFolder()
    let name = "t" + UUID().uuidString.prefix(8).lowercased()
    let bootstrap = [TestBroker.bootstrap ?? ""]

    init() throws {
        log = try TestLog()
        let connection = KafkaConnection(bootstrap: bootstrap)
        let admin = try KafkaAdmin(connection, logger: log.logger)
        defer { admin.close() }
        try admin.create([
            NewTopic(name + "-in", partitions: 8), NewTopic(name + "-out", partitions: 8),
        ])
    }
}

/// A suite whose tests each have such a bench, and speak of its parts as their own.
protocol BrokerBenched {
    var bench: BrokerBench { get }
}

extension BrokerBenched {
    var log: TestLog { bench.log }
    var name: String { bench.name }
    var bootstrap: [String] { bench.bootstrap }
    var source: String { name + "-in" }
    var sink: String { name + "-out" }
    var connection: KafkaConnection { KafkaConnection(bootstrap: bootstrap) }

    var settings: KafkaSettings {
        KafkaSettings(
            bootstrap: bootstrap, groupID: name, sourceTopic: source, decisionsTopic: sink,
            dataDirectory: bench.folder.path)
    }

    /// Writes these numbers to the source, each to its partition.
    func fill(_ range: Range<Int>) throws {
        let filler = try TopicFiller(connection, topic: source, logger: log.logger)
        for index in range {
            try filler.append(Array("\(index)".utf8), partition: Int32(index % 8))
        }
        try filler.flush()
        filler.close()
    }
}
