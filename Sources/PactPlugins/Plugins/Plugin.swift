/// A plugin: functions that rules may call, with what they need.
///
/// One value serves a whole process: its functions are called from many tasks at once. A structure
/// with `let` properties is enough for most; whatever changes needs a lock or an actor behind it.
public protocol Plugin: Sendable {
    /// What the plugin says of itself.
    static var metadata: PluginMetadata { get }

    /// Makes the plugin; nothing is called on it before ``initialize()-swift.method`` has returned.
    /// - Throws: If it cannot work with its configuration; the error is shown to the operator.
    init(_ configuration: PluginConfiguration, services: PluginServices) throws

    /// The functions, in the order in which documentation lists them. Asked once, after `init`.
    @FunctionsBuilder var functions: [DeclaredFunction] { get }

    /// Prepares the plugin; called once, before anything else.
    /// - Throws: If it cannot work; it is not loaded then, and ``shutdown()`` is still called.
    func initialize() async throws

    /// Lets go of what the plugin holds; called once, and cancelled when its time is over.
    func shutdown() async

    /// Says how the plugin is; asked now and then while it runs, from any task.
    func healthCheck() async -> PluginHealth
}

extension Plugin {
    /// Nothing to prepare.
    public func initialize() async throws {}

    /// Nothing to let go of.
    public func shutdown() async {}

    /// Healthy, since it runs.
    public func healthCheck() async -> PluginHealth { PluginHealth(isHealthy: true) }
}
