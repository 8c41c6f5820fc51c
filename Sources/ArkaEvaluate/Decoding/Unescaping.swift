/// Resolves the escapes of a JSON string whose escapes are known to be valid.
///
/// A lone surrogate, which JSON allows and UTF-8 does not, becomes the three bytes that UTF-8 would
/// have for it: it equals no valid text, and equal ones equal each other.
enum Unescaping {
    // SAFETY: only `text[..<count]` is read: escapes were checked to be whole when the string's end was
    // looked for. `out` has room for `count` bytes, and no escape is shorter than what it stands for.

    /// Whether there is anything to resolve.
    static func isNeeded(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        UnsafeBufferPointer(start: text, count: count).contains(UInt8(ascii: "\\"))
    }

    /// Writes the string's bytes, never more than `count`.
    /// - Returns: How many.
    static func resolve(
        _ text: UnsafePointer<UInt8>, _ count: Int, into out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var at = 0
        var written = 0
        while at < count {
            let byte = text[at]
            guard byte == UInt8(ascii: "\\") else {
                out[written] = byte
                written += 1
                at += 1
                continue
            }
            if text[at + 1] == UInt8(ascii: "u") {
                let scalar = readUnit(text, count, &at)
                written += write(scalar, to: out + written)
            } else {
                out[written] = short(text[at + 1])
                written += 1
                at += 2
            }
        }
        return written
    }

    private static func short(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    /// Reads `\uXXXX` and, after a high surrogate, the low one that belongs to it.
    private static func readUnit(
        _ text: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int
    ) -> UInt32 {
        let unit = hexadecimal(text + at + 2)
        at += 6
        guard (0xD800..<0xDC00).contains(unit), at + 6 <= count,
            text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u")
        else { return unit }
        let low = hexadecimal(text + at + 2)
        guard (0xDC00..<0xE000).contains(low) else { return unit }
        at += 6
        return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }

    private static func hexadecimal(_ digits: UnsafePointer<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for i in 0..<4 {
            let byte = digits[i]
            let digit = byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : (byte | 0x20) - 87
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private static func write(_ scalar: UInt32, to out: UnsafeMutablePointer<UInt8>) -> Int {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift & 0x3F)) }
        switch scalar {
        case ..<0x80:
            out[0] = UInt8(scalar)
            return 1
        case ..<0x800:
            out[0] = UInt8(0xC0 | scalar >> 6)
            out[1] = tail(0)
            return 2
        case ..<0x10000:
            out[0] = UInt8(0xE0 | scalar >> 12)
            out[1] = tail(6)
            out[2] = tail(0)
            return 3
        default:
            out[0] = UInt8(0xF0 | scalar >> 18)
            out[1] = tail(12)
            out[2] = tail(6)
            out[3] = tail(0)
            return 4
        }
    }
}
