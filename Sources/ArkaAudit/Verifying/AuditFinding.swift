public import ArkaModel

/// Something that is wrong with a chain.
public struct AuditFinding: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It is no audit record.
        case unreadable
        /// The record's digest is not that of its bytes.
        case changed
        /// Records are missing before it.
        case missing
        /// The record stands there already, or behind one that comes after it.
        case repeated
        /// It does not go on from the record before it: one of them was put there or rewritten.
        case broken
        /// The chain begins behind its first record.
        case begun
        /// The chain ends before a head that was kept.
        case truncated
        /// The chain has another record in the place of a head that was kept.
        case rewritten
    }

    /// What is wrong.
    public let kind: Kind
    /// The chain; empty where it cannot be told.
    public let chain: String
    /// The record's number in its chain; 0 where there is none.
    public let sequence: Int64
    /// Where the record stands: a line, or a partition and an offset; empty for an end.
    public let place: String
    /// What was expected, and what is there.
    public let reason: String

    /// One line for people.
    public var description: String {
        let record = chain.isEmpty ? "" : " chain \(printable(chain)), seq \(sequence):"
        return "\(place.isEmpty ? "" : printable(place) + ":")\(record) \(reason) [\(kind.code)]"
            .trimmingSpaces
    }
}

extension AuditFinding.Kind {
    /// The code of the error.
    public var code: DiagnosticCode {
        switch self {
        case .unreadable: .auditUnreadable
        case .changed: .auditChanged
        case .missing: .auditMissing
        case .repeated: .auditRepeated
        case .broken: .auditBroken
        case .begun: .auditBegun
        case .truncated: .auditTruncated
        case .rewritten: .auditRewritten
        }
    }
}

extension String {
    fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}
