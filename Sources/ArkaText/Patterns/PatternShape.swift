/// What a pattern comes to, where that is a plain comparison.
///
/// Each shape but ``general`` says of every text, valid UTF-8 or not, exactly what RE2 says.
public enum PatternShape: Sendable, Hashable {
    /// The text is these bytes, as in `^abc$`.
    case equals([UInt8])
    /// The text begins with these bytes, as in `^abc`.
    case starts([UInt8])
    /// The text ends with these bytes, as in `abc$`.
    case ends([UInt8])
    /// The text has these bytes somewhere, as in `abc`.
    case contains([UInt8])
    /// The text is one byte of each class, as in `^[A-Z]{2}[0-9]{4}$`.
    case classes([ByteClass])
    /// The text begins with one byte of each class, as in `^[45][0-9]{5}`.
    case startsWithClasses([ByteClass])
    /// Anything else: RE2 searches.
    case general

    /// Recognises a pattern.
    /// - Parameter source: A pattern that ``TextPattern`` accepts; of others the answer says nothing.
    public static func shape(of source: [UInt8]) -> PatternShape {
        var reader = ShapeReader(source)
        return reader.shape()
    }

    /// Tests a text by comparing.
    /// - Precondition: The shape is not ``general``.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // SAFETY: the caller vouches for the text during this call; all reads below are within it.
        switch self {
        case .equals(let bytes): text.count == bytes.count && text.hasBytes(bytes, at: 0)
        case .starts(let bytes): text.count >= bytes.count && text.hasBytes(bytes, at: 0)
        case .ends(let bytes):
            text.count >= bytes.count && text.hasBytes(bytes, at: text.count - bytes.count)
        case .contains(let bytes): text.contains(bytes)
        case .classes(let classes): text.count == classes.count && text.begins(with: classes)
        case .startsWithClasses(let classes):
            text.count >= classes.count && text.begins(with: classes)
        case .general: preconditionFailure("a general pattern is RE2's to search")
        }
    }
}
