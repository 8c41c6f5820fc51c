public import ArkaModel

/// A type that a variable of the environment can be read as.
public protocol EnvironmentValue: Sendable {
    /// What such a text is, for messages.
    static var environmentWords: String { get }
    /// Reads a text; `nil` if it is no such value.
    init?(environmentText: String)
}

extension String: EnvironmentValue {
    /// Any text.
    public static var environmentWords: String { "a text" }
    /// Takes it as it is.
    public init?(environmentText: String) { self = environmentText }
}

extension Int: EnvironmentValue {
    /// A whole number.
    public static var environmentWords: String { "a whole number, such as 30" }
    /// Reads digits, `-` before them where it is negative.
    public init?(environmentText: String) {
        // `+5` and `007` mean different things to different readers.
        guard let value = Int(environmentText), String(value) == environmentText else {
            return nil
        }
        self = value
    }
}

extension ExactDecimal: EnvironmentValue {
    /// A number.
    public static var environmentWords: String { "a number, such as 0.85" }
    /// Reads a number as rules and JSON write it.
    public init?(environmentText: String) {
        guard let value = try? ExactDecimal(environmentText) else { return nil }
        self = value
    }
}

extension Bool: EnvironmentValue {
    /// `true` or `false`.
    public static var environmentWords: String { "true or false" }
    /// Reads one of the two words.
    public init?(environmentText: String) {
        switch environmentText {
        case "true": self = true
        case "false": self = false
        default: return nil
        }
    }
}
