/// How loud a line is: what it means for the person on duty.
public enum LogLevel: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Anything; only while looking for a fault.
    case trace
    /// Once per batch at most.
    case debug
    /// Start, stop, reassignment. Normal operation says nothing per record.
    case info
    /// Odd, but the program recovered.
    case warning
    /// Data was lost or a person is needed.
    case error

    /// The word in log lines and in the configuration.
    public var word: String {
        switch self {
        case .trace: "trace"
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// The level with this word; `nil` if there is none.
    public init?(word: String) {
        guard let level = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = level
    }

    /// Orders by loudness.
    @inlinable public static func < (a: LogLevel, b: LogLevel) -> Bool { a.rawValue < b.rawValue }
}
