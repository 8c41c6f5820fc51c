public import ArkaAudit
public import ArkaConfig
public import ArkaModel

extension AuditMailbox {
    /// The audit trail of a topology on a cluster; `nil` where it has no topic.
    /// - Parameters:
    ///   - redactor: Knows the secrets of the process.
    ///   - time: What records state as their time.
    public convenience init?(
        of topology: TopologySpec, redactor: SecretRedactor = SecretRedactor(),
        time: any TimeSource
    ) {
        guard topology.audit.topic != nil else { return nil }
        if let key = topology.audit.pseudonymKey { redactor.add(key.revealed) }
        self.init(
            .topic(topology.source.topic),
            process: String(UInt64.random(in: 0 ... .max), radix: 36),
            pseudonymKey: topology.audit.pseudonymKey, redactor: redactor, time: time)
    }
}
