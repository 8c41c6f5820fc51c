/// What a plugin needs, as it declares it itself: the least that it can work with.
public struct PluginPermissions: Sendable, Hashable {
    /// Hosts that it reaches over the network: names, or `*.` and a suffix.
    public var network: [String]
    /// Secrets that it reads, by their names. No other can be read.
    public var secrets: [String]
    /// Variables of the environment that it reads. No other is visible.
    public var environment: [String]

    /// Declares needs.
    public init(network: [String] = [], secrets: [String] = [], environment: [String] = []) {
        self.network = network
        self.secrets = secrets
        self.environment = environment
    }
}
