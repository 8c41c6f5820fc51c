/// Takes what a plugin has to say to its operator.
///
/// ```swift
/// services.log(.warning, "the list is older than a day")
/// services.log(.debug, "no match", request: ["entity_id": .string(id)])
/// ```
///
/// Values of requests are personal data. They belong behind `request`, where the operator decides whether
/// they are written: not, unless `logging.includeRequestData` says so.
public struct PluginLog: Sendable {
    private let write: @Sendable (Line) -> Void

    /// What is logged at once.
    public struct Line: Sendable, Hashable {
        /// How much it matters.
        public var level: PluginServices.LogLevel
        /// The words; no secrets, no values of requests.
        public var message: String
        /// Values of the request that it is about, by their names.
        public var request: [String: PluginValue]

        /// Makes a line.
        public init(
            _ level: PluginServices.LogLevel, _ message: String,
            request: [String: PluginValue] = [:]
        ) {
            self.level = level
            self.message = message
            self.request = request
        }
    }

    /// Makes a log.
    /// - Parameter write: Takes each line, from any thread.
    public init(_ write: @escaping @Sendable (Line) -> Void) {
        self.write = write
    }

    /// Logs a line.
    /// - Parameters:
    ///   - message: The words; no secrets, no values of requests.
    ///   - request: Values of the request that it is about. They are dropped unless the operator wants them.
    public func callAsFunction(
        _ level: PluginServices.LogLevel, _ message: String, request: [String: PluginValue] = [:]
    ) {
        write(Line(level, message, request: request))
    }
}
