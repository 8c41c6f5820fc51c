/// Characters that are enough to look for: fewer would be found by chance.
private let base64CharactersMin = 6
private let base64Characters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// What base64 makes of the secret behind 0, 1 or 2 other bytes: the characters that depend on the
/// secret alone, in both alphabets.
func base64Forms(_ secret: [UInt8]) -> [[UInt8]] {
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
