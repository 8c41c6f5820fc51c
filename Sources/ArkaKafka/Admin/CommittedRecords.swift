import ArkaSystem
public import ArkaTelemetry
import CRdkafka

/// A record of a topic, as whoever reads committed records sees it.
public struct CommittedRecord: Sendable, Hashable {
    /// The partition.
    public let partition: Int32
    /// Its offset there.
    public let offset: Int64
    /// The value; empty for none.
    public let value: [UInt8]
}

/// Reads a topic from its start to its end as it is now, committed records only, each partition in its
/// order. Blocks; keeps nothing.
/// - Throws: ``KafkaError``: `missingTopic`, `brokerUnreachable`, `requestFailed`, and what
///   ``KafkaAdmin`` throws.
public func readCommitted(
    _ connection: KafkaConnection, topic: String, logger: Logger,
    _ body: (CommittedRecord) -> Void
) throws(KafkaError) {
    let admin = try KafkaAdmin(connection, logger: logger)
    defer { admin.close() }
    let count = try admin.describe([topic]).first?.partitionCount ?? 0
    guard count > 0 else { throw KafkaError(.missingTopic, topic, "the topic does not exist") }
    let scan = try TopicScan(connection, topic: topic, logger: logger)
    defer { scan.close() }
    let bounds: [Int32: Range<Int64>]
    do {
        bounds = try scan.bounds((0..<count).map { Int32($0) }, within: KafkaLimits.startTimeout)
    } catch {
        throw KafkaError(.requestFailed, topic, error.description)
    }
    try scan.read(bounds, body)
}

extension TopicScan {
    /// Reads partitions up to the ends of these bounds.
    fileprivate func read(
        _ bounds: [Int32: Range<Int64>], _ body: (CommittedRecord) -> Void
    ) throws(KafkaError) {
        let wanted = bounds.filter { !$0.value.isEmpty }
        for (partition, range) in wanted { start(partition, at: range.lowerBound) }
        var open = Set(wanted.keys)
        let clock = SystemTime()
        var deadline = clock.monotonic + KafkaLimits.scanPatience
        while !open.isEmpty {
            guard let step = next(within: .milliseconds(100)) else {
                guard clock.monotonic < deadline else {
                    throw KafkaError(
                        .requestFailed, topic,
                        "its records did not come within "
                            + "\(KafkaLimits.scanPatience)")
                }
                continue
            }
            deadline = clock.monotonic + KafkaLimits.scanPatience
            switch step {
            case .record(let partition, let offset, let value):
                body(CommittedRecord(partition: partition, offset: offset, value: value))
            case .end(let partition, let offset, _):
                // What came after the beginning is read too, which does no harm.
                if offset >= bounds[partition]?.upperBound ?? 0 { open.remove(partition) }
            case .failed(let partition, let failure):
                throw KafkaError(.requestFailed, "\(topic)/\(partition)", failure.description)
            }
        }
    }
}
