import ArkaDocuments
import ArkaModel

/// What is wrong with the section `secrets` that its fields cannot tell alone: keys of another kind of
/// backend, and what its own kind needs.
func secretProblems(_ document: Document<EngineSpec>) -> [Diagnostic] {
    document.spec.secrets.backends.enumerated().flatMap { index, backend in
        BackendCheck(backend, at: "secrets.backends[\(index)]", of: document).problems
    }
}

private struct BackendCheck {
    private let backend: SecretBackendSpec
    private let path: String
    private let document: Document<EngineSpec>

    init(_ backend: SecretBackendSpec, at path: String, of document: Document<EngineSpec>) {
        self.backend = backend
        self.path = path
        self.document = document
    }

    var problems: [Diagnostic] {
        // A backend of the defaults stands nowhere.
        guard document.places[path] != nil else { return [] }
        return strayKeys + missingKeys
    }

    private func isGiven(_ key: String) -> Bool { document.places[path + "." + key] != nil }

    /// The keys that belong to some kinds only.
    private static let kinds: [(kinds: [SecretBackendSpec.Kind], keys: [String])] = [
        ([.environment, .aws], ["prefix"]), ([.file], ["directory"]),
        ([.vault, .aws], ["timeout", "ca_file"]),
        (
            [.vault],
            [
                "address", "mount", "field", "namespace", "login", "login_mount", "token",
                "token_file", "role", "role_id", "secret_id", "secret_id_file",
            ]
        ),
        (
            [.aws],
            ["region", "endpoint", "access_key_id", "secret_access_key", "session_token"]
        ),
    ]

    private var strayKeys: [Diagnostic] {
        Self.kinds.filter { !$0.kinds.contains(backend.kind) }.flatMap { group in
            group.keys.filter(isGiven).map { key in
                let kinds = group.kinds.map { "'\($0.rawValue)'" }.joined(separator: " and ")
                return Diagnostic(
                    .configConflict,
                    "'\(key)' is a key of \(kinds), and this backend is '\(backend.kind.rawValue)'",
                    expected: "another type, or no '\(key)'",
                    at: document.place(of: path + "." + key))
            }
        }
    }

    private var missingKeys: [Diagnostic] {
        needs.filter { !$0.contains(where: isGiven) }.map { keys in
            let words = keys.map { "'\($0)'" }.joined(separator: " or ")
            return Diagnostic(
                .configConflict, "a backend of type '\(backend.kind.rawValue)' needs \(words)",
                expected: words, at: document.place(of: path + ".type"))
        }
    }

    /// What its kind cannot do without: one key of each group.
    private var needs: [[String]] {
        switch backend.kind {
        case .environment: []
        case .file: [["directory"]]
        case .aws: [["region"]]
        case .vault:
            switch backend.vault.login {
            case .token: [["address"], ["token", "token_file"]]
            case .kubernetes: [["address"], ["role"]]
            case .approle: [["address"], ["role_id"], ["secret_id", "secret_id_file"]]
            }
        }
    }
}
