import ArkaConfig
public import PactPlugins

/// How a plugin was when it was last asked.
public struct PluginReport: Sendable, Hashable {
    /// The plugin's name in rules.
    public let name: String
    /// What it said; `nil` before its first answer.
    public let health: PluginHealth?
    /// Texts that are not shown, the longest first: one may be a part of another.
    private let secrets: [String]

    /// Texts that are shorter would be found everywhere.
    private static let secretBytesMin = 4

    init(of use: PluginUse, _ health: PluginHealth?) {
        name = use.name
        self.health = health
        secrets = (use.configuration.secrets(isSecret: false) + use.environmentTexts)
            .filter { $0.utf8.count >= Self.secretBytesMin }
            .sorted { $0.utf8.count > $1.utf8.count }
    }

    /// One line for people: control characters escaped, cut at ``EngineLimits/healthTextMax``, and
    /// `[redacted]` in the place of secrets: what a plugin's details or configuration hold under a name
    /// such as `api_key` or `password`, and what its configuration has from the environment.
    public var line: String {
        guard let health else { return "plugin \(name): not asked yet" }
        let state = health.isHealthy ? "healthy" : "not healthy"
        guard !health.details.members.isEmpty else { return "plugin \(name): \(state)" }
        return "plugin \(name): \(state) \(details(of: health))"
    }

    private func details(of health: PluginHealth) -> String {
        let text = health.details.redacted(secrets).jsonText
        let scalars = text.unicodeScalars.prefix(EngineLimits.healthTextMax).map {
            $0.isLayout ? "\u{FFFD}" : $0
        }
        let isCut = scalars.count < text.unicodeScalars.count
        return String(String.UnicodeScalarView(scalars)) + (isCut ? "…" : "")
    }
}

extension Unicode.Scalar {
    /// Whether it would change how the line around it looks.
    fileprivate var isLayout: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

extension PluginValue {
    /// What stands in the place of a secret.
    private static let mark = "[redacted]"

    /// Parts of names under which secrets stand, however their words are joined: `private_key` and
    /// `privateKey` are both `privatekey`.
    private static let secretWords = [
        "secret", "token", "password", "passwd", "passphrase", "credential", "authorization",
        "apikey",
        "privatekey", "accesskey",
    ]

    /// The value without what stands under the name of a secret, and without these texts.
    fileprivate func redacted(_ secrets: [String]) -> PluginValue {
        switch self {
        case .null, .boolean, .number: self
        case .string(let text):
            .string(secrets.reduce(text) { $0.replacing($1, with: Self.mark) })
        case .array(let elements): .array(elements.map { $0.redacted(secrets) })
        case .object(let members):
            .object(
                members.map { member in
                    let isSecret = Self.isSecret(member.name)
                    let value =
                        isSecret ? PluginValue.string(Self.mark) : member.value.redacted(secrets)
                    return Member(member.name, value)
                })
        }
    }

    /// The texts that stand under the name of a secret, or all if they do so already.
    fileprivate func secrets(isSecret: Bool) -> [String] {
        switch self {
        case .null, .boolean, .number: []
        case .string(let text): isSecret ? [text] : []
        case .array(let elements): elements.flatMap { $0.secrets(isSecret: isSecret) }
        case .object(let members):
            members.flatMap { $0.value.secrets(isSecret: isSecret || Self.isSecret($0.name)) }
        }
    }

    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased().filter { !"-_. ".contains($0) }
        return secretWords.contains { name.contains($0) }
    }
}
