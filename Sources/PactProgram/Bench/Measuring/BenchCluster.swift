import ArkaKafka
import ArkaTelemetry

/// Where a bench runs: a real cluster, or the embedded broker of this process.
final class BenchCluster {
    /// How clients reach it.
    let connection: KafkaConnection
    /// What the report calls it.
    let description: String
    /// Whether it is the embedded one, which is small and proves nothing about speed.
    var isEmbedded: Bool { if case .embedded = kind { true } else { false } }

    private enum Kind {
        case embedded(EmbeddedBroker)
        case real(KafkaAdmin)
    }
    private let kind: Kind
    private var created: [String] = []

    /// Connects to brokers, or starts the embedded one for `nil`.
    /// - Throws: ``KafkaError``.
    init(bootstrap: String?, logger: Logger) throws(KafkaError) {
        guard let bootstrap else {
            let broker = try EmbeddedBroker(logger: logger)
            kind = .embedded(broker)
            connection = KafkaConnection(bootstrap: broker.bootstrap)
            description = "embedded"
            return
        }
        connection = KafkaConnection(bootstrap: bootstrap.split(separator: ",").map(String.init))
        let admin = try KafkaAdmin(connection, logger: logger)
        kind = .real(admin)
        do throws(KafkaError) {
            let count = try admin.brokerCount()
            description = count == 1 ? "1 broker" : "\(count) brokers"
        } catch {
            admin.close()
            throw error
        }
    }

    /// Creates a topic of this bench.
    /// - Throws: ``KafkaError``.
    func create(_ topic: String, partitions: Int) throws(KafkaError) {
        created.append(topic)
        switch kind {
        case .embedded(let broker): try broker.createTopic(topic, partitions: partitions)
        case .real(let admin): try admin.create([NewTopic(topic, partitions: partitions)])
        }
    }

    /// Deletes topics that nobody needs any more. What cannot be deleted is named by ``close()``; the
    /// embedded broker forgets everything at its end.
    func delete(_ topics: [String]) {
        guard case .real(let admin) = kind else { return }
        let refused = admin.delete(topics)
        created.removeAll { topics.contains($0) && refused[$0] == nil }
    }

    /// Deletes what is left and disconnects. Call it once.
    /// - Returns: Topics that could not be deleted.
    func close() -> [String] {
        delete(created)
        switch kind {
        case .embedded(let broker):
            broker.close()
            return []
        case .real(let admin):
            admin.close()
            return created
        }
    }
}
