public import ArkaModel
public import PactPlugins

/// One place that secrets are read from.
public protocol SecretBackend: Sendable {
    /// What it is called in messages, such as `vault https://vault.internal:8200`.
    var name: String { get }

    /// Reads a secret.
    /// - Returns: `nil` if it has none of this name; then the next backend is asked.
    /// - Throws: ``PactPlugins/SecretFailure``, which never holds a value. No other backend is asked then:
    ///   a secret must not come from elsewhere because its own place does not answer.
    func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer?

    /// Keeps alive what it needs to read secrets, such as a login; called every few seconds.
    func maintain() async
}

extension SecretBackend {
    /// Nothing to keep alive.
    public func maintain() async {}
}

/// A secret as a backend gives it.
public struct SecretAnswer: Sendable, Hashable {
    /// The secret.
    public let secret: SecretText
    /// How long it is valid; `nil` where the backend does not say so.
    public let lease: Duration?

    /// Makes an answer.
    public init(_ secret: SecretText, lease: Duration? = nil) {
        self.secret = secret
        self.lease = lease
    }
}
