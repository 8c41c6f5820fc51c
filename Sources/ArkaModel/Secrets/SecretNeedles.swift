/// Texts that are looked for all at once, however their bytes are escaped: in addresses (`%2F`, `+` for
/// a space) and in JSON (`\n`, `\"`, `\u0022`), wholly or in part.
struct SecretNeedles: Sendable {
    /// For each first byte the texts that begin with it, the longest first: one may begin another.
    private var byFirst: [[[UInt8]]]

    /// Looks for nothing.
    init() { byFirst = [] }

    /// Looks for some secrets, also in base64.
    init(_ secrets: Set<String>) {
        var forms: Set<[UInt8]> = []
        for secret in secrets {
            let bytes = Array(secret.utf8)
            forms.insert(bytes)
            forms.formUnion(base64Forms(bytes))
        }
        byFirst = Array(repeating: [], count: 256)
        for form in forms.sorted(by: { $0.count > $1.count }) { byFirst[Int(form[0])].append(form) }
    }

    /// The bytes with the mark in the place of what was found; `nil` if nothing was.
    func replaced(in bytes: [UInt8]) -> [UInt8]? {
        guard !byFirst.isEmpty else { return nil }
        var result: [UInt8] = []
        /// Up to where `result` has taken over.
        var copied = 0
        var index = 0
        while index < bytes.count {
            let end = endOfSecrets(in: bytes, at: index)
            if end > index {
                result += bytes[copied..<index]
                result += SecretRedactor.mark.utf8
                copied = end
                index = end
            } else {
                index += 1
            }
        }
        return copied == 0 ? nil : result + bytes[copied...]
    }

    /// Where the texts end that begin at a place, or within one that does: the end of one secret may be the
    /// beginning of another.
    private func endOfSecrets(in bytes: [UInt8], at start: Int) -> Int {
        var end = endOfSecret(in: bytes, at: start)
        var inner = start + 1
        while inner < end {
            end = max(end, endOfSecret(in: bytes, at: inner))
            inner += 1
        }
        return end
    }

    /// Where the longest text ends that begins at a place; the place itself for none.
    private func endOfSecret(in bytes: [UInt8], at start: Int) -> Int {
        var longest = longestMatch(of: byFirst[Int(bytes[start])], in: bytes, at: start)
        guard let escape = Escape(bytes, at: start) else { return longest }
        longest = max(longest, longestMatch(of: byFirst[Int(escape.first)], in: bytes, at: start))
        return longest
    }

    private func longestMatch(of needles: [[UInt8]], in bytes: [UInt8], at start: Int) -> Int {
        for needle in needles {
            if let end = end(of: needle, in: bytes, at: start) { return end }
        }
        return start
    }

    /// Where a text ends that begins at a place, each of its bytes as it is or escaped.
    private func end(of needle: [UInt8], in bytes: [UInt8], at start: Int) -> Int? {
        end(of: needle[...], in: bytes, at: start, choicesLeft: 8)
    }

    /// - Parameter choicesLeft: How often both may be tried where a byte may be itself or begin its own
    ///   escape: `\` and `\\`, `%` and `%25`.
    private func end(
        of needle: ArraySlice<UInt8>, in bytes: [UInt8], at start: Int, choicesLeft: Int
    ) -> Int? {
        var index = start
        var offset = needle.startIndex
        while offset < needle.endIndex {
            guard index < bytes.count else { return nil }
            let escape = Escape(bytes, at: index).flatMap {
                $0.begins(needle[offset...]) ? $0 : nil
            }
            guard bytes[index] == needle[offset] else {
                guard let escape else { return nil }
                index += escape.count
                offset += escape.byteCount
                continue
            }
            if let escape, choicesLeft > 0 {
                let end = end(
                    of: needle[(offset + escape.byteCount)...], in: bytes,
                    at: index + escape.count, choicesLeft: choicesLeft - 1)
                if let end { return end }
            }
            index += 1
            offset += 1
        }
        return index
    }
}

/// An escape in a text: the bytes that it stands for, one to four.
private struct Escape {
    /// How many bytes the escape itself has.
    let count: Int
    /// How many it stands for.
    let byteCount: Int
    /// The bytes that it stands for, the first the lowest.
    private let bytes: UInt32

    /// The first of the bytes that it stands for.
    var first: UInt8 { UInt8(truncatingIfNeeded: bytes) }

    /// Whether some bytes begin with those that it stands for.
    func begins(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count >= byteCount else { return false }
        return zip(0..<byteCount, text).allSatisfy { index, byte in
            UInt8(truncatingIfNeeded: bytes >> (8 * index)) == byte
        }
    }

    /// Reads the escape at a place; `nil` if none stands there.
    init?(_ text: [UInt8], at index: Int) {
        switch text[index] {
        case UInt8(ascii: "%"):
            guard let byte = hexadecimal(text, at: index + 1) else { return nil }
            self.init(byte, count: 3)
        case UInt8(ascii: "+"): self.init(UInt8(ascii: " "), count: 1)
        case UInt8(ascii: "\\"): self.init(behindBackslash: text, at: index)
        default: return nil
        }
    }

    private init(_ byte: UInt8, count: Int) {
        self.count = count
        byteCount = 1
        bytes = UInt32(byte)
    }

    private init?(behindBackslash text: [UInt8], at index: Int) {
        guard index + 1 < text.count else { return nil }
        switch text[index + 1] {
        case UInt8(ascii: "b"): self.init(0x08, count: 2)
        case UInt8(ascii: "t"): self.init(0x09, count: 2)
        case UInt8(ascii: "n"): self.init(0x0A, count: 2)
        case UInt8(ascii: "f"): self.init(0x0C, count: 2)
        case UInt8(ascii: "r"): self.init(0x0D, count: 2)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            self.init(text[index + 1], count: 2)
        case UInt8(ascii: "u"): self.init(characterOf: text, at: index)
        default: return nil
        }
    }

    /// `\u00e9`, or the two halves of a character that has two.
    private init?(characterOf text: [UInt8], at index: Int) {
        guard let unit = Self.unit(text, at: index) else { return nil }
        if let scalar = Unicode.Scalar(unit) {
            self.init(scalar, count: 6)
        } else if let second = Self.unit(text, at: index + 6),
            UTF16.isLeadSurrogate(unit), UTF16.isTrailSurrogate(second),
            let scalar = Unicode.Scalar(
                0x1_0000 + (UInt32(unit) - 0xD800) << 10 + UInt32(second) - 0xDC00)
        {
            self.init(scalar, count: 12)
        } else {
            return nil
        }
    }

    private init(_ scalar: Unicode.Scalar, count: Int) {
        self.count = count
        let encoded = scalar.utf8
        byteCount = encoded.count
        bytes = encoded.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func unit(_ text: [UInt8], at index: Int) -> UInt16? {
        guard index + 1 < text.count, text[index] == UInt8(ascii: "\\"),
            text[index + 1] == UInt8(ascii: "u"), let high = hexadecimal(text, at: index + 2),
            let low = hexadecimal(text, at: index + 4)
        else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }
}

/// The value of two hexadecimal digits; `nil` if none stand there.
private func hexadecimal(_ bytes: [UInt8], at index: Int) -> UInt8? {
    guard index + 1 < bytes.count, let high = digit(bytes[index]), let low = digit(bytes[index + 1])
    else { return nil }
    return high << 4 | low
}

private func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
