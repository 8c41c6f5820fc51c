import ArkaConfig
import ArkaModel
import Testing

/// The section `secrets` of an engine document.
@Suite struct SecretsFieldsTests {
    private func load(
        _ secrets: String, environment: [String: String] = [:]
    ) -> Loaded<EngineSpec> {
        let document = """
            apiVersion: arka.io/v1
            kind: Engine
            metadata: {name: e}
            spec:
              secrets:
                \(secrets)
            """
        return loadEngine(
            path: "e.yaml", environment: environment,
            files: FileAccess(
                read: { _ in .success(Array(document.utf8)) }, list: { _ in .success([]) }))
    }

    @Test func `without a section, the environment is asked`() throws {
        let spec = try #require(load("refresh: 30s").value).secrets
        #expect(spec.backends == [SecretBackendSpec(.environment)])
        #expect(spec.refresh == .seconds(30) && spec.startupTimeout == .seconds(30))
        #expect(!spec.allowsCoreDumps)
    }

    @Test func `each kind of backend is read with its own keys, in their order`() throws {
        let loaded = load(
            """
            backends:
                  - {type: file, directory: /run/secrets}
                  - {type: vault, address: "https://v:8200", token: "${T}", field: key, timeout: 2s}
                  - {type: vault, address: "https://v:8200", login: kubernetes, role: arka}
                  - {type: vault, address: "https://v:8200", login: approle, role_id: r, secret_id_file: /s}
                  - {type: aws, region: eu-central-1, prefix: prod/, ca_file: /ca.pem}
                  - {type: environment, prefix: FRAUD_}
            """, environment: ["T": "hvs.token-canary"])
        let spec = try #require(loaded.value, "\(loaded.diagnostics.map { $0.rendered() })")
        let backends = spec.secrets.backends
        #expect(backends.map(\.kind) == [.file, .vault, .vault, .vault, .aws, .environment])
        #expect(backends[0].directory == "/run/secrets")
        #expect(backends[1].vault.token == SecretText("hvs.token-canary"))
        #expect(backends[1].vault.field == "key" && backends[1].timeout == .seconds(2))
        #expect(backends[2].vault.login == .kubernetes && backends[2].vault.role == "arka")
        #expect(backends[3].vault.secretIDFile == "/s")
        #expect(backends[4].prefix == "prod/" && backends[4].aws.region == "eu-central-1")
        #expect(backends[5].prefix == "FRAUD_")
        #expect(!"\(spec)".contains("canary"))
    }

    @Test(arguments: [
        ("{type: file}", "needs 'directory'"),
        ("{type: aws}", "needs 'region'"),
        ("{type: vault, token: t}", "needs 'address'"),
        ("{type: vault, address: \"http://v\"}", "needs 'token' or 'token_file'"),
        ("{type: vault, address: \"http://v\", login: kubernetes}", "needs 'role'"),
        (
            "{type: vault, address: \"http://v\", login: approle, role_id: r}",
            "needs 'secret_id' or 'secret_id_file'"
        ),
        (
            "{type: vault, address: \"http://v\", token: t, directory: /d}",
            "'directory' is a key of 'file', and this backend is 'vault'"
        ),
        (
            "{type: environment, timeout: 1s}",
            "'timeout' is a key of 'vault' and 'aws', and this backend is 'environment'"
        ),
        ("{type: valt}", "vault"),
        ("{type: vault, address: v, token: t}", "begins with http:// or https://"),
        ("{directory: /d}", "type"),
    ])
    func `what a backend lacks or cannot have is named at its place`(
        backend: String, problem: String
    ) {
        let loaded = load("backends: [\(backend)]")
        #expect(loaded.value == nil)
        let text = loaded.diagnostics.map { $0.rendered() }.joined()
        #expect(text.contains(problem), "\(text)")
        #expect(text.contains("e.yaml:6:"), "\(text)")
    }

    @Test func `no message shows a token that stands in the document`() {
        let loaded = load(
            "backends: [{type: vault, address: v, token: canary-1, secret_id: canary-2, lease: 3}]")
        let text = loaded.diagnostics.map { $0.rendered() }.joined()
        #expect(loaded.value == nil && !text.contains("canary"), "\(text)")
    }
}
