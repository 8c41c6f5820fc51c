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
        try checkedFunctions(with: configuration, as: ruleName).map(\.signature)
    }

    /// How the functions of this plugin may be called with a configuration, by their names; as above.
    public static func settings(
        with configuration: PluginConfiguration
    ) throws -> [String: FunctionSettings] {
        let functions = try checkedFunctions(with: configuration, as: nil)
        return Dictionary(functions.map { ($0.signature.name, $0.settings) }) { first, _ in first }
    }

    private static func checkedFunctions(
        with configuration: PluginConfiguration, as ruleName: String?
    ) throws -> [RegisteredFunction] {
        let services = PluginServices(http: NoWayOut(), time: StoppedTime())
        return try make(configuration, services: services).registeredFunctions(as: ruleName)
    }

    /// Makes the plugin of a configuration that is as its metadata say.
    static func make(
        _ configuration: PluginConfiguration, services: PluginServices
    ) throws -> Self {
        try checkNames(configuration)
        if let mismatch = metadata.configSchema.mismatch(of: configuration.values) {
            throw ConfigurationProblem(mismatch)
        }
        try checkSchema(configuration)
        return try Self(configuration, services: services)
    }

    /// Holds the configuration against the JSON Schema of the metadata.
    private static func checkSchema(_ configuration: PluginConfiguration) throws {
        guard let text = metadata.configJSONSchema else { return }
        let declared = DeclaredSchema(text)
        guard declared.schema != nil else {
            var check = RegistrationCheck(metadata)
            check.checkMetadata()
            throw RegistrationFailure(problems: check.problems)
        }
        let problems = declared.problems(with: configuration.values)
        if !problems.isEmpty {
            throw ConfigurationProblem(
                "in the plugin's configuration, \(problems.joined(separator: "; "))")
        }
    }

    /// Refuses a name that the metadata do not know: a slip of the pen would set nothing.
    private static func checkNames(
        _ configuration: PluginConfiguration
    ) throws(ConfigurationProblem) {
        guard case .constrained(let constraint) = metadata.configSchema else { return }
        let known = constraint.properties.map(\.name)
        guard !known.isEmpty,
            let stray = configuration.values.members.map(\.name).first(where: {
                !known.contains($0)
            })
        else { return }
        let hint =
            nearName(to: stray, among: known).map { "did you mean '\($0)'?" }
            ?? "it takes \(known.joined(separator: ", "))"
        throw ConfigurationProblem(
            "the plugin's configuration takes no '\(shown(stray))'; \(hint)")
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
