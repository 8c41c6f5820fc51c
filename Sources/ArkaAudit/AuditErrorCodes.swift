public import ArkaModel

/// The codes of this target; meaning and remedy stand in `docs/spec/error-codes.md`.
extension DiagnosticCode {
    /// Bytes are no audit record.
    public static let auditUnreadable = DiagnosticCode("AUDIT", 1)
    /// A record's digest is not that of its bytes.
    public static let auditChanged = DiagnosticCode("AUDIT", 2)
    /// Records are missing from a chain.
    public static let auditMissing = DiagnosticCode("AUDIT", 3)
    /// A record stands twice, or out of order.
    public static let auditRepeated = DiagnosticCode("AUDIT", 4)
    /// A record does not go on from the one before it.
    public static let auditBroken = DiagnosticCode("AUDIT", 5)
    /// A chain begins behind its first record.
    public static let auditBegun = DiagnosticCode("AUDIT", 6)
    /// A chain ends before a head that was kept.
    public static let auditTruncated = DiagnosticCode("AUDIT", 7)
    /// A chain has another record in the place of a head that was kept.
    public static let auditRewritten = DiagnosticCode("AUDIT", 8)
    /// A file of heads cannot be used.
    public static let auditHeadsUnusable = DiagnosticCode("AUDIT", 9)
    /// A topology has no audit topic.
    public static let auditNoTopic = DiagnosticCode("AUDIT", 10)
}
