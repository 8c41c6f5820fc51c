import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Testing

@testable import ArkaKafka

/// The life of a client and of what belongs to it.
@Suite struct HandleTests {
    private let log: TestLog

    init() throws { log = try TestLog() }

    private func client(
        _ broker: EmbeddedBroker, _ kind: KafkaHandle.Kind = .admin,
        _ properties: [String: String] = [:]
    ) throws -> KafkaHandle {
        try KafkaHandle(
            kind, name: "client",
            properties: ClientProperties(
                KafkaConnection(bootstrap: broker.bootstrap, properties: properties), defaults: [],
                fixed: [("group.id", "g")]),
            callbacks: ClientCallbacks(logger: log.logger, noise: NoiseGate()))
    }

    @Test func `a client is closed once, and closing it again does nothing`() throws {
        let broker = try EmbeddedBroker(logger: log.logger)
        defer { broker.close() }
        let handle = try client(broker)
        #expect(handle.close(within: .seconds(5)) == nil)
        #expect(handle.close(within: .seconds(5)) == nil)
        #expect(handle.whileOpen("late") { _ in true } == nil)
    }

    @Test func `a client is not destroyed before what is leased, and says what that is`() throws {
        let broker = try EmbeddedBroker(logger: log.logger)
        defer { broker.close() }
        let handle = try client(broker)
        let held = HeldLease(handle, "fetched records")
        let reason = handle.close(within: .milliseconds(20))
        #expect(reason == "client: still in use: fetched records")
        #expect(handle.leased == ["fetched records"])
        held.release()
        #expect(handle.leased == [])
        // It refused, so it is leaked on purpose; destroy it here, so that the test leaks nothing.
        rd_kafka_destroy(handle.pointer)
        _ = Unmanaged.passRetained(handle)
    }

    @Test func `topics and queues that live as long as the client go before it`() throws {
        let broker = try EmbeddedBroker(logger: log.logger)
        defer { broker.close() }
        try broker.createTopic("t", partitions: 2)
        let handle = try client(broker, .consumer)
        let queue = try #require(rd_kafka_queue_new(handle.pointer))
        _ = handle.keep(queue, destroyedBy: rd_kafka_queue_destroy)
        let topic = try #require(rd_kafka_topic_new(handle.pointer, "t", nil))
        _ = handle.keep(topic, destroyedBy: rd_kafka_topic_destroy)
        #expect(handle.close(within: .seconds(5)) == nil)
    }

    @Test(arguments: [
        ("no.such.property", "1", "No such configuration property"),
        ("session.timeout.ms", "soon", "Invalid value"),
    ])
    func `librdkafka's refusal of a property is passed on`(
        name: String, value: String, words: String
    ) throws {
        let broker = try EmbeddedBroker(logger: log.logger)
        defer { broker.close() }
        let error = #expect(throws: KafkaError.self) { try client(broker, .admin, [name: value]) }
        #expect(error?.code == .invalidProperty)
        #expect(error?.subject == name)
        #expect(error?.reason.contains(words) == true)
    }

    @Test func `the value of a secret property is not shown`() throws {
        let connection = KafkaConnection(
            bootstrap: ["127.0.0.1:1"], properties: ["sasl.mechanism": "hunter2"],
            secretProperties: ["sasl.mechanism"])
        let error = #expect(throws: KafkaError.self) {
            try KafkaHandle(
                .admin, name: "c",
                properties: ClientProperties(
                    connection, defaults: [], fixed: [("security.protocol", "nonsense")]),
                callbacks: ClientCallbacks(logger: log.logger, noise: NoiseGate()))
        }
        #expect(error.map { "\($0)".contains("hunter2") } == false)
    }

    @Test func `nobody at the address is an error that names it`() throws {
        let admin = try KafkaAdmin(
            KafkaConnection(
                bootstrap: ["127.0.0.1:1"],
                properties: ["socket.connection.setup.timeout.ms": "1000"]
            ), logger: log.logger)
        defer { admin.close() }
        let error = #expect(throws: KafkaError.self) { try admin.describe(["t"]) }
        #expect(error?.code == .brokerUnreachable)
        #expect(error?.subject == "127.0.0.1:1")
        #expect(error?.reason.contains("Connection refused") == true)
    }

    /// Goal: with partitions forwarded before they are assigned, nothing reaches the consumer's own
    /// queue. Method: forward half of them, assign all, read; then the other way round to see that
    /// the test can tell.
    @Test(arguments: [true, false])
    func `partitions forwarded before the assignment leak no record`(isForwarded: Bool) throws {
        let broker = try EmbeddedBroker(logger: log.logger)
        defer { broker.close() }
        try broker.createTopic("t", partitions: 4)
        let filler = try TopicFiller(
            KafkaConnection(bootstrap: broker.bootstrap), topic: "t", logger: log.logger)
        for index in 0..<2000 { try filler.append([1, 2, 3], partition: Int32(index % 4)) }
        try filler.flush()
        filler.close()
        let handle = try client(broker, .consumer, ["fetch.wait.max.ms": "10"])
        let queue = try #require(rd_kafka_queue_new(handle.pointer))
        _ = handle.keep(queue, destroyedBy: rd_kafka_queue_destroy)
        do {
            let list = PartitionList(capacity: 4)
            for partition in Int32(0)..<4 {
                list.add("t", partition, offset: 0)
                guard isForwarded || partition > 0 else { continue }
                let own = rd_kafka_queue_get_partition(handle.pointer, "t", partition)
                rd_kafka_queue_forward(own, queue)
                rd_kafka_queue_destroy(own)
            }
            rd_kafka_assign(handle.pointer, list.pointer)
        }
        var reader = LaneReader(handle, queue: queue, lane: 0, progress: LaneProgress()) { _ in }
        reader.own((0..<4).map { PartitionPosition(partition: $0, next: 0) })
        let wanted = isForwarded ? 2000 : 1500
        var seen = 0
        eventually("everything forwarded arrives") {
            let batch = RecordBatch()
            seen += reader.read(into: batch, waitingAtMost: .milliseconds(20))
            reader.finish(batch)
            return seen >= wanted
        }
        var leaked = 0
        while let message = rd_kafka_consumer_poll(handle.pointer, 100) {
            if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR { leaked += 1 }
            rd_kafka_message_destroy(message)
        }
        #expect(seen == wanted)
        #expect(leaked == 2000 - wanted)
        reader.drop()
        #expect(handle.close(within: .seconds(5)) == nil)
    }
}

/// A lease that a test ends when it likes.
private final class HeldLease {
    private var lease: Lease?

    init(_ handle: KafkaHandle, _ what: String) { lease = handle.lease(what) }

    func release() { lease = nil }
}
