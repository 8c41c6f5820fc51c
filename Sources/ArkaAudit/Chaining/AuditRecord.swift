import ArkaJSON
import ArkaModel
import ArkaSystem

/// What of an audit record matters to its chain.
struct AuditRecord: Sendable, Hashable {
    /// What the member `schema` says.
    static let schema = "arka.audit/1"
    /// What stands between the bytes that are digested and the digest.
    static let hashStart = ",\"hash\":\""

    /// The chain that it says it belongs to.
    let chain: String
    /// Its place in the chain.
    let head: ChainHead
    /// The digest of the record before, as it says.
    let previous: String
    /// Whether its digest is that of its bytes.
    let isIntact: Bool

    /// Why bytes are no record.
    struct Refusal: Error, Hashable {
        let reason: String
    }

    /// Reads a record, by any digest that it states.
    init(_ bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= AuditLimits.recordBytesMax else {
            throw Refusal(reason: "it is larger than a record can be")
        }
        let document = parseJSON(SourceText(name: "record", utf8: bytes))
        guard let root = document.root else {
            throw Refusal(reason: "it is no JSON object with unique names")
        }
        guard Self.text(root["schema"]) == Self.schema else {
            throw Refusal(reason: "its schema is not \(Self.schema)")
        }
        guard let chain = Self.text(root["chain"]), case .number(let number)? = root["seq"]?.kind,
            let sequence = Int64(number), (1...AuditLimits.sequenceMax).contains(sequence),
            let previous = Self.digest(root["prev"]),
            let hash = Self.digest(root["hash"])
        else { throw Refusal(reason: "chain, seq, prev or hash is missing or of another form") }
        guard chain.utf8.count <= AuditLimits.chainBytesMax else {
            throw Refusal(reason: "its chain has a name that is longer than any can be")
        }
        self.chain = chain
        self.previous = previous
        head = ChainHead(sequence: sequence, hash: hash)
        isIntact = Self.isIntact(bytes, hash)
    }

    private static func isIntact(_ bytes: [UInt8], _ hash: String) -> Bool {
        let end = Array("\(hashStart)\(hash)\"}".utf8)
        guard bytes.count > end.count, bytes.suffix(end.count) == end[...] else { return false }
        let digested = Array(bytes.dropLast(end.count))
        return hexadecimal(SHA256.digest(of: digested)) == hash
    }

    private static func text(_ node: JSONNode?) -> String? {
        if case .string(let text)? = node?.kind { text } else { nil }
    }

    private static func digest(_ node: JSONNode?) -> String? {
        guard let text = text(node), text.utf8.count == 2 * SHA256.byteCount else { return nil }
        let isDigest = text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        return isDigest ? text : nil
    }
}
