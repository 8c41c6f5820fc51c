/// Writes what a plugin does into the audit trail, under the plugin's own name, which the engine sets.
///
/// A record of a call stands in the same Kafka transaction as the decision of the transaction that it
/// was made for: where the decision is, the record is.
public struct AuditLogger: Sendable {
    /// The plugin's name, as topologies use it.
    public let plugin: String
    private let sink: any AuditSink

    /// Writes under a plugin's name; the engine makes one for each plugin.
    public init(plugin: String, sink: any AuditSink) {
        self.plugin = plugin
        self.sink = sink
    }

    /// The logger of a plugin that is only checked: refuses every record.
    public init() {
        self.init(plugin: "", sink: RefusingAudit("there is none here"))
    }

    /// Writes a record; it has been taken over when this returns.
    /// - Parameters:
    ///   - action: What was done, such as `data_access`.
    ///   - resource: What it was done to, such as `external_database`.
    ///   - details: More, each value with its class; plain values are shown as they are.
    ///   - context: The call's own; `nil` for what belongs to no call, such as in `initialize`.
    /// - Throws: ``AuditFailure`` where the trail cannot take it; the call should fail then.
    public func log(
        action: String, resource: String,
        details: KeyValuePairs<String, AuditValue> = [:], context: PluginContext?
    ) async throws(AuditFailure) {
        try await sink.write(
            AuditEntry(
                plugin: plugin, action: action, resource: resource,
                details: details.map { AuditEntry.Detail($0, $1) }, context: context))
    }
}

/// Where audit records go.
public protocol AuditSink: Sendable {
    /// Takes a record over.
    func write(_ entry: AuditEntry) async throws(AuditFailure)
}

/// One thing that a plugin did.
public struct AuditEntry: Sendable, Hashable {
    /// A name and its value.
    public struct Detail: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value with its class.
        public let value: AuditValue

        /// Makes a detail.
        public init(_ name: String, _ value: AuditValue) {
            self.name = name
            self.value = value
        }
    }

    /// The plugin's name, set by the engine.
    public let plugin: String
    /// What was done.
    public let action: String
    /// What it was done to.
    public let resource: String
    /// More.
    public let details: [Detail]
    /// The call that it was done for.
    public let context: PluginContext?

    /// Makes an entry.
    public init(
        plugin: String, action: String, resource: String, details: [Detail],
        context: PluginContext?
    ) {
        self.plugin = plugin
        self.action = action
        self.resource = resource
        self.details = details
        self.context = context
    }
}

/// A value in the audit trail, with what may be seen of it.
public enum AuditValue: Sendable, Hashable {
    /// Shown as it is, secrets that the process knows taken out.
    case open(PluginValue)
    /// Personal: shown as a pseudonym, the same for equal values, where the operator has set a key for
    /// that, and otherwise not at all.
    case personal(PluginValue)
    /// Never shown.
    case secret
}

extension AuditValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    /// An open text.
    public init(stringLiteral value: String) { self = .open(.string(value)) }
    /// An open number.
    public init(integerLiteral value: Int64) { self = .open(PluginValue(integerLiteral: value)) }
    /// An open truth value.
    public init(booleanLiteral value: Bool) { self = .open(.boolean(value)) }
}

/// The audit trail cannot take a record.
public struct AuditFailure: Error, Hashable, CustomStringConvertible {
    /// Why, for the operator.
    public let reason: String
    /// Whether trying again may help.
    public let isRetryable: Bool

    /// Describes a failure.
    public init(_ reason: String, isRetryable: Bool) {
        self.reason = reason
        self.isRetryable = isRetryable
    }

    /// The reason with what failed.
    public var description: String { "the audit trail does not take the record: \(reason)" }
}

/// Takes no record: where there is no trail, the call that wants to be audited fails.
public struct RefusingAudit: AuditSink {
    private let reason: String

    /// Refuses with a reason, for the operator.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// Refuses.
    public func write(_ entry: AuditEntry) async throws(AuditFailure) {
        throw AuditFailure(reason, isRetryable: false)
    }
}
