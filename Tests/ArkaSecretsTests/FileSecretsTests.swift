import ArkaModel
import Foundation
import PactPlugins
import Testing

@testable import ArkaSecrets

/// Secrets in files and in variables.
@Suite struct FileSecretsTests {
    private let folder: URL
    private let backend: FileSecrets

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "arka-secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "mount/sanctions"), withIntermediateDirectories: true)
        backend = FileSecrets(directory: folder.appending(path: "mount").path)
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: path))
    }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: path).path, withDestinationPath: target)
    }

    private func read(_ name: String) async throws(SecretFailure) -> String? {
        try await backend.secret(SecretName(name))?.secret.revealed
    }

    @Test func `a name is a path, and one line end behind the secret is cut`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for (text, secret) in [
            ("k1", "k1"), ("k1\n", "k1"), ("k1\r\n", "k1"), ("k1\n\n", "k1\n"), (" k1 ", " k1 "),
        ] {
            try write(text, to: "mount/sanctions/api-key")
            #expect(try await read("sanctions/api-key") == secret)
        }
        #expect(try await read("sanctions/other") == nil)
        #expect(try await read("sanctions/api-key/below") == nil)
        try write(#"{"user": "u", "password": "p"}"#, to: "mount/database")
        #expect(try await read("database#password") == "p")
    }

    @Test func `what is no secret is refused without being shown`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("", to: "mount/empty")
        try write(String(repeating: "x", count: FileSecrets.bytesMax + 1), to: "mount/large")
        try Data([0x66, 0xFF]).write(to: folder.appending(path: "mount/binary"))
        try write("canary-no-json", to: "mount/text")
        for name in ["empty", "large", "binary", "text#field"] {
            let refused = try await failure { () async throws(SecretFailure) in
                try await read(name)
            }
            #expect(refused.kind == .malformed, "\(name)")
            #expect(!refused.description.contains("canary"))
        }
        let directory = try await failure { () async throws(SecretFailure) in
            try await read("sanctions")
        }
        #expect(directory.kind == .denied)
    }

    @Test func `no name and no link leads out of the directory`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("outside", to: "secret")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "mount-of-another"), withIntermediateDirectories: true)
        try write("neighbour", to: "mount-of-another/key")
        try link("mount/absolute", to: folder.appending(path: "secret").path)
        try link("mount/relative", to: "../secret")
        try link("mount/up", to: "..")
        try link("mount/neighbour", to: "../mount-of-another")
        for name in ["absolute", "relative", "up/secret", "neighbour/key"] {
            let refused = try await failure { () async throws(SecretFailure) in
                try await read(name)
            }
            #expect(refused.kind == .denied, "\(name)")
        }
        await #expect(throws: SecretFailure.self) { try await read("../secret") }
        let absent = FileSecrets(directory: folder.appending(path: "not-mounted").path)
        let waiting = try await failure { () async throws(SecretFailure) in
            try await absent.secret(SecretName("key"))
        }
        #expect(waiting.kind == .unavailable, "a mount may still come")
    }

    /// As Kubernetes does it: all files are links into a directory that one link is switched to.
    @Test func `a mount that Kubernetes switches is read anew`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for version in ["..1", "..2"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: "mount/\(version)"), withIntermediateDirectories: true)
            try write("key-of-\(version)\n", to: "mount/\(version)/api-key")
        }
        try link("mount/..data", to: "..1")
        try link("mount/api-key", to: "..data/api-key")
        #expect(try await read("api-key") == "key-of-..1")
        try link("mount/..data_tmp", to: "..2")
        let (from, to) = (folder.path + "/mount/..data_tmp", folder.path + "/mount/..data")
        try #require(rename(from, to) == 0)
        #expect(try await read("api-key") == "key-of-..2")
    }

    // acceptance: S-79
    @Test func `files and variables give secrets, and a changed file is taken up at the refresh`()
        async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (time, lines) = (ManualTime(), Lines())
        let environment = EnvironmentSecrets([
            "ARKA_SECRET_DATABASE_PASSWORD": "from-a-variable", "ARKA_SECRET_EMPTY": "",
            "DATABASE_PASSWORD": "of somebody else",
        ])
        let store = SecretStore(
            backends: [backend, environment], time: time, redactor: SecretRedactor(),
            log: lines.add)
        try write("first\n", to: "mount/sanctions/api-key")
        #expect(try await store.secret(named: "sanctions/api-key").revealed == "first")
        #expect(try await store.secret(named: "database/password").revealed == "from-a-variable")
        try write("second\n", to: "mount/sanctions/api-key")
        #expect(try await store.secret(named: "sanctions/api-key").revealed == "first")
        time.advance(by: .seconds(60))
        await store.keepUp()
        #expect(try await store.secret(named: "sanctions/api-key").revealed == "second")
        let missing = try await failure { () async throws(SecretFailure) in
            try await store.secret(named: "empty")
        }
        #expect(missing.kind == .notFound)
        #expect(missing.reason.contains("mount") && missing.reason.contains("ARKA_SECRET_"))
    }

    @Test func `names become variables`() throws {
        let backend = EnvironmentSecrets(prefix: "P_", [:])
        for (name, variable) in [
            ("sanctions/api-key", "P_SANCTIONS_API_KEY"), ("a.b/C_1", "P_A_B_C_1"),
            ("database#password", "P_DATABASE"),
        ] {
            #expect(try backend.variable(for: SecretName(name)) == variable)
        }
    }
}
