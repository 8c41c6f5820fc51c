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
        var result: [UInt8]?
        /// Up to where `result` has taken over.
        var copied = 0
        var index = 0
        while index < bytes.count {
            let end = endOfSecret(in: bytes, at: index)
            if end > index {
                result = (result ?? []) + bytes[copied..<index] + SecretRedactor.mark.utf8
                copied = end
                index = end
            } else {
                index += 1
            }
        }
        return result.map { $0 + bytes[copied...] }
    }

    /// Where the longest text ends that begins at a place; the place itself for none.
    private func endOfSecret(in bytes: [UInt8], at start: Int) -> Int {
        var longest = longestMatch(of: byFirst[Int(bytes[start])], in: bytes, at: start)
        guard let (unescaped, _) = unescaped(bytes, at: start) else { return longest }
        longest = max(longest, longestMatch(of: byFirst[Int(unescaped)], in: bytes, at: start))
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
        for (offset, byte) in zip(needle.indices, needle) {
            guard index < bytes.count else { return nil }
            let escaped = unescaped(bytes, at: index)
            let isEscaped = escaped?.byte == byte
            guard bytes[index] == byte else {
                guard let escaped, isEscaped else { return nil }
                index += escaped.count
                continue
            }
            if let escaped, isEscaped, choicesLeft > 0 {
                let end = end(
                    of: needle[(offset + 1)...], in: bytes, at: index + escaped.count,
                    choicesLeft: choicesLeft - 1)
                if let end { return end }
            }
            index += 1
        }
        return index
    }
}

/// The byte that an escape at a place stands for, and how many bytes the escape has; `nil` if none
/// stands there.
private func unescaped(_ bytes: [UInt8], at index: Int) -> (byte: UInt8, count: Int)? {
    switch bytes[index] {
    case UInt8(ascii: "%"): return hexadecimal(bytes, at: index + 1).map { ($0, 3) }
    case UInt8(ascii: "+"): return (UInt8(ascii: " "), 1)
    case UInt8(ascii: "\\"):
        guard index + 1 < bytes.count else { return nil }
        switch bytes[index + 1] {
        case UInt8(ascii: "b"): return (0x08, 2)
        case UInt8(ascii: "t"): return (0x09, 2)
        case UInt8(ascii: "n"): return (0x0A, 2)
        case UInt8(ascii: "f"): return (0x0C, 2)
        case UInt8(ascii: "r"): return (0x0D, 2)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return (bytes[index + 1], 2)
        case UInt8(ascii: "u"):
            guard hexadecimal(bytes, at: index + 2) == 0,
                let byte = hexadecimal(bytes, at: index + 4), byte < 0x80
            else { return nil }
            return (byte, 6)
        default: return nil
        }
    default: return nil
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
