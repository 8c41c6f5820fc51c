/// What the values of a field look like, for documentation and for a JSON schema.
public indirect enum FieldShape: Sendable, Hashable {
    /// A text, with a few words on what it may hold.
    case text(String)
    /// `true` or `false`.
    case boolean
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A whole number with a unit of time.
    case duration(ClosedRange<Duration>)
    /// A whole number with a unit of time, or of seconds where it has none.
    case seconds(ClosedRange<Duration>)
    /// A number of processors in thousandths, written as `0.5` or `500m`.
    case processors(ClosedRange<Int>)
    /// A number of bytes, with Ki, Mi or Gi.
    case byteSize(ClosedRange<Int>)
    /// One of some words.
    case choice([String])
    /// A list.
    case list(FieldShape)
    /// A mapping with keys of the user's own, with a few words on what those are.
    case map(keys: String, values: FieldShape)
    /// A mapping with declared keys.
    case section([FieldDeclaration])
    /// A mapping that may hold others of its own kind, with a few words on it.
    case nested(String)
    /// Any value at all, with a few words on what it stands for.
    case anything(String)
}

/// What is declared about a field: the source of its documentation.
public struct FieldDeclaration: Sendable, Hashable {
    /// The key.
    public var name: String
    /// What values look like.
    public var shape: FieldShape
    /// Whether the document is wrong without it.
    public var isRequired: Bool
    /// What holds without it, as a document would write it, or in words in brackets.
    public var defaultText: String?
    /// A value as people write it.
    public var example: String?
    /// Whether its value is never printed.
    public var isSecret: Bool
    /// The key in whose place it stands: one of the two is required, and not both.
    public var alternative: String?
    /// What it does, in one or two sentences.
    public var summary: String
}
