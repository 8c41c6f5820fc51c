import ArkaModel

/// A JSON number as it stands in the text: its extent, and its value where that is quick to have.
struct NumberToken {
    /// The value times 10⁶; meaningless unless ``isFast``.
    var fast: Int64 = 0
    /// Whether the number has up to 12 digits before the point, up to 6 behind it, no exponent.
    var isFast = false

    /// 10⁶, 10⁵ … 1: what a number with 0, 1 … 6 decimals is multiplied with.
    private static let scales = FrozenArray<UInt64>([1_000_000, 100_000, 10_000, 1000, 100, 10, 1])

    /// The table to hand to ``read(_:_:)``; taken once per record, because it is a global.
    static var scaleTable: UnsafePointer<UInt64> { scales.base }

    /// Reads `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?` and moves the position behind it.
    ///
    /// SAFETY: a byte that is no digit must come within readable memory; the padding has one.
    /// - Returns: `nil` if no number stands here; the position is then where it went wrong.
    @inline(__always) static func read(
        _ position: inout UnsafePointer<UInt8>, _ scales: UnsafePointer<UInt64>
    ) -> NumberToken? {
        var p = position
        let isNegative = p.pointee == UInt8(ascii: "-")
        if isNegative { p += 1 }
        let wholeStart = p
        var digits: UInt64 = 0
        var digit = p.pointee &- UInt8(ascii: "0")
        if digit == 0 {
            // No digit may follow a leading zero; one that does is found by whoever reads on.
            p += 1
        } else {
            while digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
                p += 1
                digit = p.pointee &- UInt8(ascii: "0")
            }
        }
        let wholeCount = p - wholeStart
        position = p
        if wholeCount == 0 { return nil }
        var fractionCount = 0
        if p.pointee == UInt8(ascii: ".") {
            p += 1
            let fractionStart = p
            digit = p.pointee &- UInt8(ascii: "0")
            while digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
                p += 1
                digit = p.pointee &- UInt8(ascii: "0")
            }
            fractionCount = p - fractionStart
            position = p
            if fractionCount == 0 { return nil }
        }
        if p.pointee | 0x20 == UInt8(ascii: "e") {
            return skipExponent(&position) ? NumberToken() : nil
        }
        guard wholeCount <= 12, fractionCount <= 6 else { return NumberToken() }
        // At most 18 digits after scaling: nothing above has wrapped around.
        let scaled = Int64(bitPattern: digits &* scales[fractionCount])
        return NumberToken(fast: isNegative ? 0 &- scaled : scaled, isFast: true)
    }

    @inline(never) private static func skipExponent(
        _ position: inout UnsafePointer<UInt8>
    ) -> Bool {
        position += 1
        if position.pointee == UInt8(ascii: "+") || position.pointee == UInt8(ascii: "-") {
            position += 1
        }
        let start = position
        while position.pointee &- UInt8(ascii: "0") < 10 { position += 1 }
        return position > start
    }

    /// The exact value of a number's text; `nil` if it does not fit 128 bits.
    ///
    /// Up to 20 digits before the point and 18 behind it always fit, and need no memory.
    static func exact(_ text: UnsafeBufferPointer<UInt8>) -> ExactDecimal? {
        let isNegative = text.first == UInt8(ascii: "-")
        var digits: Int128 = 0
        var wholeCount = 0
        var fractionCount = -1
        for byte in text.dropFirst(isNegative ? 1 : 0) {
            if byte == UInt8(ascii: ".") {
                fractionCount = 0
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            if fractionCount >= 0 { fractionCount += 1 } else { wholeCount += 1 }
            guard digit < 10, wholeCount <= 20, fractionCount <= 18 else {
                return try? ExactDecimal(json: text)
            }
            digits = digits &* 10 &+ Int128(digit)
        }
        for _ in max(fractionCount, 0)..<ExactDecimal.fractionDigits { digits = digits &* 10 }
        return ExactDecimal(scaled: isNegative ? -digits : digits)
    }
}
