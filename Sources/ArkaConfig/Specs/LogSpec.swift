/// What is logged to standard error, and in which form.
public struct LogSpec: Sendable, Hashable {
    /// The least important level that is written.
    public var level: Level
    /// The form of a line.
    public var format: Format

    /// How much an operator must care.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        /// Anything.
        case trace
        /// Once per batch at most.
        case debug
        /// Start, stop, reassignment.
        case info
        /// Odd but recovered.
        case warning
        /// Data lost or a human needed.
        case error
    }

    /// The form of a line.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// Text on a terminal, JSON lines otherwise.
        case auto
        /// For people.
        case text
        /// For collectors.
        case json
    }

    /// Makes the settings of the log.
    public init(level: Level = .info, format: Format = .auto) {
        self.level = level
        self.format = format
    }
}
