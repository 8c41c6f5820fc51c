/// A secret as it may stand in texts: as it is, percent-encoded, in base64 (alone or within more, such as
/// the user and password of HTTP), and as a JSON text.
func secretForms(_ secret: [UInt8]) -> Set<[UInt8]> {
    var forms: Set<[UInt8]> = [secret]
    for digits in [upperDigits, lowerDigits] {
        forms.insert(percentEncoded(secret, digits, space: nil))
        // As forms and many libraries encode a query.
        forms.insert(percentEncoded(secret, digits, space: UInt8(ascii: "+")))
    }
    forms.formUnion(base64Forms(secret))
    forms.insert(jsonEscaped(secret, slash: false))
    forms.insert(jsonEscaped(secret, slash: true))
    return forms
}

private let upperDigits = Array("0123456789ABCDEF".utf8)
private let lowerDigits = Array("0123456789abcdef".utf8)

private func percentEncoded(_ bytes: [UInt8], _ digits: [UInt8], space: UInt8?) -> [UInt8] {
    var result: [UInt8] = []
    for byte in bytes {
        if let space, byte == UInt8(ascii: " ") {
            result.append(space)
        } else if isUnreserved(byte) {
            result.append(byte)
        } else {
            result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return result
}

/// Whether RFC 3986 lets it stand as it is.
private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: "-._~".utf8.contains(byte)
    }
}

/// Characters that are enough to look for: fewer would be found by chance.
private let base64CharactersMin = 6
private let base64Characters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// What base64 makes of the secret behind 0, 1 or 2 other bytes: the characters that depend on the
/// secret alone, in both alphabets.
private func base64Forms(_ secret: [UInt8]) -> [[UInt8]] {
    (0..<3).flatMap { lead -> [[UInt8]] in
        let bytes = Array(repeating: 0, count: lead) + secret
        // A character is six bits; those that share bits with other bytes are left out.
        let first = (lead * 8 + 5) / 6
        let end = bytes.count * 8 / 6
        guard end - first >= base64CharactersMin else { return [] }
        let characters = (first..<end).map { base64Characters[sixBits(of: bytes, at: $0)] }
        let other = characters.map { character in
            switch character {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: character
            }
        }
        return [characters, other]
    }
}

private func sixBits(of bytes: [UInt8], at index: Int) -> Int {
    let bit = index * 6
    let high = Int(bytes[bit / 8]) << 8
    let low = bit / 8 + 1 < bytes.count ? Int(bytes[bit / 8 + 1]) : 0
    return (high | low) >> (10 - bit % 8) & 63
}

private func jsonEscaped(_ bytes: [UInt8], slash: Bool) -> [UInt8] {
    var result: [UInt8] = []
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "/") where slash: result += [UInt8(ascii: "\\"), byte]
        case 0x08: result += Array("\\b".utf8)
        case 0x09: result += Array("\\t".utf8)
        case 0x0A: result += Array("\\n".utf8)
        case 0x0C: result += Array("\\f".utf8)
        case 0x0D: result += Array("\\r".utf8)
        case ..<0x20:
            result +=
                Array("\\u00".utf8) + [lowerDigits[Int(byte >> 4)], lowerDigits[Int(byte & 15)]]
        default: result.append(byte)
        }
    }
    return result
}
