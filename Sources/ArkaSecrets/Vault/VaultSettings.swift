public import ArkaModel

/// How a Vault is reached.
public struct VaultSettings: Sendable, Hashable {
    /// A text that is given, or read from a file each time it is needed.
    public enum Credential: Sendable, Hashable {
        /// Given.
        case text(SecretText)
        /// The path of a file.
        case file(String)
    }

    /// How the process shows who it is.
    public enum Login: Sendable, Hashable {
        /// By a token.
        case token(Credential)
        /// By the token of a Kubernetes service account.
        case kubernetes(mount: String, role: String, token: Credential)
        /// By a role id and a secret id.
        case appRole(mount: String, roleID: String, secretID: Credential)
    }

    /// The address, without a slash at the end.
    public var address: String
    /// Where the key-value engine is mounted.
    public var mount: String
    /// The field that is read where a name has none.
    public var field: String
    /// The namespace; `nil` for none.
    public var namespace: String?
    /// How the process logs in.
    public var login: Login
    /// How long a request may take.
    public var timeout: Duration

    /// Makes settings.
    public init(
        address: String, mount: String = "secret", field: String = "value",
        namespace: String? = nil, login: Login, timeout: Duration = .seconds(5)
    ) {
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        self.mount = mount
        self.field = field
        self.namespace = namespace
        self.login = login
        self.timeout = timeout
    }

    /// Where Kubernetes mounts the token of a pod's service account.
    public static let serviceAccountToken =
        "/var/run/secrets/kubernetes.io/serviceaccount/token"
}
