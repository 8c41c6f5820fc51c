import PactPlugins
import Synchronization

/// Keeps what a plugin under test writes into the audit trail.
final class RecordedAudit: AuditSink {
    private let entries = Mutex<[AuditEntry]>([])

    var records: [AuditEntry] { entries.withLock { $0 } }

    func write(_ entry: AuditEntry) async throws(AuditFailure) {
        entries.withLock { $0.append(entry) }
    }
}
