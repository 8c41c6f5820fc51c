/// The librdkafka properties of one client: the engine's defaults, then the user's, then what the
/// promise of delivery fixes.
struct ClientProperties: Sendable, Hashable {
    /// In the order in which they are set; later ones win.
    private(set) var entries: [(name: String, value: String)] = []
    /// Names whose values must not be shown.
    private(set) var secrets: Set<String> = []

    init(_ connection: KafkaConnection, defaults: [(String, String)], fixed: [(String, String)]) {
        let user = connection.properties.sorted { $0.key < $1.key }
        entries = (Self.common + defaults).map { ($0.0, $0.1) }
        entries += user.map { ($0.key, $0.value) }
        entries.append(("bootstrap.servers", connection.bootstrap.joined(separator: ",")))
        entries += fixed.map { ($0.0, $0.1) }
        secrets = connection.secretProperties
    }

    /// The value that counts; `nil` if nobody sets it.
    subscript(name: String) -> String? { entries.last { $0.name == name }?.value }

    static func == (a: Self, b: Self) -> Bool {
        a.entries.elementsEqual(b.entries, by: ==) && a.secrets == b.secrets
    }

    func hash(into hasher: inout Hasher) {
        for entry in entries { hasher.combine(entry.name) }
    }

    /// Nagle's algorithm is on by default below 2.10 and costs 40 ms now and then; connections that
    /// the broker closes because they idle are no news.
    private static let common = [
        ("client.id", "pact"), ("socket.nagle.disable", "true"),
        ("socket.keepalive.enable", "true"), ("log.connection.close", "false"),
        ("allow.auto.create.topics", "false"), ("reconnect.backoff.max.ms", "2000"),
    ]
}

extension KafkaSettings {
    /// The consumer of the group. `instance` is nil for a dynamic member.
    func consumerProperties(instance: String?, lanes: Int) -> ClientProperties {
        var defaults = [
            // `range` in place of cooperative-sticky: see LibraryVersion.
            ("partition.assignment.strategy", "range"),
            ("isolation.level", "read_committed"),
            ("session.timeout.ms", milliseconds(sessionTimeout)),
            // Bounded by what all lanes share: forwarded partition queues count as the lane's queue.
            ("queued.max.messages.kbytes", "\(max(1024, prefetchKilobytes / lanes))"),
            // The broker answers at once when there is a record, so this wait costs no latency; it
            // only sets how often an idle connection asks. The embedded broker sits it out.
            ("fetch.wait.max.ms", isEmbedded ? "10" : "100"),
        ]
        if isEmbedded { defaults.append(("heartbeat.interval.ms", "500")) }
        var fixed = [
            ("group.id", groupID), ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"), ("auto.offset.reset", "error"),
            // Ends tell how far a partition is that is written in transactions. One comes when a
            // fetch brings nothing, so they cost nothing under load.
            ("queued.min.messages", "1000000"), ("enable.partition.eof", "true"),
        ]
        if let instance { fixed.append(("group.instance.id", instance)) }
        return ClientProperties(connection, defaults: defaults, fixed: fixed)
    }

    /// A lane's producer. With a transactional id it is exactly once, otherwise idempotent.
    func producerProperties(
        transactionalID: String?, topics: OutputTopics
    ) -> ClientProperties {
        var defaults = [
            ("linger.ms", "5"), ("compression.codec", "lz4"), ("batch.num.messages", "10000"),
            // A topic counts whole batches against its limit.
            ("batch.size", "\(max(1, min(1_000_000, topics.batchBytesMax)))"),
            ("message.max.bytes", "\(max(1000, topics.recordBytesMax))"),
            ("partitioner", "murmur2_random"),
            ("message.timeout.ms", milliseconds(messageTimeout)),
            ("queue.buffering.max.messages", "\(KafkaLimits.producerRecordsMax)"),
            ("queue.buffering.max.kbytes", "\(KafkaLimits.producerBytesMax / 1024)"),
        ]
        if transactionalID != nil {
            defaults.append(("transaction.timeout.ms", milliseconds(transactionTimeout)))
        }
        var fixed = [
            ("enable.idempotence", "true"),
            // A transaction reports as a whole; single acknowledgements would only cost.
            ("delivery.report.only.error", transactionalID == nil ? "false" : "true"),
        ]
        if let transactionalID { fixed.append(("transactional.id", transactionalID)) }
        if topics.sendsRecordsAlone { fixed.append(("batch.num.messages", "1")) }
        return ClientProperties(connection, defaults: defaults, fixed: fixed)
    }

    /// The session time-out that counts, the user's property included.
    var effectiveSessionTimeout: Duration {
        let text = properties["session.timeout.ms"].flatMap { Int64($0) }
        return text.map { .milliseconds($0) } ?? sessionTimeout
    }

    private func milliseconds(_ duration: Duration) -> String { "\(duration.milliseconds)" }
}

extension Duration {
    /// Whole milliseconds, rounded up.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }

    /// Milliseconds as the library takes them, at least 0.
    var timeoutMilliseconds: Int32 { Int32(clamping: max(0, milliseconds)) }
}
