/// What tells one call of a function from another: equal keys may share an answer.
///
/// The bytes hold plugin, function, version of its configuration and arguments so that no two
/// different calls have equal bytes; ``CallKeyWriter`` puts them together.
public struct CallKey: Sendable {
    /// The whole key.
    public let bytes: [UInt8]
    /// A seeded hash of the bytes.
    public let hash: UInt64

    /// Makes a key out of bytes that tell the call apart, hashed with the process' own seed.
    ///
    /// The seed must be the same for all keys that meet in one cache. It is drawn at random per
    /// process, since arguments come from outside and must not be able to choose their places.
    public init(bytes: [UInt8], seed: UInt64) {
        self.init(unchecked: bytes, hash: KeyHash.hash(of: bytes, seed: seed))
    }

    /// Puts bytes and their hash together.
    init(unchecked bytes: [UInt8], hash: UInt64) {
        self.bytes = bytes
        self.hash = hash
    }

    /// The same key in memory of just its size: what is kept must not keep a writer's spare room.
    func trimmed() -> CallKey {
        let copy = [UInt8](capacity: bytes.count) { out in
            for byte in bytes { out.append(byte) }
        }
        return CallKey(unchecked: copy, hash: hash)
    }
}

extension CallKey: Hashable {
    /// Compares the bytes; the hashes only say early that they differ.
    public static func == (a: CallKey, b: CallKey) -> Bool {
        a.hash == b.hash && a.bytes == b.bytes
    }

    /// Feeds the hash, which is seeded already.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(hash)
    }
}
