public import ArkaConfig
import ArkaHTTP
import ArkaModel
public import PactPlugins

/// The plugins that are linked into a program, by the references under which topologies name them.
public struct PluginRegistry: Sendable {
    private var plugins: [(reference: String, type: any Plugin.Type)] = []

    /// Makes a registry without plugins.
    public init() {}

    /// Links a plugin: a topology can name it from now on.
    /// - Parameters:
    ///   - type: The plugin.
    ///   - namespace: What stands before its name: `pact/sanctions-list` is `sanctions-list` of `pact`.
    /// - Precondition: No plugin of that namespace and name is linked.
    public mutating func link(_ type: any Plugin.Type, namespace: String) {
        let reference = "\(namespace)/\(type.metadata.name)"
        precondition(self[reference] == nil, "'\(reference)' is linked twice")
        plugins.append((reference, type))
    }

    /// The registry with one more plugin.
    public func linking(_ type: any Plugin.Type, namespace: String) -> PluginRegistry {
        var registry = self
        registry.link(type, namespace: namespace)
        return registry
    }

    /// The references of all plugins, in the order in which they were linked.
    public var references: [String] { plugins.map(\.reference) }

    /// The plugin with a reference.
    public subscript(reference: String) -> (any Plugin.Type)? {
        plugins.first { $0.reference == reference }?.type
    }

    /// What topologies are checked against.
    public var linked: LinkedPlugins {
        LinkedPlugins(
            plugins.map { reference, type in
                LinkedPlugins.Plugin(
                    reference: reference, version: type.metadata.version,
                    permissions: type.metadata.permissions
                ) { configuration in
                    try type.signatures(with: PluginConfiguration(configuration))
                } settings: { configuration in
                    try type.settings(with: PluginConfiguration(configuration))
                }
            },
            hostProblem: { HostPattern($0) == nil ? hostRemedy : nil })
    }
}
