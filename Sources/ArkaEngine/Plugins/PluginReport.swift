import ArkaConfig
import ArkaModel
public import PactPlugins

/// How a plugin was when it was last asked.
public struct PluginReport: Sendable, Hashable {
    /// The plugin's name in rules.
    public let name: String
    /// What it said; `nil` before its first answer.
    public let health: PluginHealth?
    private let redactor: SecretRedactor

    init(of use: PluginUse, _ health: PluginHealth?, redactor: SecretRedactor) {
        name = use.name
        self.health = health
        self.redactor = redactor
    }

    /// Whether both say the same of the same plugin.
    public static func == (a: PluginReport, b: PluginReport) -> Bool {
        a.name == b.name && a.health == b.health
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(health)
    }

    /// One line for people: control characters escaped, cut at ``EngineLimits/healthTextMax``, and
    /// `[redacted]` in the place of secrets: all that the process knows, and what the details hold under
    /// a name such as `api_key` or `password`.
    public var line: String {
        guard let health else { return "plugin \(name): not asked yet" }
        let state = health.isHealthy ? "healthy" : "not healthy"
        guard !health.details.members.isEmpty else { return "plugin \(name): \(state)" }
        return "plugin \(name): \(state) \(details(of: health))"
    }

    private func details(of health: PluginHealth) -> String {
        let text = redactor.redacted(health.details.withoutSecretMembers).jsonText
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
    /// The value without what stands under the name of a secret.
    fileprivate var withoutSecretMembers: PluginValue {
        switch self {
        case .null, .boolean, .number, .string: self
        case .array(let elements): .array(elements.map(\.withoutSecretMembers))
        case .object(let members):
            .object(
                members.map { member in
                    let value =
                        isSecretName(member.name)
                        ? PluginValue.string(SecretRedactor.mark)
                        : member.value.withoutSecretMembers
                    return Member(member.name, value)
                })
        }
    }
}
