public import ArkaModel

/// What a plugin is given to reach the world with; there is nothing global.
public struct PluginServices: Sendable {
    /// How much a line of the log matters.
    public enum LogLevel: String, Sendable, Hashable, CaseIterable {
        /// For the author.
        case debug
        /// For the operator, now and then.
        case info
        /// Something is not as it should be.
        case warning
        /// Something failed.
        case error
    }

    /// Sends HTTP requests.
    public let http: any HTTPTransport
    /// Says what time it is.
    public let time: any TimeSource
    /// Shows the variables of the environment that the plugin declares.
    public let environment: PluginEnvironment
    /// Reads the secrets that the plugin declares.
    public let secrets: SecretsManager
    /// Writes the audit trail.
    public let audit: AuditLogger
    /// Takes lines for the log. Whoever writes them keeps secrets out of them, and hands over values of
    /// requests apart from the words.
    public let log: PluginLog

    /// Makes services whose log takes words alone: values of requests are dropped.
    public init(
        http: any HTTPTransport, time: any TimeSource,
        environment: PluginEnvironment = PluginEnvironment(),
        secrets: SecretsManager = SecretsManager(), audit: AuditLogger = AuditLogger(),
        log: @escaping @Sendable (LogLevel, String) -> Void = { _, _ in }
    ) {
        self.init(
            http: http, time: time, environment: environment, secrets: secrets, audit: audit,
            log: PluginLog { log($0.level, $0.message) })
    }

    /// Makes services.
    public init(
        http: any HTTPTransport, time: any TimeSource,
        environment: PluginEnvironment = PluginEnvironment(),
        secrets: SecretsManager = SecretsManager(), audit: AuditLogger = AuditLogger(),
        log: PluginLog
    ) {
        self.http = http
        self.time = time
        self.environment = environment
        self.secrets = secrets
        self.audit = audit
        self.log = log
    }
}
