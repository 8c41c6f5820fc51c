public import PactPlugins

/// What a plugin may log.
public struct PluginLogging: Sendable, Hashable {
    /// The least important lines that are kept.
    public var level: PluginServices.LogLevel
    /// Whether values of requests are written.
    public var includesRequestData: Bool

    /// Says what is logged; without arguments every line, and no value of a request.
    public init(level: PluginServices.LogLevel = .debug, includesRequestData: Bool = false) {
        self.level = level
        self.includesRequestData = includesRequestData
    }
}
