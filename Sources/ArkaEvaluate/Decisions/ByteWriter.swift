/// Writes bytes one after the other into room that the caller has made large enough.
struct ByteWriter: ~Copyable {
    /// Where the next byte goes.
    private(set) var position: UnsafeMutablePointer<UInt8>

    /// SAFETY: whoever makes a writer has reserved room for everything that is written through it.
    init(at start: UnsafeMutablePointer<UInt8>) { position = start }

    @inline(__always) mutating func write(_ start: UnsafePointer<UInt8>, _ count: Int) {
        position.update(from: start, count: count)
        position += count
    }

    @inline(__always) mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        write(start, bytes.count)
    }

    @inline(__always) mutating func write(_ bytes: FrozenArray<UInt8>) {
        write(bytes.base, bytes.count)
    }

    @inline(__always) mutating func write(_ text: StaticString) {
        write(text.utf8Start, text.utf8CodeUnitCount)
    }

    @inline(__always) mutating func write(_ byte: UInt8) {
        position.pointee = byte
        position += 1
    }

    /// Writes a number below 100 with two digits.
    @inline(__always) mutating func writeTwoDigits(_ value: Int64) {
        let tens = (value * 205) >> 11
        position[0] = UInt8(truncatingIfNeeded: 48 &+ tens)
        position[1] = UInt8(truncatingIfNeeded: 48 &+ value &- tens &* 10)
        position += 2
    }

    /// Writes a whole number, two digits at a time from the right.
    mutating func write(_ value: Int64) {
        if value < 0 { write(UInt8(ascii: "-")) }
        var left = value.magnitude
        let count = Self.digitCount(left)
        var place = position + count
        while left >= 100 {
            let hundreds = left / 100
            let rest = left &- hundreds &* 100
            let tens = (rest &* 205) >> 11
            place -= 2
            place[0] = UInt8(truncatingIfNeeded: 48 &+ tens)
            place[1] = UInt8(truncatingIfNeeded: 48 &+ rest &- tens &* 10)
            left = hundreds
        }
        if left >= 10 {
            let tens = (left &* 205) >> 11
            place -= 2
            place[0] = UInt8(truncatingIfNeeded: 48 &+ tens)
            place[1] = UInt8(truncatingIfNeeded: 48 &+ left &- tens &* 10)
        } else {
            place[-1] = UInt8(truncatingIfNeeded: 48 &+ left)
        }
        position += count
    }

    /// How many digits a number has.
    ///
    /// 1233 / 4096 is a little more than log₁₀ 2, so the guess is right or one too small.
    @inline(__always) private static func digitCount(_ value: UInt64) -> Int {
        let bits = 64 - (value | 1).leadingZeroBitCount
        let guess = (bits * 1233) >> 12
        return guess + (value >= powers.base[guess] ? 1 : 0) + (value == 0 ? 1 : 0)
    }

    /// 1, 10, 100 … 10¹⁹.
    private static let powers = FrozenArray<UInt64>(
        (0..<20).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 10 } })
}
