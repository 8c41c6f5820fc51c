public import ArkaModel

/// Where the audit trail goes.
public struct AuditSpec: Sendable, Hashable {
    /// Bytes that a key of pseudonyms has at least.
    public static let pseudonymKeyBytesMin = 16

    /// The topic; `nil` where there is none: plugins cannot write audit records then.
    public var topic: String?
    /// What personal values become pseudonyms with; `nil` shows nothing of them.
    public var pseudonymKey: SecretText?

    /// Describes an audit trail.
    public init(topic: String? = nil, pseudonymKey: SecretText? = nil) {
        self.topic = topic
        self.pseudonymKey = pseudonymKey
    }
}
