import ArkaModel
import ArkaSecrets
import Foundation
import PactPlugins
import PythonServer
import Testing

/// Vault as its documentation describes it, on this machine.
@Suite(.timeLimit(.minutes(2))) struct VaultSecretsTests {
    private let time = ManualTime()
    private let redactor = SecretRedactor()

    /// A running stand-in, and a backend that asks it.
    private func withVault<Result>(
        _ login: VaultSettings.Login = .token(.text(SecretText("hvs.root"))),
        field: String = "value", namespace: String? = nil,
        _ body: (VaultSecrets, TestVault) async throws -> Result
    ) async throws -> Result {
        let server = try PythonServer("ArkaSecretsTests/Servers/vault_server.py")
        return try await withTransport { transport in
            let vault = TestVault(url: server.url, transport: transport)
            try await vault.set([
                "tokens": ["hvs.root": ["ttl": 0, "renewable": false]],
                "secrets": [
                    "sanctions/api-key": ["value": "key-1", "other": "key-2"],
                    "database": ["password": "p4ss", "port": 5432, "none": ""],
                ],
            ])
            let settings = VaultSettings(
                address: server.url + "/", field: field, namespace: namespace, login: login,
                timeout: .seconds(5))
            let backend = VaultSecrets(
                settings, transport: transport, time: time, redactor: redactor)
            let result = try await body(backend, vault)
            withExtendedLifetime(server) {}
            return result
        }
    }

    private func read(
        _ vault: VaultSecrets, _ name: String
    ) async throws(SecretFailure) -> String? {
        try await vault.secret(SecretName(name))?.secret.revealed
    }

    @Test func `words of Vault that repeat what it was sent show no part of it`() async throws {
        let token = "hvs." + String(repeating: "Qz7", count: 40)
        redactor.add(token)
        let said = OneAnswer(
            status: 403, body: "{\"errors\":[\"no policy for token \(token)\"]}")
        let backend = VaultSecrets(
            VaultSettings(address: "http://vault", login: .token(.text(SecretText(token)))),
            transport: said, time: time, redactor: redactor)
        let refused = try await failure { () async throws(SecretFailure) in
            try await read(backend, "database#password")
        }
        #expect(refused.reason.contains("no policy for token [redacted]"))
        #expect(!refused.reason.contains("Qz7"))
    }

    // acceptance: S-77
    @Test func `a secret is a field of a path, and what is not there is left to the next backend`()
        async throws
    {
        try await withVault { backend, vault in
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            #expect(try await read(backend, "sanctions/api-key#other") == "key-2")
            #expect(try await read(backend, "database#password") == "p4ss")
            #expect(try await read(backend, "nowhere") == nil)
            for name in ["database", "database#port", "database#none", "database#missing"] {
                let refused = try await failure { () async throws(SecretFailure) in
                    try await read(backend, name)
                }
                #expect(refused.kind == .malformed, "\(name)")
            }
            let log = try await vault.log()
            #expect(log[0] == "GET /v1/auth/token/lookup-self")
            #expect(log[1] == "GET /v1/secret/data/sanctions/api-key")
            #expect(log.filter { $0.contains("lookup-self") }.count == 1)
            // Rotated there, it is another one here.
            try await vault.set(["secrets": ["sanctions/api-key": ["value": "rotated"]]])
            #expect(try await read(backend, "sanctions/api-key") == "rotated")
        }
    }

    @Test func `deleted versions, missing engines and namespaces are named`() async throws {
        try await withVault { backend, vault in
            try await vault.set(["deleted": ["database"], "destroyed": ["sanctions/api-key"]])
            for (name, word) in [("database", "deleted"), ("sanctions/api-key", "destroyed")] {
                let gone = try await failure { () async throws(SecretFailure) in
                    try await read(backend, name)
                }
                #expect(gone.kind == .notFound)
                #expect(gone.reason.hasSuffix("its version 3 was \(word)"))
            }
            try await vault.set(["unmounted": true])
            let missing = try await failure { () async throws(SecretFailure) in
                try await read(backend, "database")
            }
            #expect(missing.reason.contains("no key-value engine of version 2 answers at 'secret'"))
        }
        try await withVault(namespace: "payments") { backend, vault in
            try await vault.set(["namespace": "payments"])
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
        }
    }

    @Test(arguments: [
        (403, SecretFailure.Kind.denied), (400, .malformed), (429, .unavailable),
        (412, .unavailable), (472, .unavailable), (473, .unavailable), (500, .unavailable),
        (502, .unavailable), (503, .unavailable), (302, .unavailable),
    ])
    func `each status has its meaning, and no message holds a secret`(
        status: Int, kind: SecretFailure.Kind
    ) async throws {
        try await withVault { backend, vault in
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            try await vault.set(["status": PluginValue(status)])
            let refused = try await failure { () async throws(SecretFailure) in
                try await read(backend, "sanctions/api-key")
            }
            #expect(refused.kind == kind)
            #expect(refused.description.contains("\(status)"))
            #expect(!refused.description.contains("hvs.root"))
            #expect(!refused.description.contains("key-1"))
        }
    }

    @Test func `a token that Vault does not know is denied`() async throws {
        try await withVault(.token(.text(SecretText("hvs.wrong")))) { backend, _ in
            let refused = try await failure { () async throws(SecretFailure) in
                try await read(backend, "sanctions/api-key")
            }
            #expect(refused.kind == .denied)
            #expect(!refused.description.contains("hvs.wrong"))
        }
    }

    @Test func `nothing that listens there is unavailable`() async throws {
        try await withTransport { transport in
            let backend = VaultSecrets(
                VaultSettings(
                    address: "http://127.0.0.1:9", login: .token(.text(SecretText("t")))),
                transport: transport, time: time, redactor: redactor)
            let refused = try await failure { () async throws(SecretFailure) in
                try await read(backend, "sanctions/api-key")
            }
            #expect(refused.kind == .unavailable)
        }
    }

    @Test func `a token with an end is renewed before it, until Vault takes it no more`()
        async throws
    {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "arka-token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("hvs.short\n".utf8).write(to: file)
        try await withVault(.token(.file(file.path))) { backend, vault in
            try await vault.set([
                "tokens": [
                    "hvs.short": ["ttl": 60, "renewable": true, "renewals": [60]],
                    "hvs.next": ["ttl": 0, "renewable": false],
                ]
            ])
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            for round in 1...3 {
                time.advance(by: .seconds(39))
                await backend.maintain()
                #expect(try await vault.renewals() == round - 1, "not before its time")
                time.advance(by: .seconds(1))
                await backend.maintain()
                #expect(try await vault.renewals() == round)
            }
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            // Revoked there; whoever keeps the file has put another one into it.
            try await vault.set(["tokens": ["hvs.next": ["ttl": 0, "renewable": false]]])
            try Data("hvs.next".utf8).write(to: file)
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            #expect(redactor.redacted("hvs.short hvs.next") == "[redacted] [redacted]")
        }
    }

    @Test func `an app role logs in once for all, renews, and logs in anew near the end`()
        async throws
    {
        let login = VaultSettings.Login.appRole(
            mount: "approle", roleID: "role-1", secretID: .text(SecretText("secret-id-1")))
        try await withVault(login) { backend, vault in
            try await vault.set([
                "login": ["ttl": 60, "renewable": true, "renewals": [60, 20]]
            ])
            try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await read(backend, "sanctions/api-key") }
                }
                for try await secret in group { #expect(secret == "key-1") }
            }
            #expect(try await vault.logins() == 1)
            time.advance(by: .seconds(40))
            await backend.maintain()
            #expect(try await vault.renewals() == 1)
            time.advance(by: .seconds(40))
            await backend.maintain()
            #expect(try await vault.renewals() == 2)
            #expect(try await vault.logins() == 1)
            // Renewed for 20 s only: it has reached the longest that Vault allows.
            time.advance(by: .seconds(15))
            await backend.maintain()
            #expect(try await vault.logins() == 2)
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            #expect(redactor.redacted("token hvs.login-1") == "token [redacted]")
        }
    }

    @Test func `a service account logs in, and again when its token is over or revoked`()
        async throws
    {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "arka-jwt-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("service-account-jwt".utf8).write(to: file)
        let login = VaultSettings.Login.kubernetes(
            mount: "kubernetes", role: "arka", token: .file(file.path))
        try await withVault(login) { backend, vault in
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            time.advance(by: .seconds(60))
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            #expect(try await vault.logins() == 2)
            try await vault.set(["tokens": [:]])
            #expect(try await read(backend, "sanctions/api-key") == "key-1")
            #expect(try await vault.logins() == 3)
            // What is wrong with the login is said without what it was done with.
            try Data("wrong-jwt-canary".utf8).write(to: file)
            try await vault.set(["tokens": [:]])
            let refused = try await failure { () async throws(SecretFailure) in
                try await read(backend, "sanctions/api-key")
            }
            #expect(refused.kind == .denied)
            #expect(refused.reason.contains("the login at 'auth/kubernetes' failed"))
            #expect(!refused.description.contains("canary"))
        }
    }

    @Test func `a lease is passed on`() async throws {
        try await withVault { backend, vault in
            try await vault.set(["lease": 30])
            let answer = try await backend.secret(SecretName("sanctions/api-key"))
            #expect(answer?.lease == .seconds(30))
        }
    }
}

/// The stand-in from the test's side.
private struct TestVault {
    let url: String
    let transport: any HTTPTransport

    func set(_ state: PluginValue) async throws {
        _ = try await transport.perform(
            HTTPRequest(.post, url + "/test", body: state.json))
    }

    private func state() async throws -> PluginValue {
        try PluginValue(json: try await transport.perform(HTTPRequest(.get, url + "/test")).body)
    }

    func log() async throws -> [String] {
        try await state()["log"]?.elements.compactMap(\.text) ?? []
    }

    func renewals() async throws -> Int {
        try await log().filter { $0.hasSuffix("renew-self") }.count
    }

    func logins() async throws -> Int {
        let number = try await state()["logins"] ?? .null
        return try Int(pluginValue: number)
    }
}
