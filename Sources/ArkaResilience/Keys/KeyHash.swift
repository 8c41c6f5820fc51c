/// Hashes key bytes, eight at a time.
///
/// Swift's own `Hasher` takes bytes only through unsafe pointers or one by one. A multiplication to
/// 128 bits whose halves are folded mixes as well as a table in memory needs, and with a secret seed
/// the places cannot be chosen from outside.
enum KeyHash {
    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93

    static func hash(of bytes: [UInt8], seed: UInt64) -> UInt64 {
        let bytes = bytes.span
        var state = seed ^ fold(UInt64(bytes.count) ^ first, second)
        var offset = 0
        while offset &+ 8 <= bytes.count {
            state = fold(state ^ word(bytes, offset, count: 8), first)
            offset &+= 8
        }
        if offset < bytes.count {
            state = fold(state ^ word(bytes, offset, count: bytes.count &- offset), first)
        }
        return fold(state ^ second, first)
    }

    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ offset: Int, count: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<count {
            word |= UInt64(bytes[offset &+ index]) &<< UInt64(truncatingIfNeeded: index &* 8)
        }
        return word
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
