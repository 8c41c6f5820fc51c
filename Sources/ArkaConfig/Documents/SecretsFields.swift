import ArkaDocuments
import ArkaModel

/// The section `secrets` of an engine document.
let secretsSection = Section<SecretsSpec>(
    SecretsSpec(),
    [
        Field(
            "backends", .list(of: .section(secretBackendSection), countRange: 1...16),
            into: \.backends, absence: "the environment alone",
            example: "[{type: file, directory: /run/secrets}]",
            """
            Where secrets are read from, in this order. The first that has a secret gives it; one that \
            does not answer is an error and never a reason to ask the next.
            """),
        Field(
            "refresh", .duration(.milliseconds(100) ... .seconds(86_400)), into: \.refresh,
            "How long a secret is used before it is read again: how soon a rotated one is taken up."
        ),
        Field(
            "stale_max", .duration(.zero ... .seconds(30 * 86_400)), into: \.staleMax,
            """
            How long a secret that was read before is used while its backend does not answer. After \
            that, whoever asks for it gets an error.
            """),
        Field(
            "startup_timeout", .duration(.milliseconds(100) ... .seconds(600)),
            into: \.startupTimeout,
            """
            How long a start tries to read the secrets that plugins declare; then the process ends and \
            names the one that it could not read.
            """),
        Field(
            "core_dumps", .boolean, into: \.allowsCoreDumps,
            """
            Whether the process may leave a core dump, which holds all secrets. Without it, debuggers \
            of the same user cannot attach either.
            """),
    ])

/// One backend: the keys of all kinds, as which belongs to which is checked when they have been read.
private let secretBackendSection = Section<SecretBackendSpec>(
    SecretBackendSpec(.environment),
    commonFields + vaultFields + awsFields)

private let commonFields: [Field<SecretBackendSpec>] =
    [
        Field(
            "type", .choice, into: \.kind, isRequired: true,
            """
            `environment`: variables. `file`: mounted files. `vault`: HashiCorp Vault, KV version 2. \
            `aws`: AWS Secrets Manager.
            """),
        Field(
            "prefix", .text("text") { _ in true }, into: \.prefix,
            absence: "`ARKA_SECRET_` or nothing", example: "prod/",
            """
            `environment`: what variables begin with; `sanctions/api-key` is \
            `ARKA_SECRET_SANCTIONS_API_KEY`. `aws`: what stands before a secret's name.
            """),
        Field(
            "directory", .text("a path"), into: \.directory, absence: "required for `file`",
            example: "/run/secrets",
            "`file`: where the files lie; `sanctions/api-key` is a file `api-key` in `sanctions`."),
        Field(
            "timeout", .duration(.milliseconds(100) ... .seconds(60)), into: \.timeout,
            "`vault`, `aws`: how long one request may take."),
        Field(
            "ca_file", .text("a path"), into: \.trustedCertificatesPath,
            absence: "those of the system", example: "/etc/arka/vault-ca.pem",
            "`vault`, `aws`: the certificates to trust, a PEM file."),
    ]

private let vaultFields: [Field<SecretBackendSpec>] =
    [
        Field(
            "address", .text("an address that begins with http:// or https://", isAllowed: isBase),
            into: \.vault.address, absence: "required for `vault`",
            example: "https://vault.internal:8200", "`vault`: where it is."),
        Field(
            "mount", .text("a path"), into: \.vault.mount, "`vault`: where the engine is mounted."),
        Field(
            "field", .text("a field"), into: \.vault.field,
            """
            `vault`: the field that holds the secret, unless its name says another: \
            `database#password` is the field `password` of `database`.
            """),
        Field(
            "namespace", .text("a namespace"), into: \.vault.namespace, absence: "none",
            example: "payments/fraud", "`vault`: the namespace of Vault Enterprise."),
        Field(
            "login", .choice, into: \.vault.login,
            """
            `vault`: `token` takes `token` or `token_file`; `kubernetes` takes `role`; `approle` takes \
            `role_id` and `secret_id` or `secret_id_file`. Tokens are renewed before they end.
            """),
        Field(
            "login_mount", .text("a path"), into: \.vault.loginMount,
            absence: "as `login` is called", example: "kubernetes-eu",
            "`vault`: where the way of logging in is mounted."),
        Field(
            "token", .text("a token"), into: \.vault.tokenText, isSecret: true, absence: "none",
            example: "${VAULT_TOKEN}", "`vault`: the token; better in a file or a variable."),
        Field(
            "token_file", .text("a path"), into: \.vault.tokenFile,
            absence: "none; `kubernetes`: that of the service account", example: "/run/vault/token",
            "`vault`: the file with the token, read again at each login."),
        Field(
            "role", .text("a role"), into: \.vault.role, absence: "required for `kubernetes`",
            example: "arka", "`vault`: the role to log in as."),
        Field(
            "role_id", .text("a role id"), into: \.vault.roleID, absence: "required for `approle`",
            "`vault`: the id of the role to log in as."),
        Field(
            "secret_id", .text("a secret id"), into: \.vault.secretIDText, isSecret: true,
            absence: "none", "`vault`: what belongs to the role id."),
        Field(
            "secret_id_file", .text("a path"), into: \.vault.secretIDFile, absence: "none",
            example: "/run/vault/secret-id", "`vault`: the file with it, read again at each login."),
    ]

private let awsFields: [Field<SecretBackendSpec>] =
    [
        Field(
            "region", .text("a region", isAllowed: isRegion), into: \.aws.region,
            absence: "required for `aws`", example: "eu-central-1", "`aws`: the region."),
        Field(
            "endpoint", .text("an address that begins with http:// or https://", isAllowed: isBase),
            into: \.aws.endpoint, absence: "the region's own",
            example: "https://vpce-1.secretsmanager.eu-central-1.vpce.amazonaws.com",
            "`aws`: where the service is."),
        Field(
            "access_key_id", .text("an id"), into: \.aws.accessKeyID,
            absence: "the variable `AWS_ACCESS_KEY_ID`", "`aws`: the id of the access key."),
        Field(
            "secret_access_key", .text("a key"), into: \.aws.secretAccessKeyText, isSecret: true,
            absence: "the variable `AWS_SECRET_ACCESS_KEY`", "`aws`: the access key."),
        Field(
            "session_token", .text("a token"), into: \.aws.sessionTokenText, isSecret: true,
            absence: "the variable `AWS_SESSION_TOKEN`", "`aws`: the token of a session."),
    ]

/// Whether it is an address that paths can be put behind.
private func isBase(_ text: String) -> Bool {
    (text.hasPrefix("http://") || text.hasPrefix("https://")) && !text.contains("?")
        && !text.contains("#")
}

private func isRegion(_ text: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
}

extension VaultSpec {
    fileprivate var tokenText: String? {
        get { token?.revealed }
        set { token = newValue.map { SecretText($0) } }
    }

    fileprivate var secretIDText: String? {
        get { secretID?.revealed }
        set { secretID = newValue.map { SecretText($0) } }
    }
}

extension AWSSecretsSpec {
    fileprivate var secretAccessKeyText: String? {
        get { secretAccessKey?.revealed }
        set { secretAccessKey = newValue.map { SecretText($0) } }
    }

    fileprivate var sessionTokenText: String? {
        get { sessionToken?.revealed }
        set { sessionToken = newValue.map { SecretText($0) } }
    }
}
