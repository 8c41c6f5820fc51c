import ArkaSystem

/// The last record of a chain: what the next one goes on from.
public struct ChainHead: Sendable, Hashable {
    /// The record's number, from 1; 0 where the chain has none.
    public let sequence: Int64
    /// The record's digest in 64 hexadecimal digits; all zero where there is none.
    public let hash: String

    /// Says where a chain stands.
    public init(sequence: Int64, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }

    /// Before the first record.
    public static let start = ChainHead(
        sequence: 0, hash: String(repeating: "0", count: 2 * SHA256.byteCount))
}
