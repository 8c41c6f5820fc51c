import ArkaModel
import ArkaSystem
import PactPlugins

/// What of a value may be seen in the audit trail.
struct AuditClassing: Sendable {
    /// What stands in the place of what nobody may see.
    static let secret = SecretRedactor.mark
    /// What stands in the place of personal data where there is no key for pseudonyms.
    static let personal = "[personal]"

    private let key: [UInt8]?
    private let redactor: SecretRedactor

    /// - Parameter key: What pseudonyms are made with; `nil` shows none.
    init(pseudonymKey key: SecretText?, redactor: SecretRedactor) {
        self.key = key.map { Array($0.revealed.utf8) }
        self.redactor = redactor
    }

    /// A detail as it is written.
    func shown(_ detail: AuditEntry.Detail) -> PluginValue {
        switch detail.value {
        case .secret: .string(Self.secret)
        case .personal(let value): .string(pseudonym(of: value))
        case .open(let value): open(value, named: detail.name)
        }
    }

    /// A text without the secrets that the process knows.
    func redacted(_ text: String) -> String { redactor.redacted(text) }

    /// The same for equal values: of a text its bytes, of anything else its JSON.
    private func pseudonym(of value: PluginValue) -> String {
        guard let key, !key.isEmpty else { return Self.personal }
        let bytes = value.text.map { Array($0.utf8) } ?? value.json
        return "hmac-sha256:" + hexadecimal(hmacSHA256(of: bytes, key: key))
    }

    private func open(_ value: PluginValue, named name: String) -> PluginValue {
        // An author who forgets to class a value should not publish it.
        if isGuardedName(name) { return .string(Self.secret) }
        switch value {
        case .null, .boolean, .number: return value
        case .string(let text): return .string(redacted(text))
        case .array(let elements): return .array(elements.map { open($0, named: "") })
        case .object(let members):
            return .object(
                members.map {
                    PluginValue.Member(redacted($0.name), open($0.value, named: $0.name))
                })
        }
    }
}
