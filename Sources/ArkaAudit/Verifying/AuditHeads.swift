import ArkaJSON
import ArkaModel

/// The heads of chains as they were at a time: what shows later that an end was cut off, or a history
/// rewritten. To be kept where those who can write the trail cannot write.
public struct AuditHeads: Sendable, Hashable {
    private static let schema = "arka.audit_heads/1"

    /// The heads by the names of their chains.
    public let heads: [String: ChainHead]

    /// Keeps heads.
    public init(_ heads: [String: ChainHead] = [:]) {
        self.heads = heads
    }

    /// Reads what ``json`` wrote.
    /// - Throws: What is wrong with it.
    public init(json: [UInt8], name: String) throws(AuditHeadsRefusal) {
        let document = parseJSON(SourceText(name: name, utf8: json))
        guard let root = document.root, case .object(let members)? = root["heads"]?.kind,
            root["schema"]?.kind == .string(Self.schema)
        else { throw AuditHeadsRefusal(name: name, reason: "it is no object of \(Self.schema)") }
        var heads: [String: ChainHead] = [:]
        for member in members {
            guard case .number(let number)? = member.value["seq"]?.kind,
                let sequence = Int64(number), (1...AuditLimits.sequenceMax).contains(sequence),
                case .string(let hash)? = member.value["hash"]?.kind
            else {
                throw AuditHeadsRefusal(
                    name: name, reason: "the head of '\(shown(member.name))' has no seq and hash")
            }
            heads[member.name] = ChainHead(sequence: sequence, hash: hash)
        }
        self.heads = heads
    }

    /// The heads as a JSON text.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("schema")
        json.string(Self.schema)
        json.name("heads")
        json.beginObject()
        for (chain, head) in heads.sorted(by: { $0.key < $1.key }) {
            json.name(chain)
            json.beginObject()
            json.name("seq")
            json.integer(head.sequence)
            json.name("hash")
            json.string(head.hash)
            json.endObject()
        }
        json.endObject()
        json.endObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }
}

/// Why a file of heads cannot be used.
public struct AuditHeadsRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let name: String
    /// What is wrong with it.
    public let reason: String

    /// One line for people, with the code.
    public var description: String {
        "\(name): \(reason); write one with 'pact audit verify --write-head' "
            + "[\(DiagnosticCode.auditHeadsUnusable)]"
    }
}
