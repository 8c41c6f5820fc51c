import ArkaModel
import ArkaStream
import PactPlugins

@testable import ArkaAudit

/// Numbers that look random and are the same in each run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// A clock that stands.
struct StandingTime: TimeSource {
    var monotonic: Duration { .zero }
    var wallMilliseconds: Int64 { 1_800_000_000_123 }
}

/// A chain of records that say nothing of interest.
func records(_ count: Int, chain name: String = "payments/3", salt: String = "") -> [[UInt8]] {
    var chain = AuditChain(name)
    return (0..<count).map { chain.append(Array("\"n\":\"\(salt)\($0)\"".utf8)) }
}

/// The findings of records that are read as lines.
func findings(
    _ lines: [[UInt8]], knowing heads: AuditHeads = AuditHeads(), mayBeginLate: Bool = false
) -> [AuditFinding] {
    var verification = AuditVerification(knowing: heads, mayBeginLate: mayBeginLate)
    for (index, line) in lines.enumerated() { verification.add(line, at: "line \(index + 1)") }
    verification.finish()
    return verification.findings
}

/// A context of a record.
func context(_ partition: Int32?, _ offset: Int64, id: String? = nil) -> PluginContext {
    var context = PluginContext(topology: "t", topic: "payments", offset: offset)
    context.partition = partition
    context.transactionID = id
    return context
}

/// A mailbox for the topic `payments`.
func mailbox(
    entries: Int = 1000, bytes: Int = 1 << 20, key: String? = nil,
    redactor: SecretRedactor = SecretRedactor(), process: String = "p"
) -> AuditMailbox {
    AuditMailbox(
        .topic("payments"), process: process,
        limits: EntryStore.Limits(entries: entries, bytes: bytes), time: StandingTime(),
        classing: AuditClassing(pseudonymKey: key.map(SecretText.init), redactor: redactor))
}

/// A batch with decided rows of partitions and offsets.
func batch(_ rows: [(Int32, Int64)]) -> RecordBatch {
    let batch = RecordBatch()
    for (partition, offset) in rows {
        batch.append(record: [], partition: partition, offset: offset, timestamp: 77)
        batch.outcomes.append(.decided(.compliant, start: 0, count: 0))
    }
    return batch
}

extension AuditMailbox {
    /// Logs as the plugin `own`.
    func log(
        _ context: PluginContext?, action: String = "data_access",
        details: KeyValuePairs<String, AuditValue> = [:]
    ) async throws {
        try await AuditLogger(plugin: "own", sink: self).log(
            action: action, resource: "external_database", details: details, context: context)
    }
}

/// A record as JSON.
func json(_ bytes: [UInt8]) throws -> PluginValue { try PluginValue(json: bytes) }
