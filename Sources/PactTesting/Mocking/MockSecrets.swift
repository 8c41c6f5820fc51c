import ArkaModel
import PactPlugins

/// Secrets of a test, as far as the plugin declares them.
struct MockSecrets: SecretsSource {
    private let values: [String: String]
    private let declared: Set<String>

    init(_ values: [String: String], declared: [String]) {
        self.values = values
        self.declared = Set(declared)
    }

    func secret(named name: String) async throws(SecretFailure) -> SecretText {
        guard declared.contains(name) else { throw .notDeclared(name) }
        guard let value = values[name] else {
            throw SecretFailure(name, .notFound, "the test harness was given no such secret")
        }
        return SecretText(value)
    }
}
