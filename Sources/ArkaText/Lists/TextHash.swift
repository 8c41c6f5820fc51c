/// Turns bytes and numbers into 64 well-mixed bits, as the table of a list needs them.
///
/// Not keyed: who writes a list decides about its collisions, who sends texts to look up can at
/// most meet the ones that are there.
enum TextHash {
    // Odd, about half of the bits set, and no text begins with such bytes.
    private static let first: UInt64 = 0xA24B_AED4_963E_E407
    private static let second: UInt64 = 0x9FB2_1C65_1E98_DF25

    /// Hashes bytes, sixteen at a time.
    static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
        var state = UInt64(truncatingIfNeeded: text.count) &* second
        // An empty buffer may lack an address, or have one: both are the empty text.
        guard text.count > 0, let start = text.baseAddress else { return last(0, 0, state) }
        var at = 0
        // SAFETY: every word lies within the text: here 16 bytes and more are left, below the words
        // begin at `at` and end with the text, overlapping where it is short.
        while text.count - at > 16 {
            state = fold(word(start + at) ^ first, word(start + at + 8) ^ state)
            at += 16
        }
        let rest = text.count - at
        let (a, b) =
            switch rest {
            case 8...: (word(start + at), word(start + at + rest - 8))
            case 4...: (halfWord(start + at), halfWord(start + at + rest - 4))
            default: (fewBytes(start + at, rest), 0)
            }
        return last(a, b, state)
    }

    /// Hashes a scaled decimal.
    static func hash(_ number: Int128) -> UInt64 {
        let low = UInt64(truncatingIfNeeded: number)
        let high = UInt64(truncatingIfNeeded: number >> 64)
        return last(low, high, second)
    }

    /// Takes in the last sixteen bytes and mixes once more.
    private static func last(_ a: UInt64, _ b: UInt64, _ state: UInt64) -> UInt64 {
        fold(fold(a ^ first, b ^ state), second)
    }

    /// Multiplies to 128 bits and folds them: each bit of the result depends on all of both.
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    // SAFETY: the caller makes sure that as many bytes as are read belong to the text.

    private static func word(_ place: UnsafeRawPointer) -> UInt64 {
        place.loadUnaligned(as: UInt64.self)
    }

    private static func halfWord(_ place: UnsafeRawPointer) -> UInt64 {
        UInt64(place.loadUnaligned(as: UInt32.self))
    }

    /// One to three bytes: the first, the middle and the last.
    private static func fewBytes(_ place: UnsafeRawPointer, _ count: Int) -> UInt64 {
        let first = UInt64(place.loadUnaligned(as: UInt8.self))
        let middle = UInt64(place.loadUnaligned(fromByteOffset: count / 2, as: UInt8.self))
        let last = UInt64(place.loadUnaligned(fromByteOffset: count - 1, as: UInt8.self))
        return first << 16 | middle << 8 | last
    }
}
