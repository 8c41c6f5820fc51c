public import ArkaConfig
public import ArkaHTTP
public import ArkaModel
import ArkaSystem
public import PactPlugins

/// A plugin as a topology uses it: its host, and all that calls of its functions have in common.
public struct LoadedPlugin: Sendable {
    /// How it is used.
    public let use: PluginUse
    /// The plugin, and its life.
    public let host: PluginHost
    /// Its functions as calls reach them: the plugin's own, unless something is put around them.
    public var functions: [RegisteredFunction]

    /// Makes the plugin; nothing of it is started.
    /// - Parameters:
    ///   - client: Its way to the network, as far as the use allows.
    ///   - time: What the plugin takes for the time.
    ///   - clock: What the host's limits are measured with.
    ///   - log: Takes what it has to say.
    /// - Throws: What keeps it from working.
    public init(
        _ use: PluginUse, type: any Plugin.Type, client: HTTPClient, time: any TimeSource,
        limits: PluginHost.Limits = PluginHost.Limits(shutdown: EngineLimits.pluginShutdown),
        clock: any Clock<Duration> = ContinuousClock(),
        log: @escaping @Sendable (PluginServices.LogLevel, String) -> Void
    ) throws(PluginLoadError) {
        self.use = use
        do {
            let policy = try EgressPolicy(use, declared: type.metadata.permissions)
            let services = PluginServices(
                http: client.transport(policy, within: use.sandbox.network.timeout), time: time,
                log: use.logging.log(log))
            host = try PluginHost(
                type, as: use.name, configuration: PluginConfiguration(use.configuration),
                services: services, limits: limits, clock: clock)
            functions = host.functions
        } catch {
            throw PluginLoadError(reference: use.reference, reason: "\(error)")
        }
        guard isRuleName(use.name) else {
            throw PluginLoadError(
                reference: use.reference,
                reason: "rules cannot name '\(shown(use.name))'; give it a name of its own: ASCII "
                    + "letters, digits and '_', no digit first")
        }
    }

    /// Refuses a use that says something of functions that the plugin does not have.
    /// - Throws: ``PluginLoadError`` that names a near one.
    public func checkFunctionUses() throws(PluginLoadError) {
        let names = functions.map(\.signature.name)
        for function in use.functions where !names.contains(function.name) {
            let hint =
                nearName(to: function.name, among: names).map { "did you mean '\($0)'?" }
                ?? "it has: \(names.joined(separator: ", "))"
            throw PluginLoadError(
                reference: use.reference,
                reason: "it has no function '\(shown(function.name))'; \(hint)")
        }
    }

    /// Differs wherever the plugin or its configuration may answer differently.
    var version: String {
        let configuration = hexadecimal(SHA256.digest(of: use.configuration.json))
        return "\(host.metadata.version) \(configuration)"
    }
}

/// What stands under `hosts`.
let hostRemedy =
    "a name or an address, such as api.example.com or *.example.com, without scheme and port"

extension EgressPolicy {
    /// What a plugin may reach: the hosts named, and of guarded addresses those that are named as such; of
    /// both only what the plugin itself declares.
    fileprivate init(
        _ use: PluginUse, declared: PluginPermissions?
    ) throws(ConfigurationProblem) {
        for host in use.hosts where HostPattern(host) == nil {
            throw ConfigurationProblem(
                "'\(shown(host))' in 'hosts' is no host; write \(hostRemedy)")
        }
        var hosts = HostRules(use.hosts.compactMap { HostRule($0) })
        if let declared {
            hosts = hosts.intersection(HostRules(declared.network.compactMap { HostRule($0) }))
        }
        let texts = hosts.rules.map(\.description)
        self.init(
            allowedHosts: texts.compactMap { HostPattern($0) },
            deniedPorts: use.sandbox.network.deniedPorts,
            allowedRanges: [.everyIPv4, .everyIPv6] + texts.compactMap { AddressRange($0) })
    }
}
