import ArkaModel

/// One thing in which a value is not as a ``JSONSchema`` says. Never holds the value itself: it may be
/// personal, or a secret.
public struct SchemaProblem: Error, Hashable, CustomStringConvertible {
    /// The way to the value, from outside in.
    public let path: [JSONPathStep]
    /// The keyword that the value breaks.
    public let keyword: String
    /// What it must be and what it is, to be read behind its place: `must be a text, not a number`.
    public let message: String

    /// Such as `lists[0] must be a text, not a number`.
    public var description: String {
        "\(path.isEmpty ? "the value" : path.dotted) \(message)"
    }

    /// The way as a JSON Pointer.
    public var pointer: String { path.pointer }
}
