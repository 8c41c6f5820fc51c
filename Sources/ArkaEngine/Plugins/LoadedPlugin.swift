import ArkaConfig
import ArkaHTTP
import ArkaModel
import ArkaSystem
import PactPlugins

/// A plugin as a topology uses it: its host, and all that calls of its functions have in common.
struct LoadedPlugin: Sendable {
    let use: PluginUse
    let host: PluginHost

    /// Makes the plugin; nothing of it is started.
    init(
        _ use: PluginUse, type: any Plugin.Type, client: HTTPClient, time: any TimeSource,
        clock: any Clock<Duration>,
        log: @escaping @Sendable (PluginServices.LogLevel, String) -> Void
    ) throws(PluginLoadError) {
        self.use = use
        do {
            let services = PluginServices(
                http: client.transport(try EgressPolicy(hosts: use.hosts)), time: time, log: log)
            host = try PluginHost(
                type, as: use.name, configuration: PluginConfiguration(use.configuration),
                services: services,
                limits: PluginHost.Limits(shutdown: EngineLimits.pluginShutdown), clock: clock)
        } catch {
            throw PluginLoadError(reference: use.reference, reason: "\(error)")
        }
    }

    /// Differs wherever the plugin or its configuration may answer differently.
    var version: String {
        let configuration = hexadecimal(SHA256.digest(of: use.configuration.json))
        return "\(host.metadata.version) \(configuration)"
    }
}

extension EgressPolicy {
    /// What a plugin may reach: the hosts named, and of guarded addresses those that are named as such.
    fileprivate init(hosts: [String]) throws(ConfigurationProblem) {
        var patterns: [HostPattern] = []
        var ranges: [AddressRange] = [.everyIPv4, .everyIPv6]
        for host in hosts {
            guard let pattern = HostPattern(host) else {
                throw ConfigurationProblem("'\(shown(host))' in 'hosts' is no host")
            }
            patterns.append(pattern)
            let bits = host.utf8.contains(UInt8(ascii: ":")) ? 128 : 32
            if let range = AddressRange("\(host)/\(bits)") { ranges.append(range) }
        }
        self.init(allowedHosts: patterns, allowedRanges: ranges)
    }
}
