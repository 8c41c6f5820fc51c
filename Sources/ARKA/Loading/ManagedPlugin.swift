import ArkaConfig
import ArkaEngine
import ArkaModel
import PactPlugins

/// A plugin that is loaded, from the manager's point of view and from that of the engines that use it.
final class ManagedPlugin: Sendable {
    /// The plugin; its functions stand behind the gate.
    let plugin: LoadedPlugin
    private let gate = CallGate()

    init(_ loaded: LoadedPlugin) {
        var plugin = loaded
        plugin.functions = loaded.functions.map { [gate] function in function.behind(gate) }
        self.plugin = plugin
    }

    /// What rules call it.
    var name: String { plugin.use.name }

    /// Whether it can be called; once it cannot, it never can again.
    var isLoaded: Bool { !gate.isClosed }

    var listing: LoadedPluginListing {
        LoadedPluginListing(
            reference: plugin.use.reference, name: name, metadata: plugin.host.metadata,
            functions: plugin.functions.map(\.signature))
    }

    /// Whether others mean it when they name a plugin: by its reference, its own name, or its name in
    /// rules.
    func isNamed(_ name: String) -> Bool {
        [plugin.use.reference, plugin.host.metadata.name, self.name].contains(name)
    }

    /// Lets no more calls in, waits for those that run, and shuts the plugin down; once, each within the
    /// host's limit.
    /// - Returns: Whether it shut down in time.
    func end() async -> Bool {
        gate.close()
        return await plugin.host.shutdown { [gate] in await gate.waitUntilEmpty() }
    }
}
