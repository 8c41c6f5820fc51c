public import ArkaModel
public import PactPlugins

/// What a document of `kind: PluginConfig` says: which plugin is used, how, and what it may do.
public struct PluginConfigSpec: Sendable {
    /// `metadata.name`
    public var name: String
    /// `metadata.namespace`: separates equal names.
    public var namespace: String
    /// The plugin's reference, such as `pact/sanctions-list`.
    public var reference: String
    /// The versions of the plugin that it is written for; `nil` for any.
    public var version: VersionRange?
    /// What the plugin itself is told, an object.
    public var configuration: PluginValue
    /// The texts of its configuration at least a part of which comes from the environment: never printed.
    public var environmentTexts: [String]
    /// Every bound that it sets, each with its place. What counts is their intersection.
    public var sandbox: [SandboxPart]
    /// What the plugin may log.
    public var logging: PluginLogging
    /// Where all this stands.
    public var places: DocumentPlaces

    /// The name by which rules call it, unless a topology says otherwise: `sanctions_list` for
    /// `sanctions-list`.
    public var ruleName: String { name.replacing("-", with: "_") }
}
