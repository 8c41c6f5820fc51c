public import ArkaModel

/// Where a process has the secrets of its plugins from, and how it keeps them.
public struct SecretsSpec: Sendable, Hashable {
    /// The backends, in the order in which they are asked. Without any named, the environment.
    public var backends: [SecretBackendSpec]
    /// How long a secret is taken for current before it is read again.
    public var refresh: Duration
    /// How long a secret stands that was read before, while its backend does not answer.
    public var staleMax: Duration
    /// How long a start waits for backends that do not answer.
    public var startupTimeout: Duration
    /// Whether the process may leave its memory, with all secrets, in a core dump.
    public var allowsCoreDumps: Bool

    /// Makes the settings; every default is the document's.
    public init(
        backends: [SecretBackendSpec] = [SecretBackendSpec(.environment)],
        refresh: Duration = .seconds(60), staleMax: Duration = .seconds(24 * 3600),
        startupTimeout: Duration = .seconds(30), allowsCoreDumps: Bool = false
    ) {
        self.backends = backends
        self.refresh = refresh
        self.staleMax = staleMax
        self.startupTimeout = startupTimeout
        self.allowsCoreDumps = allowsCoreDumps
    }
}

/// One place that secrets are read from. What is said of another kind than its own is `nil`, or its
/// default.
public struct SecretBackendSpec: Sendable, Hashable {
    /// The kinds.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Variables of the process' environment.
        case environment
        /// Files, as Docker and Kubernetes mount secrets.
        case file
        /// HashiCorp Vault, its key-value engine version 2.
        case vault
        /// AWS Secrets Manager.
        case aws
    }

    /// Its kind.
    public var kind: Kind
    /// What stands before the names of secrets: of variables, or in AWS; `nil` for the kind's default.
    public var prefix: String?
    /// The directory of a file backend.
    public var directory: String?
    /// How to reach Vault.
    public var vault: VaultSpec
    /// How to reach AWS Secrets Manager.
    public var aws: AWSSecretsSpec
    /// How long one request may take.
    public var timeout: Duration
    /// A PEM file with the certificates to trust; `nil` for those of the system.
    public var trustedCertificatesPath: String?

    /// Makes a backend of a kind, with the defaults of a document.
    public init(_ kind: Kind) {
        self.kind = kind
        prefix = nil
        directory = nil
        vault = VaultSpec()
        aws = AWSSecretsSpec()
        timeout = .seconds(5)
        trustedCertificatesPath = nil
    }
}

/// How to reach a Vault.
public struct VaultSpec: Sendable, Hashable {
    /// How the process shows who it is.
    public enum Login: String, Sendable, Hashable, CaseIterable {
        /// A token that is given.
        case token
        /// The token of a Kubernetes service account.
        case kubernetes
        /// A role id and a secret id.
        case approle
    }

    /// The address, such as `https://vault.internal:8200`.
    public var address: String?
    /// Where the key-value engine is mounted.
    public var mount: String = "secret"
    /// The field that is read where a secret's name has none.
    public var field: String = "value"
    /// The namespace of Vault Enterprise.
    public var namespace: String?
    /// How the process logs in.
    public var login: Login = .token
    /// Where the way of logging in is mounted; `nil` for its own name.
    public var loginMount: String?
    /// The token of ``Login/token``.
    public var token: SecretText?
    /// The file that holds the token of ``Login/token``, or that of the service account.
    public var tokenFile: String?
    /// The role of ``Login/kubernetes``.
    public var role: String?
    /// The role id of ``Login/approle``.
    public var roleID: String?
    /// The secret id of ``Login/approle``.
    public var secretID: SecretText?
    /// The file that holds it.
    public var secretIDFile: String?

    /// Makes the settings of a document that says nothing.
    public init() {}
}

/// How to reach AWS Secrets Manager.
public struct AWSSecretsSpec: Sendable, Hashable {
    /// The region, such as `eu-central-1`.
    public var region: String?
    /// The address; `nil` for the region's own.
    public var endpoint: String?
    /// The id of the access key; `nil` for the variable `AWS_ACCESS_KEY_ID`.
    public var accessKeyID: String?
    /// The access key; `nil` for the variable `AWS_SECRET_ACCESS_KEY`.
    public var secretAccessKey: SecretText?
    /// The token of a session; `nil` for the variable `AWS_SESSION_TOKEN`, if that is set.
    public var sessionToken: SecretText?

    /// Makes the settings of a document that says nothing.
    public init() {}
}
