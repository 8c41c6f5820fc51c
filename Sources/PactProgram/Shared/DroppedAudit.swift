import ArkaSystem
import PactPlugins
import Synchronization

/// Drops audit records, and says so once: an evaluation of a file changes nothing outside.
final class DroppedAudit: AuditSink {
    private let hasWarned = Atomic(false)

    func write(_ entry: AuditEntry) async throws(AuditFailure) {
        guard !hasWarned.exchange(true, ordering: .relaxed) else { return }
        StandardStream.error.write(
            "pact: \(entry.plugin) writes audit records, which are dropped; keep them with "
                + "--audit FILE\n")
    }
}
