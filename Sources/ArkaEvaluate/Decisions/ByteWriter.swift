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

    /// Writes a whole number.
    mutating func write(_ value: Int64) {
        if value < 0 { write(UInt8(ascii: "-")) }
        var left = value.magnitude
        var count = 1
        var bound: UInt64 = 10
        while count < 19, left >= bound {
            bound &*= 10
            count += 1
        }
        if count == 19, left >= 10_000_000_000_000_000_000 { count = 20 }
        for place in stride(from: count - 1, through: 0, by: -1) {
            let (quotient, digit) = left.quotientAndRemainder(dividingBy: 10)
            position[place] = 48 + UInt8(truncatingIfNeeded: digit)
            left = quotient
        }
        position += count
    }
}
