/// A set of ASCII characters, such as `[A-Z0-9]`.
public struct ByteClass: Sendable, Hashable, BitwiseCopyable {
    /// Bits of the bytes 0 to 63.
    private var low: UInt64 = 0
    /// Bits of the bytes 64 to 127.
    private var high: UInt64 = 0

    /// Makes a set of some bytes.
    /// - Precondition: All are below 128.
    public init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    /// Whether a byte is among them; bytes from 128 never are.
    public func contains(_ byte: UInt8) -> Bool {
        let word = byte < 64 ? low : high
        return byte < 128 && (word &>> UInt64(byte & 63)) & 1 == 1
    }

    /// The members in order.
    public var members: [UInt8] { (0..<128).filter { contains($0) } }

    /// The member of a set that has one.
    var onlyMember: UInt8? {
        guard low.nonzeroBitCount + high.nonzeroBitCount == 1 else { return nil }
        return UInt8(low != 0 ? low.trailingZeroBitCount : 64 + high.trailingZeroBitCount)
    }

    mutating func insert(_ byte: UInt8) {
        precondition(byte < 128, "a byte class holds ASCII only")
        if byte < 64 { low |= 1 &<< UInt64(byte) } else { high |= 1 &<< UInt64(byte & 63) }
    }

    mutating func formUnion(_ other: ByteClass) {
        low |= other.low
        high |= other.high
    }
}

extension ByteClass {
    /// `\d`, `\w` and `\s`, which mean ASCII in RE2; `nil` for every other letter.
    init?(escaped letter: UInt8) {
        switch letter {
        case UInt8(ascii: "d"): self.init("0123456789".utf8)
        case UInt8(ascii: "w"):
            self.init("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz".utf8)
        case UInt8(ascii: "s"): self.init("\t\n\u{C} \r".utf8)
        default: return nil
        }
    }

    /// Reads `[…]` if it lists ASCII characters, ranges and the escapes above and nothing else.
    ///
    /// `nil` for all that is more, or that one could read in two ways. In particular `[^…]`: it
    /// matches characters, which may have several bytes.
    init?(bracketed text: ArraySlice<UInt8>) {
        guard text.count > 2, text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else {
            return nil
        }
        self.init([])
        var rest = text.dropFirst().dropLast()
        guard rest.first != UInt8(ascii: "^"), rest.first != UInt8(ascii: "]") else { return nil }
        if rest.first == UInt8(ascii: "-") {
            insert(rest.removeFirst())
        }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "-") {
                guard rest.isEmpty else { return nil }
                insert(byte)
            } else if !take(byte, &rest) {
                return nil
            }
        }
    }

    /// Takes a member, a range or an escape that begins with `byte`; false if it is none of them.
    private mutating func take(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> Bool {
        switch byte {
        case UInt8(ascii: "["), 128...: return false
        case UInt8(ascii: "\\"): return takeEscape(&rest)
        default:
            guard rest.count > 1, rest.first == UInt8(ascii: "-") else {
                insert(byte)
                return true
            }
            let last = rest[rest.startIndex + 1]
            guard last >= byte, last < 128, !Self.needsCare(last) else { return false }
            for member in byte...last { insert(member) }
            rest = rest.dropFirst(2)
            return true
        }
    }

    private mutating func takeEscape(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard let letter = rest.popFirst() else { return false }
        if let named = ByteClass(escaped: letter) {
            formUnion(named)
        } else if Self.isPunctuation(letter) {
            insert(letter)
        } else {
            return false
        }
        // `[\--/]` is a range, `[\d-x]` a matter of taste.
        return rest.first != UInt8(ascii: "-") || rest.count == 1
    }

    /// Whether a byte at the end of a range would begin something else.
    private static func needsCare(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
    }

    /// Whether a backslash before the byte makes it mean itself.
    static func isPunctuation(_ byte: UInt8) -> Bool {
        (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte)
            || (0x5B...0x60).contains(byte) || (0x7B...0x7E).contains(byte)
    }
}
