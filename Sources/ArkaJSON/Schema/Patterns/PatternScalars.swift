/// How RE2 writes characters and classes.
enum PatternScalars {
    /// A part of a class.
    enum Member {
        /// Characters between two, both included.
        case range(Unicode.Scalar, Unicode.Scalar)
        /// A class that RE2 has a name for.
        case text(String)
    }

    /// Everything that ECMA-262 takes for a space: more than RE2's `\s`.
    static let space: [Member] = spaces.map { .range($0.0, $0.1) }

    /// Everything else.
    static let notSpace: [Member] = {
        var members: [Member] = []
        var start: UInt32 = 0
        for (low, high) in spaces {
            // Neither end of a space touches the surrogates.
            if let first = Unicode.Scalar(start), let last = Unicode.Scalar(low.value - 1) {
                members.append(.range(first, last))
            }
            start = high.value + 1
        }
        if let first = Unicode.Scalar(start) { members.append(.range(first, "\u{10FFFF}")) }
        return members
    }()

    private static let spaces: [(Unicode.Scalar, Unicode.Scalar)] = [
        ("\t", "\r"), (" ", " "), ("\u{A0}", "\u{A0}"), ("\u{1680}", "\u{1680}"),
        ("\u{2000}", "\u{200A}"), ("\u{2028}", "\u{2029}"), ("\u{202F}", "\u{202F}"),
        ("\u{205F}", "\u{205F}"), ("\u{3000}", "\u{3000}"), ("\u{FEFF}", "\u{FEFF}"),
    ]

    /// A class of its members. One without members takes nothing, or everything if it is negated.
    static func classText(_ members: [Member], isNegated: Bool = false) -> String {
        if members.isEmpty {
            return isNegated ? "[\\x{0}-\\x{10FFFF}]" : "[^\\x{0}-\\x{10FFFF}]"
        }
        if !isNegated, members.count == 1, case .text(let text) = members[0] { return text }
        let inner = members.map { member in
            switch member {
            case .text(let text): text
            case .range(let low, let high) where low == high: written(low)
            case .range(let low, let high): written(low) + "-" + written(high)
            }
        }
        return (isNegated ? "[^" : "[") + inner.joined() + "]"
    }

    /// A character that stands for itself, in a class and outside.
    static func written(_ scalar: Unicode.Scalar) -> String {
        let isPlain =
            scalar.value >= 0x80 || scalar.properties.isAlphabetic
            || ("0"..."9").contains(scalar) || "_ /:;,@#%&=<>'\"!~`".unicodeScalars.contains(scalar)
        if isPlain { return String(scalar) }
        if (0x20..<0x7F).contains(scalar.value) { return "\\" + String(scalar) }
        return "\\x{" + String(scalar.value, radix: 16) + "}"
    }
}
