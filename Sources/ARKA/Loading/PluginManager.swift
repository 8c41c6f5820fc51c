public import ArkaConfig
public import ArkaEngine
import ArkaHTTP
import ArkaModel
import ArkaSystem
public import PactPlugins
import Synchronization

/// Loads plugins for engines in this program, and ends them.
///
/// Swift links plugins statically: the types are given once, and loaded by name with a configuration.
///
/// ```swift
/// let manager = PluginManager(linking: [SanctionsListPlugin.self, GeoEnrichmentPlugin.self])
/// try await manager.load("pact/sanctions-list", config: ["api_endpoint": "…", "api_key": "…"])
/// let engine = try ARKAEngine(pluginManager: manager, rules: [.file("rules/sanctions.pact")])
/// …
/// await engine.shutdown()
/// await manager.shutdown()
/// ```
///
/// May be used from many tasks at once. A manager that is dropped without ``shutdown()`` does not call
/// its plugins' `shutdown`.
public final class PluginManager: Sendable {
    private struct State {
        var plugins: [ManagedPlugin] = []
        /// Plugins that were taken away and have not ended.
        var leaving: [ManagedPlugin] = []
        /// Names in rules of plugins that are being loaded.
        var coming: Set<String> = []
        var isStarted = false
        var hasEnded = false
    }

    /// What plugins and the calls of engines go by.
    struct Surroundings: Sendable {
        var time: any TimeSource = SystemTime()
        var clock: any Clock<Duration> = ContinuousClock()
        var limits = PluginHost.Limits()
        var plugins = PluginSurroundings(audit: RefusingAudit.noSettings)
    }

    let surroundings: Surroundings
    private let registry: PluginRegistry
    private let log: @Sendable (String, PluginServices.LogLevel, String) -> Void
    private let client: HTTPClient
    private let state = Mutex(State())

    /// Makes a manager of plugins of one namespace; none is loaded.
    /// - Parameters:
    ///   - plugins: The plugins that can be loaded.
    ///   - namespace: What stands before their names: `pact` for `pact/sanctions-list`.
    ///   - surroundings: The environment and the secrets, as far as plugins declare them.
    ///   - audit: Takes their audit records; without it, calls that write some fail.
    ///   - log: Takes what plugins have to say; the first argument is the plugin's name in rules.
    /// - Precondition: No two of them have one name.
    public convenience init(
        linking plugins: [any Plugin.Type], namespace: String = "pact",
        surroundings: PluginSurroundings = PluginSurroundings(),
        audit: AuditSettings? = nil,
        log: @escaping @Sendable (String, PluginServices.LogLevel, String) -> Void = { _, _, _ in }
    ) {
        let registry = plugins.reduce(PluginRegistry()) {
            $0.linking($1, namespace: namespace)
        }
        self.init(registry, surroundings: surroundings, audit: audit, log: log)
    }

    /// Makes a manager of the plugins of a registry, which may be of several namespaces.
    /// - Parameter surroundings: The environment and the secrets, as far as plugins declare them; whoever
    ///   makes a store of secrets starts and stops it.
    public convenience init(
        _ registry: PluginRegistry, surroundings: PluginSurroundings = PluginSurroundings(),
        audit: AuditSettings? = nil,
        log: @escaping @Sendable (String, PluginServices.LogLevel, String) -> Void = { _, _, _ in }
    ) {
        var around = Surroundings()
        around.plugins = surroundings
        around.plugins.audit =
            audit?.journal(time: around.time, redactor: surroundings.redactor)
            ?? RefusingAudit.noSettings
        self.init(registry, around, log: log)
    }

    init(
        _ registry: PluginRegistry, _ surroundings: Surroundings,
        log: @escaping @Sendable (String, PluginServices.LogLevel, String) -> Void
    ) {
        self.registry = registry
        self.surroundings = surroundings
        self.log = log
        client = HTTPClient(.ofManager, time: surroundings.time)
    }

    // MARK: What there is

    /// The plugins that can be loaded, in the order in which they were given.
    public var linked: [PluginListing] { registry.listings }

    /// The plugins that are loaded, in the order in which they were.
    public var loaded: [LoadedPluginListing] { plugins.map(\.listing) }

    /// The plugins that are loaded.
    var plugins: [ManagedPlugin] { state.withLock { $0.plugins } }

    /// How each plugin that is loaded says it is, by its name in rules; within the host's limit.
    public func health() async -> [String: PluginHealth] {
        var health: [String: PluginHealth] = [:]
        for plugin in plugins { health[plugin.name] = await plugin.plugin.health() }
        return health
    }

    // MARK: Loading

    /// Makes a plugin and initializes it. Engines that are built from now on have it.
    /// - Parameters:
    ///   - name: Its reference, such as `pact/sanctions-list`, or `sanctions-list` where only one is
    ///     named so.
    ///   - ruleName: What rules call it; `nil` for its own name, `-` as `_`. One plugin may be loaded
    ///     several times under different names.
    ///   - config: What it is configured with.
    ///   - hosts: The hosts that it may reach over the network: exact names, or `*.` and a suffix.
    ///   - functions: How its functions are called, where their own word is not enough.
    /// - Returns: What was loaded.
    /// - Throws: ``ArkaEngine/PluginLoadError`` with a code, if no such plugin is linked (a near name is
    ///   named), the name is taken, its declarations or configuration are wrong, or `init` or
    ///   `initialize` throws. Nothing stays loaded then, and a plugin whose `initialize` was begun has
    ///   been shut down.
    @discardableResult
    public func load(
        _ name: String, as ruleName: String? = nil, config: PluginConfiguration = [:],
        hosts: [String] = [], functions: [FunctionUse] = []
    ) async throws(PluginLoadError) -> LoadedPluginListing {
        let (reference, type) = try registry.find(name)
        let use = PluginUse(
            reference, name: ruleName ?? type.metadata.ruleName, configuration: config.values,
            hosts: hosts, functions: functions)
        try reserve(use)
        do throws(PluginLoadError) {
            let plugin = try await start(use, type)
            try await keep(plugin)
            return plugin.listing
        } catch {
            state.withLock { _ = $0.coming.remove(use.name) }
            throw error
        }
    }

