public import ArkaModel
import PactPlugins

extension PluginUse {
    /// The texts of its configuration that are not shown: what stands under a name such as `api_key` or
    /// `password`, and what comes from the environment.
    public var secretTexts: [String] {
        configuration.secretTexts(isSecret: false) + environmentTexts
    }

    /// Tells a redactor all that is not shown.
    public func addSecrets(to redactor: SecretRedactor) {
        for text in secretTexts { redactor.add(text) }
    }
}

/// Whether a secret stands under a name, as far as the name tells.
public func isSecretName(_ name: String) -> Bool {
    let name = name.lowercased().filter { !"-_. ".contains($0) }
    return secretWords.contains { name.contains($0) }
}

/// Parts of names under which secrets stand, however their words are joined: `private_key` and
/// `privateKey` are both `privatekey`.
private let secretWords = [
    "secret", "token", "password", "passwd", "passphrase", "credential", "authorization", "apikey",
    "privatekey", "accesskey",
]

extension PluginValue {
    /// The texts that stand under the name of a secret, or all if they do so already.
    fileprivate func secretTexts(isSecret: Bool) -> [String] {
        switch self {
        case .null, .boolean, .number: []
        case .string(let text): isSecret ? [text] : []
        case .array(let elements): elements.flatMap { $0.secretTexts(isSecret: isSecret) }
        case .object(let members):
            members.flatMap { $0.value.secretTexts(isSecret: isSecret || isSecretName($0.name)) }
        }
    }
}
