public import ArkaModel

extension Plugin {
    /// What rules may call of this plugin with a configuration, for whoever checks a topology. The
    /// plugin is made and dropped; nothing is started, and nothing leaves the process.
    /// - Parameter ruleName: What rules call the plugin; `nil` for its own name.
    /// - Throws: ``ConfigurationProblem`` if the configuration is not as ``PluginMetadata/configSchema``
    ///   says, what the plugin's `init` throws, or ``RegistrationFailure``.
    public static func signatures(
        with configuration: PluginConfiguration, as ruleName: String? = nil
    ) throws -> [FunctionSignature] {
        let services = PluginServices(http: NoWayOut(), time: StoppedTime())
        let plugin = try make(configuration, services: services)
        return try plugin.registeredFunctions(as: ruleName).map(\.signature)
    }

    /// Makes the plugin of a configuration that is as its metadata say.
    static func make(
        _ configuration: PluginConfiguration, services: PluginServices
    ) throws -> Self {
        if let mismatch = metadata.configSchema.mismatch(of: configuration.values) {
            throw ConfigurationProblem(mismatch)
        }
        return try Self(configuration, services: services)
    }
}

/// Refuses every request.
private struct NoWayOut: HTTPTransport {
    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        requests.map { _ in
            .failure(
                HTTPFailure(
                    .notAllowed, message: "a plugin that is only checked asks nobody",
                    mayHaveBeenSent: false))
        }
    }
}

/// Stands at the beginning of 1970.
private struct StoppedTime: TimeSource {
    var monotonic: Duration { .zero }
    var wallMilliseconds: Int64 { 0 }
}
