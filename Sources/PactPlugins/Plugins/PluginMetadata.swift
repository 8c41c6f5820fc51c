public import ArkaModel

/// What a plugin says of itself.
public struct PluginMetadata: Sendable, Hashable {
    /// Its name, such as `sanctions-list`: lower case letters, digits, `-`, `_`.
    public var name: String
    /// Its version, such as `1.0.0`.
    public var version: String
    /// What it is for, in a sentence.
    public var description: String
    /// Who made it; empty where that is not said.
    public var author: String
    /// Its licence, as SPDX names it; empty where that is not said.
    public var license: String
    /// Plugins that must be loaded with it, by name.
    public var dependencies: [String]
    /// What its configuration must be.
    public var configSchema: RecordSchema
    /// What its configuration must be besides, as a JSON Schema of the draft 2020-12; `nil` for nothing.
    public var configJSONSchema: String?
    /// What it needs; `nil` where it does not say so. What it declares here bounds what a topology can
    /// give it; secrets and variables that are not declared are not there at all.
    public var permissions: PluginPermissions?

    /// Describes a plugin.
    public init(
        name: String, version: String, description: String, author: String = "",
        license: String = "", dependencies: [String] = [], configSchema: RecordSchema = .any,
        configJSONSchema: String? = nil, permissions: PluginPermissions? = nil
    ) {
        self.name = name
        self.version = version
        self.description = description
        self.author = author
        self.license = license
        self.dependencies = dependencies
        self.configSchema = configSchema
        self.configJSONSchema = configJSONSchema
        self.permissions = permissions
    }

    /// The name as rules write it: `sanctions_list` for `sanctions-list`.
    public var ruleName: String {
        String(
            decoding: name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 },
            as: UTF8.self)
    }
}
