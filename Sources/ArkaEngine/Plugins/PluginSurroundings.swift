public import ArkaConfig
public import ArkaModel
public import ArkaSecrets
public import PactPlugins

/// What all plugins of a process are given in part: its environment, its secrets and what
/// knows them, its audit trail.
public struct PluginSurroundings: Sendable {
    /// The variables of the process; a plugin sees those that it declares.
    public var environment: [String: String]
    /// The secrets of the process; a plugin reads those that it declares. `nil` for none.
    public var secrets: SecretStore?
    /// Takes secrets out of what plugins say.
    public let redactor: SecretRedactor
    /// Takes the plugins' audit records.
    public var audit: any AuditSink

    /// Makes surroundings; without arguments there is nothing.
    public init(
        environment: [String: String] = [:], secrets: SecretStore? = nil,
        redactor: SecretRedactor = SecretRedactor(), audit: any AuditSink = RefusingAudit.noTopic
    ) {
        self.environment = environment
        self.secrets = secrets
        self.redactor = redactor
        self.audit = audit
    }

    /// What plugins of a topology are given of this process, as an engine document says. Backends are
    /// reached only where a plugin declares secrets.
    /// - Parameter log: Takes what there is to say of secrets.
    /// - Throws: As ``ArkaSecrets/SecretStore`` does that is made of a document.
    public init(
        of topology: TopologySpec, _ registry: PluginRegistry, _ spec: SecretsSpec,
        environment: [String: String], time: any TimeSource, redactor: SecretRedactor,
        audit: any AuditSink = RefusingAudit.noTopic,
        log: @escaping @Sendable (PluginServices.LogLevel, String) -> Void
    ) throws {
        let needsSecrets = topology.plugins.contains { use in
            registry[use.reference]?.metadata.permissions?.secrets.isEmpty == false
        }
        self.init(
            environment: environment,
            secrets: needsSecrets
                ? try SecretStore(
                    spec, environment: environment, time: time, redactor: redactor, log: log)
                : nil,
            redactor: redactor, audit: audit)
    }

    /// Shows a plugin what it declares; the redactor knows the texts from then on.
    func environment(for permissions: PluginPermissions?) -> PluginEnvironment {
        let visible = PluginEnvironment(
            declared: permissions?.environment ?? [], environment: environment)
        for text in visible.texts where !text.isPlainWord { redactor.add(text) }
        return visible
    }
}

extension RefusingAudit {
    /// Stands where a topology has no topic for audit records.
    public static var noTopic: RefusingAudit {
        RefusingAudit("the topology has no topic for it; set `audit.topic`")
    }
}
