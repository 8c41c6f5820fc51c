/// Where the columns of a field begin in ``Columns``; negative where it has none of a kind.
///
/// Offsets count values, so that `offset + row` is a field's value in a row.
struct FieldColumns: BitwiseCopyable, Sendable {
    /// Why the field is unknown, or 0. Every field has this one.
    var state: Int32 = -1
    /// The number.
    var number: Int32 = -1
    /// The moment that the string says, in seconds; in the same column memory as ``number``.
    var moment: Int32 = -1
    /// The string's code, up to ``ColumnLayout/smallConstantsMax`` constants.
    var code: Int32 = -1
    /// The string's code where there are more constants than fit a byte.
    var largeCode: Int32 = -1
    /// The boolean's code, in the same column memory as ``code``.
    var boolean: Int32 = -1
    /// The string's bytes.
    var text: Int32 = -1
    /// The value as JSON writes it, whatever its type.
    var raw: Int32 = -1
    /// The string constants that rules compare the field with.
    var constants = ByteStringTable()

    /// Whether the field is read at all.
    @inline(__always) var exists: Bool { state >= 0 }
}

/// What codes mean, in string columns and boolean columns alike.
enum Code {
    /// There is no such value.
    static let unknown: UInt8 = 0
    /// A string that no rule mentions.
    static let other: UInt8 = 1
    /// The first constant of a string column; the others follow.
    static let firstConstant: UInt8 = 2
    /// `false`
    static let no: UInt8 = 1
    /// `true`
    static let yes: UInt8 = 2
}
