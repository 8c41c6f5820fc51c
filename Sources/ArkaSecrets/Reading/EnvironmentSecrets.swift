public import PactPlugins

/// Secrets in variables of the process' environment.
///
/// `sanctions/api-key` is `ARKA_SECRET_SANCTIONS_API_KEY`: letters in upper case, whatever is no letter
/// or digit as `_`. The environment of a process does not change, so nothing rotates here.
public struct EnvironmentSecrets: SecretBackend {
    /// What variables begin with where nothing else is said.
    public static let prefixDefault = "ARKA_SECRET_"

    private let prefix: String
    private let environment: [String: String]

    /// Reads from an environment.
    public init(prefix: String = prefixDefault, _ environment: [String: String]) {
        self.prefix = prefix
        self.environment = environment
    }

    /// Names the prefix.
    public var name: String { "environment \(prefix)…" }

    /// Reads a variable; one that is empty counts as not set.
    public func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer? {
        let variable = variable(for: name)
        guard let text = environment[variable], !text.isEmpty else { return nil }
        return try name.answer(in: text, of: "the variable \(variable)")
    }

    /// The variable of a secret.
    func variable(for name: SecretName) -> String {
        let word = name.path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return prefix + String(decoding: word, as: UTF8.self)
    }
}
