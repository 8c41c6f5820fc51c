public import ArkaModel
import PactPlugins

extension PluginUse {
    /// The texts of its configuration that are not shown: what stands under a name such as `api_key` or
    /// `password`, and what comes from the environment (plain words excepted).
    public var secretTexts: [String] {
        configuration.secretTexts(isSecret: false) + environmentTexts.filter { !$0.isPlainWord }
    }

    /// Tells a redactor all that is not shown.
    public func addSecrets(to redactor: SecretRedactor) {
        for text in secretTexts { redactor.add(text) }
    }
}

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

extension String {
    /// Whether it is a short number or a word that texts are full of: as a secret it would be taken out
    /// of dates and counts, and hide what went wrong.
    public var isPlainWord: Bool {
        if utf8.count < 8, (try? ExactDecimal(self)) != nil { return true }
        return ["true", "false", "none", "null"].contains(lowercased())
    }
}
