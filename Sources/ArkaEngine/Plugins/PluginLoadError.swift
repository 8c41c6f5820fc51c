import ArkaModel

extension DiagnosticCode {
    static let pluginLoad = DiagnosticCode("PLUGIN", 20)
}

/// A plugin cannot be loaded, or does not start.
public struct PluginLoadError: Error, Hashable, CustomStringConvertible {
    /// The plugin's reference, such as `pact/sanctions-list`.
    public let reference: String
    /// What keeps it from working, for its operator.
    public let reason: String

    /// Says both, and the code.
    public var description: String {
        "the plugin '\(reference)' cannot be used: \(reason) [\(DiagnosticCode.pluginLoad)]"
    }
}
