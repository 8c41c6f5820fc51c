public import ArkaModel
public import PactPlugins

/// The plugins that are linked into the program, as far as topologies are checked against them.
public struct LinkedPlugins: Sendable {
    /// One of them.
    public struct Plugin: Sendable {
        /// Its reference, such as `pact/sanctions-list`.
        public let reference: String
        /// Its own version, as it says it; `nil` where nothing is known of it.
        public let version: String?
        /// What it declares that it needs; `nil` where it does not.
        public let permissions: PluginPermissions?
        /// Its functions as rules see them, for a configuration.
        ///
        /// Throws what keeps the plugin from working with it, in words for its operator. Nothing is
        /// started.
        public let functions: @Sendable (PluginValue) throws -> [FunctionSignature]

        /// How its functions may be called by their own word, by their names; as above.
        public let settings: @Sendable (PluginValue) throws -> [String: FunctionSettings]

        /// Describes a plugin.
        public init(
            reference: String, version: String? = nil, permissions: PluginPermissions? = nil,
            functions: @escaping @Sendable (PluginValue) throws -> [FunctionSignature],
            settings: @escaping @Sendable (PluginValue) throws -> [String: FunctionSettings] = {
                _ in [:]
            }
        ) {
            self.reference = reference
            self.version = version
            self.permissions = permissions
            self.functions = functions
            self.settings = settings
        }
    }

    /// All of them, in the order in which they were linked.
    public let plugins: [Plugin]
    /// Why a text under `hosts` names no host, in words for its operator; `nil` if it names some.
    public let hostProblem: @Sendable (String) -> String?

    /// Lists plugins.
    public init(
        _ plugins: [Plugin] = [],
        hostProblem: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.plugins = plugins
        self.hostProblem = hostProblem
    }

    /// The plugin with a reference.
    public subscript(reference: String) -> Plugin? {
        plugins.first { $0.reference == reference }
    }
}
