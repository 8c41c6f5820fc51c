/// The bounds of this target.
enum CallLimits {
    /// Bytes of an answer as JSON. Answers are kept in caches and waiting rows; a data set is none.
    static let answerBytesMax = 1 << 20
    /// Bytes of an answer's metadata as JSON; decisions repeat it.
    static let metadataBytesMax = 4096
    /// Warnings of one answer that decisions repeat.
    static let warningsMax = 16
    /// Lists and objects within each other in an answer; what walks it recurses.
    static let answerDepthMax = 64
    /// Unicode scalars of a function's error text, and of each of its warnings, that decisions repeat. Not
    /// characters: one of those may be a megabyte of accents.
    static let textScalarsMax = 400
    /// What an answer takes in memory beside its bytes: two objects, their headers, its place.
    static let answerOverheadBytes = 160
}
