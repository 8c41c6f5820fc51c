public import PactPlugins

/// Where audit records go when the topology has no topic for them: nowhere, and the call that wants to
/// be audited fails.
public struct NoAuditTopic: AuditSink {
    /// Takes nothing.
    public init() {}

    /// Refuses.
    public func write(_ entry: AuditEntry) async throws(AuditFailure) {
        throw AuditFailure(
            "the topology has no topic for it; set `audit.topic`", isRetryable: false)
    }
}
