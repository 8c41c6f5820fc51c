public import ArkaConfig
import ArkaHTTP
public import ArkaModel
public import ArkaSecrets
import ArkaSystem
public import PactPlugins

extension SecretStore {
    /// Makes the store that an engine document describes; nothing is read yet. Its clients live as long as
    /// the process.
    /// - Parameters:
    ///   - environment: The process' own.
    ///   - redactor: Told what gives access to backends, too.
    ///   - log: Takes what there is to say.
    /// - Throws: ``ArkaSystem/SystemError`` (`outOfResources`); ``PactPlugins/ConfigurationProblem`` where
    ///   AWS has no credentials.
    public convenience init(
        _ spec: SecretsSpec, environment: [String: String], time: any TimeSource,
        redactor: SecretRedactor,
        log: @escaping @Sendable (PluginServices.LogLevel, String) -> Void
    ) throws {
        let backends = try spec.backends.map { backend in
            try makeBackend(backend, environment: environment, time: time, redactor: redactor)
        }
        self.init(
            Settings(
                refresh: spec.refresh, staleMax: spec.staleMax, startupTimeout: spec.startupTimeout),
            backends: backends, time: time, redactor: redactor
        ) { level, line in log(level, redactor.redacted(line)) }
    }

    /// Reads what plugins declare, before they are initialized.
    /// - Throws: ``PluginLoadError`` of a plugin that needs what cannot be read.
    public func prepare(for plugins: [LoadedPlugin]) async throws(PluginLoadError) {
        do throws(SecretFailure) {
            try await prepare(plugins.flatMap(\.secretNames))
        } catch {
            let needing = plugins.first { $0.secretNames.contains(error.name) }
            throw PluginLoadError(
                reference: needing?.use.reference ?? "", reason: error.description,
                code: .pluginSecret)
        }
    }
}

extension DiagnosticCode {
    static let pluginSecret = DiagnosticCode("PLUGIN", 26)
}

private func makeBackend(
    _ spec: SecretBackendSpec, environment: [String: String], time: any TimeSource,
    redactor: SecretRedactor
) throws -> any SecretBackend {
    switch spec.kind {
    case .environment:
        return EnvironmentSecrets(
            prefix: spec.prefix ?? EnvironmentSecrets.prefixDefault, environment)
    case .file: return FileSecrets(directory: spec.directory ?? "")
    case .vault:
        let settings = VaultSettings(spec)
        settings.login.addSecrets(to: redactor)
        return VaultSecrets(
            settings, transport: try transport(to: settings.address, spec, time), time: time,
            redactor: redactor)
    case .aws:
        let settings = AWSSecrets.Settings(
            region: spec.aws.region ?? "", endpoint: spec.aws.endpoint, prefix: spec.prefix ?? "",
            timeout: spec.timeout)
        let credentials = try AWSCredentials(spec.aws, environment)
        return AWSSecrets(
            settings, credentials: credentials,
            transport: try transport(to: settings.endpoint, spec, time), time: time,
            redactor: redactor)
    }
}

/// A way to one backend and to nothing else. Its address is the operator's word, so it may lie on this
/// machine or beside it.
private func transport(
    to address: String, _ spec: SecretBackendSpec, _ time: any TimeSource
) throws -> any HTTPTransport {
    let client = HTTPClient(
        HTTPClientSettings(
            requestsPerHostMax: 16, connectionsKeptMax: 4,
            trustedCertificatesPath: spec.trustedCertificatesPath, lookupThreads: 1), time: time)
    try client.start()
    return OwnedTransport(
        client: client,
        transport: client.transport(
            EgressPolicy(
                allowedRanges: [.everyIPv4, .everyIPv6] + EgressPolicy.guardedRanges)))
}

/// A way to a service that keeps its client.
private struct OwnedTransport: HTTPTransport {
    let client: HTTPClient
    let transport: EgressTransport

    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        await transport.perform(requests)
    }
}

extension VaultSettings {
    fileprivate init(_ spec: SecretBackendSpec) {
        let vault = spec.vault
        self.init(
            address: vault.address ?? "", mount: vault.mount, field: vault.field,
            namespace: vault.namespace, login: Login(vault), timeout: spec.timeout)
    }
}

extension VaultSettings.Login {
    fileprivate init(_ vault: VaultSpec) {
        let mount = vault.loginMount ?? vault.login.rawValue
        switch vault.login {
        case .token: self = .token(.init(vault.token, file: vault.tokenFile))
        case .kubernetes:
            let file = vault.tokenFile ?? VaultSettings.serviceAccountToken
            self = .kubernetes(mount: mount, role: vault.role ?? "", token: .file(file))
        case .approle:
            self = .appRole(
                mount: mount, roleID: vault.roleID ?? "",
                secretID: .init(vault.secretID, file: vault.secretIDFile))
        }
    }

    fileprivate func addSecrets(to redactor: SecretRedactor) {
        switch self {
        case .token(.text(let text)), .kubernetes(_, _, .text(let text)),
            .appRole(_, _, .text(let text)):
            redactor.add(text.revealed)
        case .token(.file), .kubernetes(_, _, .file), .appRole(_, _, .file): break
        }
    }
}

extension VaultSettings.Credential {
    fileprivate init(_ text: SecretText?, file: String?) {
        if let text { self = .text(text) } else { self = .file(file ?? "") }
    }
}

extension AWSCredentials {
    fileprivate init(
        _ spec: AWSSecretsSpec, _ environment: [String: String]
    ) throws(ConfigurationProblem) {
        guard let id = spec.accessKeyID ?? environment["AWS_ACCESS_KEY_ID"],
            let key = spec.secretAccessKey?.revealed ?? environment["AWS_SECRET_ACCESS_KEY"],
            !id.isEmpty, !key.isEmpty
        else {
            throw ConfigurationProblem(
                "the backend 'aws' in 'secrets' has no credentials; set AWS_ACCESS_KEY_ID and "
                    + "AWS_SECRET_ACCESS_KEY, or 'access_key_id' and 'secret_access_key'")
        }
        // A token belongs to the key that it came with.
        let isOwn = spec.secretAccessKey != nil
        let token =
            spec.sessionToken?.revealed ?? (isOwn ? nil : environment["AWS_SESSION_TOKEN"])
        self.init(
            accessKeyID: id, secretAccessKey: SecretText(key),
            sessionToken: token.flatMap { $0.isEmpty ? nil : SecretText($0) })
    }
}
