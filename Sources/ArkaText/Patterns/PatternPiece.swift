/// A piece of a pattern, as far as one can tell them apart without knowing what they mean.
struct PatternPiece: Hashable {
    enum Kind: Hashable {
        /// A character, special or not: `a`, `é`, `(`, `*`.
        case character
        /// A backslash and the character after it; what more may belong to it follows as pieces.
        case escape
        /// `\Q…\E`: everything between means itself.
        case quoted
        /// `[…]`.
        case bracketed
    }

    let kind: Kind
    /// The piece's bytes in the pattern.
    let range: Range<Int>
}

extension PatternPiece {
    /// Splits a pattern as RE2 does. The pieces cover it without gaps; what is not closed reaches to
    /// the end.
    static func pieces(of pattern: [UInt8]) -> [PatternPiece] {
        var pieces: [PatternPiece] = []
        var start = 0
        while start < pattern.count {
            let piece = piece(at: start, of: pattern)
            pieces.append(piece)
            start = piece.range.upperBound
        }
        return pieces
    }

    private static func piece(at start: Int, of pattern: [UInt8]) -> PatternPiece {
        switch pattern[start] {
        case UInt8(ascii: "["):
            return PatternPiece(kind: .bracketed, range: start..<bracketEnd(from: start, pattern))
        case UInt8(ascii: "\\") where pattern[start...].starts(with: #"\Q"#.utf8):
            let close = end(of: #"\E"#, from: start + 2, in: pattern) ?? pattern.count
            return PatternPiece(kind: .quoted, range: start..<close)
        case UInt8(ascii: "\\") where start + 1 < pattern.count:
            return PatternPiece(
                kind: .escape, range: start..<characterEnd(from: start + 1, pattern))
        default:
            return PatternPiece(kind: .character, range: start..<characterEnd(from: start, pattern))
        }
    }

    /// One past the character that begins at an offset.
    private static func characterEnd(from start: Int, _ pattern: [UInt8]) -> Int {
        pattern[(start + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? pattern.count
    }

    /// One past the bracket that closes a class. A `]` that comes first is a member of it.
    private static func bracketEnd(from start: Int, _ pattern: [UInt8]) -> Int {
        var at = start + 1
        if at < pattern.count, pattern[at] == UInt8(ascii: "^") { at += 1 }
        let first = at
        while at < pattern.count {
            switch pattern[at] {
            case UInt8(ascii: "]") where at > first: return at + 1
            case UInt8(ascii: "\\"): at += 2
            case UInt8(ascii: "[") where pattern[at...].starts(with: "[:".utf8):
                at = end(of: ":]", from: at + 2, in: pattern) ?? (at + 1)
            default: at += 1
            }
        }
        return pattern.count
    }

    /// One past the first occurrence of a text.
    private static func end(of text: String, from start: Int, in pattern: [UInt8]) -> Int? {
        let text = Array(text.utf8)
        var at = start
        while at + text.count <= pattern.count {
            if pattern[at...].starts(with: text) { return at + text.count }
            at += 1
        }
        return nil
    }
}
