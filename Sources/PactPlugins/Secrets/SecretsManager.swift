public import ArkaModel

/// The secrets that a plugin may read, by the names under which the operator's backends keep them.
///
/// ```swift
/// apiKey = try await services.secrets.get("sanctions/api-key")
/// ```
///
/// A secret is kept in memory and read again after a while, so asking for it at each call costs little
/// and follows its rotation; what a plugin keeps itself does not.
public struct SecretsManager: Sendable {
    private let source: any SecretsSource

    /// Reads from a source; the engine makes one for each plugin.
    public init(_ source: any SecretsSource) {
        self.source = source
    }

    /// The manager of a plugin that may read none.
    public init() {
        source = NoSecrets()
    }

    /// Reads a secret.
    /// - Parameter name: Such as `sanctions/api-key`; one that the plugin declares in its permissions.
    /// - Throws: ``SecretFailure``, which never holds a value.
    public func get(_ name: String) async throws(SecretFailure) -> SecretText {
        try await source.secret(named: name)
    }
}

/// Where a plugin's secrets come from.
public protocol SecretsSource: Sendable {
    /// Reads a secret, from memory where that is fresh enough.
    func secret(named name: String) async throws(SecretFailure) -> SecretText
}

/// A secret cannot be had.
public struct SecretFailure: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The plugin does not declare it in its permissions.
        case notDeclared = "not_declared"
        /// No backend has it.
        case notFound = "not_found"
        /// The backend refuses.
        case denied
        /// The backend does not answer.
        case unavailable
        /// The backend has something else under this name, such as no text.
        case malformed
    }

    /// The secret's name.
    public let name: String
    /// What is wrong.
    public let kind: Kind
    /// In words for the operator; never the value.
    public let reason: String
    /// Whether asking again may help.
    public var isRetryable: Bool { kind == .unavailable }

    /// Describes a failure.
    public init(_ name: String, _ kind: Kind, _ reason: String) {
        self.name = name
        self.kind = kind
        self.reason = reason
    }

    /// A secret that the plugin does not declare.
    public static func notDeclared(_ name: String) -> SecretFailure {
        SecretFailure(
            name, .notDeclared,
            "the plugin does not declare it; name it under `secrets` in its permissions")
    }

    /// Says which secret, and why not.
    public var description: String { "the secret '\(shown(name))' cannot be read: \(reason)" }
}

private struct NoSecrets: SecretsSource {
    func secret(named name: String) async throws(SecretFailure) -> SecretText {
        throw .notDeclared(name)
    }
}
