import ArkaStream
import ArkaTelemetry
import CRdkafka
import Testing

@testable import ArkaKafka

/// Goal: a chain goes on from the last committed record of its partition, however far from the end that
/// stands, and from nothing while an open transaction may still bring one.
@Suite struct TailSearchTests {
    @Test func `the last record of the first window counts, and nothing more is read`() {
        var search = TailSearch([0: 0..<1000])
        let starts = search.nextStarts()
        #expect(starts == [0: 1000 - TailSearch.firstWindow])
        search.note(0, 980, [1])
        search.note(0, 990, [2])
        let isDone = search.noteEnd(0, 1000, isWhole: true)
        #expect(isDone)
        #expect(search.wanted.isEmpty && search.found[0]?.record == [2])
    }

    @Test func `windows grow until a record is found or the partition begins`() {
        var search = TailSearch([0: 500..<100_000, 1: 0..<10])
        var starts = search.nextStarts()
        #expect(starts == [0: 100_000 - 32, 1: 0])
        _ = (search.noteEnd(1, 10, isWhole: true), search.noteEnd(0, 100_000, isWhole: true))
        #expect(search.wanted == [0], "the other has been read from its beginning")
        starts = search.nextStarts()
        #expect(starts == [0: 100_000 - 32 * 64])
        _ = search.noteEnd(0, 100_000, isWhole: true)
        starts = search.nextStarts()
        #expect(starts == [0: 500])
        _ = search.noteEnd(0, 100_000, isWhole: true)
        #expect(search.wanted.isEmpty && search.found[0] == nil)
    }

    @Test func `an end behind which a transaction is open is none`() {
        var search = TailSearch([0: 0..<20])
        _ = search.nextStarts()
        search.note(0, 4, [1])
        let isOpen = !search.noteEnd(0, 10, isWhole: false)
        #expect(isOpen)
        #expect(search.reading == [0] && search.open == [0])
        search.note(0, 12, [2])
        _ = search.noteEnd(0, 20, isWhole: true)
        #expect(search.open.isEmpty && search.found[0]?.record == [2])
    }

    @Test func `tails are read from a broker, and of an empty partition there is none`() throws {
        let log = try TestLog()
        let broker = try EmbeddedBroker(logger: log.logger)
        defer { broker.close() }
        try broker.createTopic("trail", partitions: 3)
        let connection = KafkaConnection(bootstrap: broker.bootstrap)
        let filler = try TopicFiller(connection, topic: "trail", logger: log.logger)
        for number in 0..<100 { try filler.append(Array("\(number)".utf8), partition: 2) }
        try filler.append(Array("one".utf8), partition: 0)
        try filler.flush()
        filler.close()
        let tails = AuditTails(topic: "trail", connection: connection, logger: log.logger)
        let read = try tails.read([0, 1, 2], within: .seconds(20))
        #expect(
            read == [
                AuditTail(partition: 0, record: Array("one".utf8)),
                AuditTail(partition: 1, record: nil),
                AuditTail(partition: 2, record: Array("99".utf8)),
            ])
        // A source that was given more partitions than the audit topic.
        let failure = #expect(throws: AuditTails.Failure.self) {
            try tails.read([0, 3, 4], within: .seconds(2))
        }
        guard case .missing([3, 4], count: 3) = failure else {
            Issue.record("the missing partitions are not named: \(failure?.reason ?? "")")
            return
        }
        var records: [CommittedRecord] = []
        try readCommitted(connection, topic: "trail", logger: log.logger) { records.append($0) }
        #expect(records.count == 101)
        #expect(records.filter { $0.partition == 2 }.map(\.offset) == Array(0..<100))
    }
}

/// On a real broker: transactions that are open, aborted and committed behind each other.
@Suite(.tags(.broker), .serialized, .enabled(if: TestBroker.bootstrap != nil))
struct RealBrokerAuditTailTests: BrokerBenched {
    let bench: BrokerBench

    init() throws { bench = try BrokerBench() }

    @Test func `a tail is told behind aborted transactions, and not while one is open`() throws {
        let producer = try LaneProducer(
            settings, topics: OutputTopics(decisions: sink, deadLetters: sink),
            transactionalID: name, name: "writer", logger: log.logger, noise: .init())
        defer { _ = producer.close(within: .seconds(5)) }
        #expect(producer.initialise() == nil)
        let tails = AuditTails(topic: sink, connection: connection, logger: log.logger)
        func write(_ texts: [String]) {
            #expect(producer.begin() == nil)
            for text in texts {
                let bytes = Array(text.utf8)
                bytes.withUnsafeBytes { raw in
                    _ = rd_kafka_produce(
                        producer.decisions, 3, RD_KAFKA_MSG_F_COPY,
                        UnsafeMutableRawPointer(mutating: raw.baseAddress), raw.count, nil, 0, nil)
                }
            }
            _ = rd_kafka_flush(producer.handle.pointer, 10_000)
        }
        write(["first"])
        #expect(producer.commit() == nil)
        write((0..<200).map { "aborted \($0)" })
        #expect(producer.abort() == nil)
        let first = AuditTail(partition: 3, record: Array("first".utf8))
        eventually("markers are written") {
            (try? tails.read([3], within: .seconds(5))) == [first]
        }
        write(["second"])
        let failure = #expect(throws: AuditTails.Failure.self) {
            try tails.read([3], within: .seconds(1))
        }
        guard case .open([3]) = failure else {
            Issue.record("an open transaction is not seen: \(failure?.reason ?? "")")
            return
        }
        #expect(producer.commit() == nil)
        let second = AuditTail(partition: 3, record: Array("second".utf8))
        eventually("the end is told once it is committed") {
            (try? tails.read([3], within: .seconds(5))) == [second]
        }
    }
}
