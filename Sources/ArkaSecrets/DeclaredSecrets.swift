public import ArkaModel
public import PactPlugins

/// The secrets that one plugin may read: those that it declares. Any other is denied, and the denial
/// stands in the audit trail.
public struct DeclaredSecrets: SecretsSource {
    private let declared: Set<String>
    private let store: SecretStore?
    private let audit: AuditLogger
    private let log: @Sendable (PluginServices.LogLevel, String) -> Void

    /// Shows some of a store's secrets.
    /// - Parameters:
    ///   - declared: The names in the plugin's permissions.
    ///   - store: The process' own; `nil` where there is none.
    ///   - audit: Writes under the plugin's name.
    ///   - log: The plugin's.
    public init(
        _ declared: [String], in store: SecretStore?, audit: AuditLogger,
        log: @escaping @Sendable (PluginServices.LogLevel, String) -> Void
    ) {
        self.declared = Set(declared)
        self.store = store
        self.audit = audit
        self.log = log
    }

    /// Reads a secret that is declared.
    public func secret(named name: String) async throws(SecretFailure) -> SecretText {
        guard declared.contains(name) else { throw await denied(name) }
        guard let store else {
            throw SecretFailure(name, .notFound, "this process has no backends for secrets")
        }
        return try await store.secret(named: name)
    }

    private func denied(_ name: String) async -> SecretFailure {
        let failure = SecretFailure.notDeclared(name)
        log(.warning, failure.description)
        do throws(AuditFailure) {
            try await audit.log(
                action: "secret_denied", resource: shown(name),
                details: ["reason": "not_declared"], context: nil)
        } catch {
            // It is denied all the same.
            log(.warning, "\(error)")
        }
        return failure
    }
}
