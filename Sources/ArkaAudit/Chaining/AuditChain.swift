import ArkaJSON
import ArkaSystem

/// One chain of audit records: gives each its number, the digest of the one before and its own.
///
/// A record's digest is SHA-256 over the record's own bytes, from its first up to the comma before the
/// member `hash`, which is the last. So no form has to be agreed upon, and a shell can recompute it.
struct AuditChain: Sendable {
    /// What the chain is called: `topic/partition`, or `file`.
    let name: String
    /// Its last record.
    private(set) var head: ChainHead

    /// Goes on behind a record.
    init(_ name: String, after head: ChainHead = .start) {
        self.name = name
        self.head = head
    }

    /// Renders the next record and moves the head to it.
    /// - Parameter members: The members of the entry as JSON, without braces: at least one.
    mutating func append(_ members: [UInt8]) -> [UInt8] {
        let next = head.sequence + 1
        var record = Array("{\"schema\":\"\(AuditRecord.schema)\",\"chain\":".utf8)
        record.append(jsonString: name)
        record += Array(",\"seq\":\(next),\"prev\":\"\(head.hash)\",".utf8)
        record += members
        let hash = hexadecimal(SHA256.digest(of: record))
        head = ChainHead(sequence: next, hash: hash)
        record += Array("\(AuditRecord.hashStart)\(hash)\"}".utf8)
        return record
    }
}
