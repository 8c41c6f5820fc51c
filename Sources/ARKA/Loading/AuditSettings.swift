import ArkaAudit
public import ArkaModel
import PactPlugins

/// Where the audit records of plugins go in a program of its own.
///
/// Records are those of a topology's audit trail (`arka.audit/1`), on one chain for each manager, so
/// that `pact audit verify` reads a file of them. They stand in no transaction: whoever keeps decisions
/// keeps these.
public struct AuditSettings: Sendable {
    /// What personal values become pseudonyms with, at least 16 bytes; `nil` shows none.
    public var pseudonymKey: SecretText?
    /// Takes a record, JSON without a line's end, one after the other. If it throws, the call fails that
    /// wanted to be audited.
    public var record: @Sendable ([UInt8]) throws -> Void

    /// Makes settings.
    public init(
        pseudonymKey: SecretText? = nil,
        record: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        self.pseudonymKey = pseudonymKey
        self.record = record
    }

    /// A chain of its own.
    /// - Parameter redactor: Knows the secrets that must not stand in records.
    func journal(time: any TimeSource, redactor: SecretRedactor) -> AuditJournal {
        AuditJournal(
            chain: "engine/" + String(UInt64.random(in: 0 ... .max), radix: 36),
            pseudonymKey: pseudonymKey, redactor: redactor, time: time, record: record)
    }
}

extension RefusingAudit {
    /// Stands where a program gives its plugin manager no place for audit records.
    static var noSettings: RefusingAudit {
        RefusingAudit("the plugin manager was made without one; give it `audit`")
    }
}
