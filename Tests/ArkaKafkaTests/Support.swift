import ArkaModel
import ArkaPipeline
import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Foundation
import Synchronization
import Testing

@testable import ArkaKafka

/// Collects log lines, so that tests can look at them.
final class CollectedLog: LogOutput {
    private let bytes = Mutex<[UInt8]>([])

    func write(_ lines: [UInt8]) -> Bool {
        bytes.withLock { $0 += lines }
        return true
    }

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

/// A log for one test.
struct TestLog {
    let output = CollectedLog()
    let logger: Logger
    private let sink: LogSink

    init(_ level: LogLevel = .debug) throws {
        sink = try LogSink(to: output, format: .text, level: level)
        logger = Logger(sink)
    }

    /// Everything logged so far; ends the log.
    func finish() -> String {
        sink.close()
        return output.text
    }
}

/// A folder that goes away with the value.
final class TemporaryFolder {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "arka-kafka-" + UUID().uuidString
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Decides each record with the bytes of the record itself, `#` records are dead letters.
final class EchoDecider: BatchDecider {
    func decide(_ batch: RecordBatch, at wallMilliseconds: Int64) {
        for row in batch.rows {
            guard let payload = batch.bytes(of: row.payload) else {
                batch.outcomes.append(.skipped)
                continue
            }
            if payload.first == UInt8(ascii: "#") || payload.isEmpty {
                batch.setAside(
                    DeadLetterReason(.malformedJSON, path: "$", reason: "begins with a hash"))
                continue
            }
            let start = batch.output.count
            batch.output.reserve(payload.count).copyMemory(from: payload, byteCount: payload.count)
            batch.output.commit(payload.count)
            batch.outcomes.append(.decided(.compliant, start: start, count: payload.count))
        }
    }
}

struct SilentObserver: LaneObserver {
    func didCommit(_ counts: OutcomeCounts, took: Duration) {}
    func didFail(_ failure: CommitFailure) {}
}

/// A process as `pact run` makes it, without the process: a member with its lanes' threads.
final class TestMember {
    let group: KafkaConsumerGroup
    let counters: [LaneCounters]
    private let ended: [Latch]
    let verdict = VerdictBox()

    init(_ settings: KafkaSettings, lanes: Int, logger: Logger) throws {
        let time = SystemTime()
        group = KafkaConsumerGroup(
            settings: settings, lanes: lanes, logger: logger, time: time
        ) { [verdict] in verdict.set($0) }
        counters = (0..<lanes).map { _ in LaneCounters() }
        ended = try (0..<lanes).map { _ in try Latch() }
        for (index, lane) in group.lanes.enumerated() {
            let (counters, ended) = (counters[index], ended[index])
            _ = try ArkaSystem.Thread("lane-\(index)") {
                Lane(
                    transport: lane, mailbox: lane.mailbox, decider: EchoDecider(),
                    limits: LaneLimits(laneCount: lanes), time: time, counters: counters,
                    observer: SilentObserver()
                ).run()
                ended.open()
            }
        }
    }

    /// The ledger of all lanes.
    var ledger: Ledger {
        counters.reduce(Ledger()) { sum, lane in
            let settled = lane.settled
            return sum
                + Ledger(
                    consumed: lane.consumed, decided: settled.decided.reduce(0, +),
                    deadLettered: settled.deadLettered.reduce(0, +), skipped: settled.skipped,
                    returned: lane.returned)
        }
    }

    func stop(within limit: Duration = .seconds(15)) -> ExitReason {
        let reason = group.stop(deadline: SystemTime().monotonic + limit)
        for latch in ended { #expect(latch.wait(atMost: .seconds(5)), "a lane did not end") }
        return reason
    }
}

final class VerdictBox: Sendable {
    private let value = Mutex<ExitReason?>(nil)
    func set(_ reason: ExitReason) { value.withLock { $0 = reason } }
    var reason: ExitReason? { value.withLock { $0 } }
}

/// Waits until something holds; the test fails at the end of the limit.
func eventually(
    within limit: Duration = .seconds(30), _ what: Comment, _ condition: () throws -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
) rethrows {
    let clock = SystemTime()
    let deadline = clock.monotonic + limit
    while clock.monotonic < deadline {
        if try condition() { return }
        pause(.milliseconds(10))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

/// A record as an independent reader sees it.
struct SeenRecord: Equatable {
    var partition: Int32
    var offset: Int64
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [String: [UInt8]] = [:]
    var text: String { String(decoding: value ?? [], as: UTF8.self) }
}

/// Reads a whole topic from the start to its end, committed records only.
func readAll(_ topic: String, _ bootstrap: [String], log: TestLog) throws -> [SeenRecord] {
    let connection = KafkaConnection(
        bootstrap: bootstrap,
        properties: [
            "isolation.level": "read_committed", "fetch.wait.max.ms": "10",
            "receive.message.max.bytes": "200000000", "fetch.message.max.bytes": "50000000",
        ])
    let admin = try KafkaAdmin(connection, logger: log.logger)
    let partitions = try admin.describe([topic])[0].partitionCount
    admin.close()
    let handle = try KafkaHandle(
        .consumer, name: "reader",
        properties: ClientProperties(
            connection, defaults: [],
            fixed: [("group.id", "reader"), ("enable.partition.eof", "true")]),
        callbacks: ClientCallbacks(logger: log.logger, noise: NoiseGate()))
    defer { #expect(handle.close(within: .seconds(10)) == nil) }
    do {
        let list = PartitionList(capacity: partitions)
        for partition in 0..<Int32(partitions) { list.add(topic, partition, offset: -2) }
        rd_kafka_assign(handle.pointer, list.pointer)
    }
    var seen: [SeenRecord] = []
    var open = Set(0..<Int32(partitions))
    let deadline = SystemTime().monotonic + .seconds(60)
    while !open.isEmpty, SystemTime().monotonic < deadline {
        guard let message = rd_kafka_consumer_poll(handle.pointer, 100) else { continue }
        defer { rd_kafka_message_destroy(message) }
        if message.pointee.err == RD_KAFKA_RESP_ERR__PARTITION_EOF {
            // The marker of a transaction that is committed may be written a moment later.
            var (low, high): (Int64, Int64) = (-1, -1)
            let partition = message.pointee.partition
            rd_kafka_get_watermark_offsets(handle.pointer, topic, partition, &low, &high)
            if message.pointee.offset >= high { open.remove(partition) }
        }
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
        seen.append(SeenRecord(message))
    }
    #expect(open.isEmpty, "the end of \(topic) was not reached")
    return seen
}

extension SeenRecord {
    init(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        let raw = message.pointee
        partition = raw.partition
        offset = raw.offset
        key = raw.key.map { Array(UnsafeRawBufferPointer(start: $0, count: raw.key_len)) }
        value = raw.payload.map { Array(UnsafeRawBufferPointer(start: $0, count: raw.len)) }
        var packed: [UInt8] = []
        guard RecordHeaders.pack(message, into: &packed) else { return }
        packed.withUnsafeBytes { bytes in
            RecordHeaders.forEach(in: bytes) {
                headers[String(decoding: $0, as: UTF8.self)] = $1.map { Array($0) } ?? []
            }
        }
    }
}
