/// How a plugin is.
public struct PluginHealth: Sendable, Hashable, PluginConvertible {
    /// Whether it can do its work.
    public var isHealthy: Bool
    /// What there is to say; an object.
    public var details: PluginValue

    /// Describes a plugin's health.
    public init(isHealthy: Bool, details: PluginValue = [:]) {
        self.isHealthy = isHealthy
        self.details = details
    }

    /// The details with `healthy` before them, as the plugin guide has it.
    public var pluginValue: PluginValue {
        var value: PluginValue = ["healthy": .boolean(isHealthy)]
        for member in details.members where member.name != "healthy" {
            value[member.name] = member.value
        }
        return value
    }
}
