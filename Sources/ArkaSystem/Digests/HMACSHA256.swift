/// The keyed digest HMAC (RFC 2104) of SHA-256.
public struct HMACSHA256: Sendable {
    private static let blockBytes = 64
    private let inner: [UInt8]
    private let outer: [UInt8]

    /// Prepares a key of any length.
    public init(key: [UInt8]) {
        var block = key.count > Self.blockBytes ? SHA256.digest(of: key) : key
        block += [UInt8](repeating: 0, count: Self.blockBytes - block.count)
        inner = block.map { $0 ^ 0x36 }
        outer = block.map { $0 ^ 0x5C }
    }

    /// The digest of some bytes.
    public func digest(of bytes: [UInt8]) -> [UInt8] {
        SHA256.digest(of: outer + SHA256.digest(of: inner + bytes))
    }
}
