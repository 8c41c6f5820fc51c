/// A type that an argument can have.
public protocol ArgumentValue: Sendable {
    /// Reads a word of the command line; `nil` if it is not one of this type.
    static func read(_ word: String) -> Self?
    /// What the type is called in messages, with its article: "a whole number".
    static var description: String { get }
    /// What stands for a value in the help, in upper case.
    static var placeholder: String { get }
}

extension String: ArgumentValue {
    /// Takes any word.
    public static func read(_ word: String) -> String? { word }
    /// A text.
    public static var description: String { "a text" }
    /// Stands for a text.
    public static var placeholder: String { "TEXT" }
}

extension Int: ArgumentValue {
    /// Takes decimal digits with an optional sign.
    public static func read(_ word: String) -> Int? { Int(word) }
    /// A whole number.
    public static var description: String { "a whole number" }
    /// Stands for a number.
    public static var placeholder: String { "NUMBER" }
}

/// A setting given as `key=value`, such as the value of `--set`.
public struct KeyValue: ArgumentValue, Hashable {
    /// What is set, such as `kafka.group`; not empty.
    public let key: String
    /// Its value; may be empty and may hold further equals signs.
    public let value: String

    /// Names a setting.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// Takes a word with an equals sign that is not its first character.
    public static func read(_ word: String) -> KeyValue? {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        return KeyValue(key: String(parts[0]), value: String(parts[1]))
    }
    /// A setting.
    public static var description: String { "of the form KEY=VALUE" }
    /// Stands for a setting.
    public static var placeholder: String { "KEY=VALUE" }
}
