/// What is done to a text before it is looked at.
public enum TextTransform: String, Sendable, Hashable, CaseIterable {
    /// To small letters, as Unicode maps them.
    case lower
    /// To capital letters, as Unicode maps them.
    case upper
    /// Without the blanks at both ends: spaces, tabs and line ends.
    case trim

    /// The text after it.
    public func apply(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .lower: Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
        case .upper: Array(String(decoding: text, as: UTF8.self).uppercased().utf8)
        case .trim: Array(Self.trimmed(text[...]))
        }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = text.firstIndex(where: { !isBlank($0) }),
            let last = text.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return text[first...last]
    }

    /// Whether a byte is one of the blanks that `trim` takes away.
    public static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
