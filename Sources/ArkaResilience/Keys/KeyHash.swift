/// A hash of words, seeded, as far as it has come.
///
/// Swift's own `Hasher` is made to withstand more, and takes four times as long for a short key. A
/// multiplication to 128 bits whose halves are folded mixes as well as a table in memory needs, and
/// with a secret seed the places cannot be chosen from outside.
struct KeyHash: Sendable, Hashable {
    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93

    private var state: UInt64

    init(seed: UInt64) {
        state = Self.fold(seed ^ Self.first, Self.second)
    }

    /// The hash of what was added. Whoever adds sees to it that no list of words begins another one.
    var value: UInt64 { Self.fold(state ^ Self.second, Self.first) }

    mutating func add(_ word: UInt64) {
        state = Self.fold(state ^ word, Self.first)
    }

    func adding(_ words: Span<UInt64>) -> KeyHash {
        var hash = self
        for index in words.indices { hash.add(words[index]) }
        return hash
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
