import ArkaHTTP
import ArkaSystem
import Foundation
import PactPlugins
import Testing

/// TLS: who is trusted, and that the trusted certificates are read once.
@Suite(.timeLimit(.minutes(2))) struct TrustTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `a server with a trusted certificate for its name is answered`() async throws {
        let server = try FaultServer(tls: try certificate("service.test"))
        try await withClient(trusting("service.test.pem")) { client async throws in
            let url = server.url("ok", host: "service.test", scheme: "https")
            let response = try await client.transport(.loopback).perform(HTTPRequest(.get, url))
            #expect(response.text == "ok")
        }
    }

    @Test func `a certificate for another name or of an unknown issuer is not trusted`()
        async throws
    {
        let server = try FaultServer(tls: try certificate("service.test"))
        let url = server.url("ok", host: "other.test", scheme: "https")
        try await withClient(trusting("service.test.pem")) { client async throws in
            let failure = try await failure(client, HTTPRequest(.post, url))
            #expect(failure.kind == .untrusted)
            #expect(!failure.mayHaveBeenSent)
        }
        try await withClient { client async throws in
            let url = server.url("ok", host: "service.test", scheme: "https")
            let failure = try await failure(client, HTTPRequest(.post, url))
            #expect(failure.kind == .untrusted)
            #expect(!failure.mayHaveBeenSent)
        }
    }

    @Test func `a file of certificates that is none trusts nobody`() async throws {
        let server = try FaultServer(tls: try certificate("service.test"))
        try directory.write("nonsense.pem", Array("nonsense".utf8))
        try await withClient(trusting("nonsense.pem")) { client async throws in
            let url = server.url("ok", host: "service.test", scheme: "https")
            #expect(try await failure(client, HTTPRequest(.get, url)).kind == .untrusted)
        }
    }

    @Test func `a server that speaks no TLS is not trusted, and one that does is no plain server`()
        async throws
    {
        let plain = try FaultServer()
        let secure = try FaultServer(tls: try certificate("service.test"))
        try await withClient(trusting("service.test.pem")) { client async throws in
            let first = plain.url("ok", host: "service.test", scheme: "https")
            #expect(try await failure(client, HTTPRequest(.get, first)).kind == .untrusted)
            let second = secure.url("ok", host: "service.test")
            let failure = try await failure(client, HTTPRequest(.get, second))
            #expect([.malformed, .interrupted].contains(failure.kind), "\(failure)")
        }
    }

    /// Trap 1: with Debian's default directory of certificates libcurl parses the whole bundle for each
    /// connection. That it does not is seen by taking the bundle away after the first one.
    @Test func `trusted certificates are read once, not for each connection`() async throws {
        let server = try FaultServer(tls: try certificate("service.test"))
        try await withClient(trusting("service.test.pem")) { client async throws in
            let url = server.url("close", host: "service.test", scheme: "https")
            for round in 0..<4 {
                let response = try await client.transport(.loopback).perform(HTTPRequest(.get, url))
                #expect(response.text == "closing")
                if round == 0 { #expect(unlink(directory.file("service.test.pem")) == 0) }
            }
            #expect(client.statistics.connectionsOpened == 4)
        }
    }

    private func trusting(_ file: String) -> HTTPClientSettings {
        HTTPClientSettings(trustedCertificatesPath: directory.file(file))
    }

    /// A certificate that is its own issuer.
    private func certificate(_ name: String) throws -> (certificate: String, key: String) {
        let paths = (directory.file(name + ".pem"), directory.file(name + ".key"))
        let output = try ChildOutput(path: directory.file("openssl.log"))
        let child = try Child(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext",
                "subjectAltName=DNS:\(name)", "-keyout", paths.1, "-out", paths.0,
            ], outputs: (output.descriptor, output.descriptor))
        #expect(child.wait()?.exitCode == 0)
        return paths
    }
}
