/// What tells one call of a function from another: equal keys may share an answer.
///
/// A key is a string of bytes that holds plugin, function, version of its configuration and arguments
/// so that no two different calls have equal ones; ``CallKeyWriter`` puts it together. It is kept in
/// words of eight bytes, each part beginning a new one: comparing and hashing it is what a call costs
/// that is answered from the cache, and byte by byte that is six times as much.
public struct CallKey: Sendable {
    /// The whole key.
    public let words: [UInt64]
    /// A seeded hash of the words.
    public let hash: UInt64

    /// Makes a key out of bytes that tell the call apart, hashed with the process' own seed.
    ///
    /// The seed must be the same for all keys that meet in one cache. It is drawn at random per
    /// process, since arguments come from outside and must not be able to choose their places.
    public init(bytes: [UInt8], seed: UInt64) {
        var words = [UInt64(bytes.count)]
        bytes.span.forEachWord { words.append($0) }
        self.init(words: words, hash: KeyHash(seed: seed).adding(words.span).value)
    }

    /// Puts words and their hash together.
    init(words: [UInt64], hash: UInt64) {
        self.words = words
        self.hash = hash
    }

    /// What it takes in memory.
    public var byteCount: Int { words.count * 8 }

    /// The same key in memory of just its size: what is kept must not keep a writer's spare room.
    func trimmed() -> CallKey {
        var copy: [UInt64] = []
        copy.append(addingCapacity: words.count) { out in
            for word in words { out.append(word) }
        }
        return CallKey(words: copy, hash: hash)
    }
}

extension CallKey: Hashable {
    /// Compares the words; the hashes only say early that they differ.
    public static func == (a: CallKey, b: CallKey) -> Bool {
        guard a.hash == b.hash, a.words.count == b.words.count else { return false }
        let (first, second) = (a.words.span, b.words.span)
        for index in first.indices where first[index] != second[index] { return false }
        return true
    }

    /// Feeds the hash, which is seeded already.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(hash)
    }
}
