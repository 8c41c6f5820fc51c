public import ArkaModel
public import PactPlugins

/// A plugin that is linked into the program.
public struct PluginListing: Sendable, Hashable {
    /// What it is loaded by, such as `pact/sanctions-list`.
    public let reference: String
    /// What it says of itself: name, version, description, author, licence, dependencies and what its
    /// configuration must be.
    public let metadata: PluginMetadata
}

/// A plugin that is loaded.
public struct LoadedPluginListing: Sendable, Hashable {
    /// The reference by which it was loaded, such as `pact/sanctions-list`.
    public let reference: String
    /// The name by which rules call it and evaluations enable it, such as `sanctions_list`.
    public let name: String
    /// What it says of itself.
    public let metadata: PluginMetadata
    /// What rules may call, in the order declared.
    public let functions: [FunctionSignature]
}
