/// What parsing, help and completion know of an argument, whatever its type.
public struct ArgumentSpec: Sendable {
    /// How it is written.
    enum Kind: Sendable {
        /// `--verbose`: there or not.
        case flag
        /// `--config FILE`.
        case option
        /// A word in its place.
        case positional
    }

    let kind: Kind
    /// Without the dashes; for a positional, in lower case as the help shows it in upper case.
    let name: String
    let short: Character?
    let placeholder: String
    let help: String
    let defaultText: String?
    let isRequired: Bool
    let isRepeatable: Bool
    let candidates: Candidates
    /// Reads a word into the argument's value.
    let read: @Sendable (String) throws(UsageError) -> any Sendable

    /// As the user writes it: `--config` or `TOPOLOGY`.
    var label: String { kind == .positional ? placeholder : "--" + name }
}

/// What the words for an argument can be, for completion; ``oneOf(_:)`` is also checked.
public enum Candidates: Sendable, Hashable {
    /// Anything.
    case any
    /// A file or directory.
    case files
    /// One of these.
    case oneOf([String])
}

/// A declared argument: handed to ``Command`` and, being typed, also the key to its value.
public struct Argument<Value: Sendable>: Sendable, DeclaredArgument {
    /// The declaration.
    public let spec: ArgumentSpec
    /// The value where the user gave none; `nil` if parsing fails then.
    let fallback: Value?
}

/// Any argument, whatever its type.
public protocol DeclaredArgument: Sendable {
    /// The declaration.
    var spec: ArgumentSpec { get }
}
