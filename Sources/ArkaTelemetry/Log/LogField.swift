/// The name of a field in log lines. The same thing has the same name in every line.
public struct LogKey: Sendable, Hashable {
    /// The name as written.
    public let name: String

    /// Names a field; lower case with underscores.
    public init(_ name: StaticString) { self.name = name.description }

    /// The topology's name.
    public static let topology = LogKey("topology")
    /// The lane's number.
    public static let lane = LogKey("lane")
    /// The topic's name.
    public static let topic = LogKey("topic")
    /// The partition's number.
    public static let partition = LogKey("partition")
    /// An offset in a partition.
    public static let offset = LogKey("offset")
    /// How many of what the message names.
    public static let count = LogKey("count")
    /// A code such as `ARKA-SYS-0003`.
    public static let code = LogKey("code")
    /// Why, in one sentence.
    public static let reason = LogKey("reason")
    /// A plugin's name, as rules write it.
    public static let plugin = LogKey("plugin")
    /// A part of the program.
    public static let part = LogKey("part")
    /// A signal's name.
    public static let signal = LogKey("signal")
    /// A file as the user named it.
    public static let path = LogKey("path")
    /// A host and port.
    public static let address = LogKey("address")
    /// A broker's number or name.
    public static let broker = LogKey("broker")
    /// How long something took, in milliseconds.
    public static let milliseconds = LogKey("milliseconds")
    /// How many equal lines a rate limit held back since the last one.
    public static let suppressed = LogKey("suppressed")
}

/// The value of a field.
public enum LogValue: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    /// A text. Never a secret and never personal data: see ``redacted(_:)``.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number with a fraction.
    case number(Double)
    /// Yes or no.
    case flag(Bool)
    /// Something that must not be shown.
    case secret(Redacted)

    /// Takes a text written in the program.
    public init(stringLiteral value: String) { self = .text(value) }
    /// Takes a number written in the program.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// Takes a truth value written in the program.
    public init(booleanLiteral value: Bool) { self = .flag(value) }

    /// Says that there was a value, and nothing about it.
    public static func redacted(_ value: some Any) -> LogValue { .secret(Redacted(value)) }
}

/// Stands where a secret or personal value was. It does not hold the value, so nothing can leak.
public struct Redacted: Sendable, Hashable, CustomStringConvertible {
    /// Forgets the value.
    public init(_ value: some Any) {}
    /// What is shown instead of the value.
    public var description: String { "[redacted]" }
}

/// Fields in the order in which they are shown.
public typealias LogFields = KeyValuePairs<LogKey, LogValue>
