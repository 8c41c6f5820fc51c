public import ArkaModel

/// The plugins that are linked into the program, as far as topologies are checked against them.
public struct LinkedPlugins: Sendable {
    /// One of them.
    public struct Plugin: Sendable {
        /// Its reference, such as `pact/sanctions-list`.
        public let reference: String
        /// Its functions, as rules see them.
        public let functions: [FunctionSignature]

        /// Describes a plugin.
        public init(reference: String, functions: [FunctionSignature]) {
            self.reference = reference
            self.functions = functions
        }
    }

    /// All of them, in the order in which they were linked.
    public let plugins: [Plugin]

    /// Lists plugins.
    public init(_ plugins: [Plugin] = []) {
        self.plugins = plugins
    }

    /// The plugin with a reference.
    public subscript(reference: String) -> Plugin? {
        plugins.first { $0.reference == reference }
    }
}
