import ArkaModel
import Testing

/// Which names are taken for those of secrets: one declaration, for documents, logs, plugins' folders and
/// the audit trail.
@Suite struct SecretNamesTests {
    @Test(arguments: [
        "password", "Password", "db_passwd", "api_key", "api-key", "apiKey", "API.KEY",
        "privateKey",
        "client_secret", "x-auth-token", "aws access key", "Authorization", "auth_key",
        "key passphrase", "credentials",
    ])
    func `names of secrets are told however their words are joined`(name: String) {
        #expect(isSecretName(name) && isGuardedName(name))
    }

    @Test(arguments: [
        "pin", "PIN", "cvv", "cvc2", "otp", "session_id", "set-cookie", "pwd", "auth",
    ])
    func `what a person types in is guarded, and no secret of the process`(name: String) {
        #expect(isGuardedName(name) && !isSecretName(name))
    }

    @Test(arguments: ["", "shipping", "opinion", "author", "key", "entity_id", "compass", "lists"])
    func `other names are neither`(name: String) {
        #expect(!isGuardedName(name) && !isSecretName(name))
    }
}
