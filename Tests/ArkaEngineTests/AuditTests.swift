import ArkaAudit
import ArkaConfig
import ArkaEngine
import ArkaKafka
import ArkaModel
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import PactPlugins
import Synchronization
import Testing

/// Goal: what plugins do to transactions stands in the audit trail, beside the transactions' decisions.
/// Method: the guide's plugin on the embedded broker, assembled as `pact run` does it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct AuditTests {
    static let partitions = 3
    static let registry = PluginRegistry().linking(AuditedPlugin.self, namespace: "own")
    let directory: TemporaryDirectory
    let broker: EmbeddedBroker
    let logger: Logger

    init() throws {
        directory = try TemporaryDirectory()
        logger = Logger(try LogSink(to: StandardStream.error, format: .text, level: .error))
        broker = try EmbeddedBroker(logger: logger)
        for topic in ["in", "out", "out.dlq"] {
            try broker.createTopic(topic, partitions: Self.partitions)
        }
    }

    // acceptance: S-156, S-157
    @Test(arguments: ["exactly_once", "at_least_once"])
    func `both actions of each call stand in the trail, without what is sensitive`(
        guarantee: String
    ) async throws {
        defer { broker.close() }
        try broker.createTopic("trail", partitions: Self.partitions)
        let topology = try topology(
            "audit: {topic: trail, pseudonym_key: 0123456789abcdef}", guarantee)
        try await decide(0..<40, topology)
        let written = try trail()
        for (number, records) in try group(written) {
            #expect(records.map { $0["action"]?.text } == ["data_access", "check_complete"])
            #expect(records.allSatisfy { $0["plugin"] == "audited" && $0["late"] == nil })
            #expect(
                records[1]["details"]?["result"]?.text == (number % 10 == 7 ? "match" : "no_match"))
            #expect(records[0]["details"]?["entity_id"] == records[1]["details"]?["entity_id"])
        }
        #expect(try group(written).count == 40)
        #expect(!written.contains { $0.value.contains("entity-") }, "no entity is named")
        let started = try written.map { try PluginValue(json: $0.value) }
            .filter { $0["action"] == "started" }
        #expect(
            started.count == 1 && started[0]["source"] == nil, "what belongs to no transaction, too"
        )

        // A process that comes after goes on where this one ended.
        // The embedded broker forgets offsets of transactions: all is decided again there.
        let again = guarantee == "exactly_once" ? 80 : 40
        try await decide(40..<80, topology, count: again)
        let all = try trail()
        #expect(try group(all).count == 80)
        var verification = AuditVerification()
        for record in all { verification.add(Array(record.value.utf8), at: "") }
        verification.finish()
        #expect(verification.findings == [] && verification.chains.count == Self.partitions)
        #expect(verification.recordCount == 2 * (40 + again) + 2)
    }

    // acceptance: S-155
    @Test func `a call's records stand beside the decision, and without a trail nothing is done`()
        async throws
    {
        defer { broker.close() }
        let failure = await #expect(throws: PluginLoadError.self) {
            try await decide(0..<1, try topology(""))
        }
        #expect(failure?.reason.contains("audit.topic") == true, "\(String(describing: failure))")
        try broker.createTopic("trail", partitions: Self.partitions + 1)
        try await decide(1..<20, try topology("audit: {topic: trail}"), count: 20)
        let ids = try readTopic("out", partitions: Self.partitions, broker.bootstrap)
            .map { try PluginValue(json: $0.value)["decision_id"] }
        let records = try trail(partitions: Self.partitions + 1)
            .map { try PluginValue(json: $0.value) }.filter { $0["source"] != nil }
        #expect(Set(records.map { $0["decision_id"] }) == Set(ids) && ids.count == 20)
        for record in records {
            #expect(record["details"]?["entity_id"] == "[personal]")
        }
    }

    // acceptance: S-154
    @Test func `each plugin has a stream of its own, under the name that the topology gives it`()
        async throws
    {
        defer { broker.close() }
        try broker.createTopic("trail", partitions: Self.partitions)
        let uses = "[{plugin: own/audited}, {plugin: own/audited, name: second}]"
        try await decide(0..<12, try topology("audit: {topic: trail}", plugins: uses))
        let records = try trail().map { try PluginValue(json: $0.value) }
        let streams = Dictionary(grouping: records) { $0["plugin"]?.text ?? "" }
        #expect(Set(streams.keys) == ["audited", "second"])
        for (name, stream) in streams {
            let ids = stream.compactMap { $0["transaction_id"]?.text }
            #expect(Set(ids).count == 12 && ids.count == 24, "both records of each call: \(name)")
        }
    }

    @Test func `an audit topic with too few partitions is refused at the start`() async throws {
        defer { broker.close() }
        try broker.createTopic("trail", partitions: Self.partitions - 1)
        let failure = await #expect(throws: KafkaError.self) {
            try await decide(0..<1, try topology("audit: {topic: trail}"))
        }
        #expect(failure?.code == .auditTopicUnfit)
    }

    @Test func `an audit topic in which others write is refused`() async throws {
        defer { broker.close() }
        try broker.createTopic("trail", partitions: Self.partitions)
        let filler = try TopicFiller(
            KafkaConnection(bootstrap: broker.bootstrap), topic: "trail", logger: logger)
        try filler.append(Array("{}".utf8), partition: 1)
        try filler.flush()
        filler.close()
        let ended = Mutex<ExitReason?>(nil)
        try await decide(
            0..<1, try topology("audit: {topic: trail}"),
            until: {
                ended.withLock { $0 != nil }
            }, onEnd: { reason in ended.withLock { $0 = reason } })
        let reason = try #require(ended.withLock { $0 })
        #expect(reason.code == 1 && reason.message.contains("ARKA-KAFKA-0025"), "\(reason)")
    }

    // MARK: Parts

    private func topology(
        _ audit: String, _ guarantee: String = "exactly_once",
        plugins: String = "[{plugin: own/audited}]"
    ) throws -> TopologySpec {
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              kafka: {bootstrap: "\(broker.bootstrap.joined(separator: ","))"}
              guarantee: \(guarantee)
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              decision_budget: 60s
              \(audit)
              plugins: \(plugins)
            """
        let rule = """
            rule listed {
                when { plugin.audited.sensitive_check(entity_id: transaction.entity).match == true }
                then { flag_for_review(reason: "it is listed") }
            }
            """
        let second = plugins.contains("second") ? rule.replacing("audited.", with: "second.") : ""
        let rules = rule + "\n" + second.replacing("rule listed", with: "rule listed_again")
        let texts = ["t.yaml": document, "a.pact": rules]
        let loaded = loadTopology(
            path: "t.yaml", environment: [:], plugins: Self.registry.linked,
            files: FileAccess(
                read: { path in
                    texts[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
                }, list: { _ in .success([]) }))
        return try #require(loaded.value, "\(loaded.diagnostics.map { $0.rendered() })")
    }

    /// Feeds transactions and lets a process of its own decide them.
    private func decide(
        _ numbers: Range<Int>, _ topology: TopologySpec, count: Int? = nil,
        until isDone: (() -> Bool)? = nil,
        onEnd: @escaping @Sendable (ExitReason) -> Void = {
            Issue.record("it ended: \($0.message)")
        }
    ) async throws {
        try feed(numbers)
        let engine = EngineSpec(dataDirectory: directory.path, laneCount: 2, membership: .dynamic)
        var settings = KafkaSettings(topology, engine)
        settings.isEmbedded = true
        let audit = AuditMailbox(of: topology, time: SystemTime())
        let plugins = try TopologyPlugins(
            topology, Self.registry, time: SystemTime(),
            surroundings: PluginSurroundings(audit: audit ?? RefusingAudit.noTopic)
        ) { _, _, _ in }
        try await plugins.start()
        let runner = TopologyRunner(
            topology, engine, settings: settings, logger: logger, registry: MetricsRegistry(),
            time: SystemTime(), plugins: plugins, audit: audit, onEnd: onEnd)
        do {
            try runner.start()
        } catch {
            await plugins.stop()
            throw error
        }
        let never = try Latch()
        let isDone = isDone ?? { runner.readings.settled >= count ?? numbers.count }
        while !isDone() { never.wait(atMost: .milliseconds(10)) }
        _ = runner.stop(deadline: SystemTime().monotonic + .seconds(15))
        await plugins.stop()
        #expect(runner.unwrittenAuditRecords <= 1)
    }

    private func feed(_ numbers: Range<Int>) throws {
        let filler = try TopicFiller(
            KafkaConnection(bootstrap: broker.bootstrap), topic: "in", logger: logger)
        defer { filler.close() }
        for number in numbers {
            let record = "{\"id\": \"tx-\(number)\", \"entity\": \"entity-\(number)\"}"
            try filler.append(Array(record.utf8), partition: Int32(number % Self.partitions))
        }
        try filler.flush()
    }

    private func trail(partitions: Int = AuditTests.partitions) throws -> [SeenRecord] {
        try readTopic("trail", partitions: partitions, broker.bootstrap)
    }

    /// The records of each transaction by its number, in their order.
    private func group(_ records: [SeenRecord]) throws -> [Int: [PluginValue]] {
        var groups: [Int: [PluginValue]] = [:]
        for record in records {
            let value = try PluginValue(json: record.value)
            guard let id = value["transaction_id"]?.text, let number = Int(id.dropFirst(3)) else {
                continue
            }
            #expect(
                value["source"]?["partition"]?.number.map { "\($0)" }
                    == "\(number % Self.partitions)")
            groups[number, default: []].append(value)
        }
        return groups
    }
}