    private func reserve(_ use: PluginUse) throws(PluginLoadError) {
        let holder = state.withLock { state -> String? in
            if state.hasEnded { return "" }
            if let plugin = state.plugins.first(where: { $0.name == use.name }) {
                return plugin.plugin.use.reference
            }
            return state.coming.insert(use.name).inserted ? nil : use.reference
        }
        guard let holder else { return }
        guard !holder.isEmpty else { throw .ended(use.reference) }
        throw PluginLoadError(
            reference: use.reference,
            reason: "rules know '\(holder)' by the name '\(use.name)' already; unload it first, or "
                + "load this one with another name: `load(_:as:)`",
            code: .pluginNameTaken)
    }

    private func start(
        _ use: PluginUse, _ type: any Plugin.Type
    ) async throws(PluginLoadError) -> ManagedPlugin {
        try startClient(for: use)
        let loaded = try LoadedPlugin(
            use, type: type, client: client, time: surroundings.time,
            limits: surroundings.limits, clock: surroundings.clock,
            surroundings: surroundings.plugins
        ) { [log] level, line in log(use.name, level, line) }
        try loaded.checkFunctionUses()
        do throws(PluginLoadError) {
            try await surroundings.plugins.secrets?.prepare(for: [loaded])
            try await loaded.initialize()
        } catch {
            await loaded.host.shutdown()
            throw error
        }
        return ManagedPlugin(loaded)
    }

    private func startClient(for use: PluginUse) throws(PluginLoadError) {
        let failure = state.withLock { state -> SystemError? in
            guard !state.isStarted, !state.hasEnded else { return nil }
            do throws(SystemError) {
                try client.start()
                state.isStarted = true
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw PluginLoadError(reference: use.reference, reason: "\(failure)") }
    }

    /// Lists a plugin that runs, unless everything was ended meanwhile.
    private func keep(_ plugin: ManagedPlugin) async throws(PluginLoadError) {
        let isKept = state.withLock { state in
            guard !state.hasEnded else { return false }
            state.coming.remove(plugin.name)
            state.plugins.append(plugin)
            return true
        }
        guard !isKept else { return }
        _ = await plugin.end()
        throw .ended(plugin.plugin.use.reference)
    }

    // MARK: Ending

    /// Takes a plugin away: engines do without it from now on, calls that run may end, and its
    /// `shutdown` is called once. Each of the two gets 10 s.
    /// - Parameter name: Its reference, its own name, or its name in rules.
    /// - Returns: Whether it shut down in time; one that did not is left behind, cancelled.
    /// - Throws: ``ArkaEngine/PluginLoadError`` if no such plugin is loaded, or several are meant.
    @discardableResult
    public func unload(_ name: String) async throws(PluginLoadError) -> Bool {
        let (taken, names) = state.withLock { state -> (ManagedPlugin?, [String]) in
            let byRuleName = state.plugins.filter { $0.name == name }
            let meant = byRuleName.isEmpty ? state.plugins.filter { $0.isNamed(name) } : byRuleName
            guard meant.count == 1 else {
                return (nil, (meant.isEmpty ? state.plugins : meant).map(\.name))
            }
            state.plugins.removeAll { $0 === meant[0] }
            state.leaving.append(meant[0])
            return (meant[0], [])
        }
        guard let taken else {
            throw PluginLoadError(
                reference: name,
                reason: "no single plugin of this name is loaded; " + hint(to: name, among: names),
                code: .pluginNotLoaded)
        }
        let isInTime = await taken.end()
        state.withLock { $0.leaving.removeAll { $0 === taken } }
        return isInTime
    }

    /// Ends all plugins, the last one loaded first, and the way to the network; nothing can be loaded
    /// any more. Waits for those that somebody else is ending, too. Shut the engines down before.
    /// - Returns: Whether all shut down in time.
    @discardableResult
    public func shutdown() async -> Bool {
        let plugins = state.withLock { state in
            state.hasEnded = true
            state.leaving += state.plugins
            state.plugins = []
            return state.leaving
        }
        var isInTime = true
        for plugin in plugins.reversed() where await !plugin.end() { isInTime = false }
        await client.shutdown(deadline: .zero)
        return isInTime
    }
}

extension PluginLoadError {
    fileprivate static func ended(_ reference: String) -> PluginLoadError {
        PluginLoadError(
            reference: reference, reason: "the plugin manager was shut down; make another",
            code: .pluginManagerEnded)
    }
}

extension HTTPClientSettings {
    /// The functions' own bounds count calls, and are what users set; this one is not to be in their
    /// way, whatever is loaded later.
    fileprivate static var ofManager: HTTPClientSettings {
        HTTPClientSettings(requestsPerHostMax: 4_096, connectionsKeptMax: 4_096)
    }
}
