import ArkaModel
import ArkaSystem
import PactPlugins
import PythonServer
import Testing

@testable import ArkaSecrets

private let noMoto: Comment = "no Python with moto: run scripts/test-python"

/// AWS Secrets Manager: moto behind a check of signatures, on this machine.
@Suite(.timeLimit(.minutes(2))) struct AWSSecretsTests {
    private let redactor = SecretRedactor()
    private static let keyID = "AKIDEXAMPLE"
    private static let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    /// A running stand-in, and a way to make backends that ask it.
    private func withService<Result>(
        token: String = "",
        _ body: (
            _ url: String, _ transport: any HTTPTransport,
            _ change: (PluginValue) async throws -> Void
        ) async throws -> Result
    ) async throws -> Result {
        let python = try #require(TestPython.withMoto)
        let server = try PythonServer(
            "ArkaSecretsTests/Servers/aws_server.py", python: python,
            ["eu-central-1", Self.keyID, Self.key, token])
        return try await withTransport { transport in
            let result = try await body(server.url, transport) { change in
                _ = try await transport.perform(
                    HTTPRequest(.post, server.url + "/test", body: change.json))
            }
            withExtendedLifetime(server) {}
            return result
        }
    }

    private func backend(
        _ url: String, _ transport: any HTTPTransport, key: String = key, token: String? = nil,
        region: String = "eu-central-1", prefix: String = "", time: any TimeSource = SystemTime()
    ) -> AWSSecrets {
        AWSSecrets(
            .init(region: region, endpoint: url, prefix: prefix),
            credentials: AWSCredentials(
                accessKeyID: Self.keyID, secretAccessKey: SecretText(key),
                sessionToken: token.map { SecretText($0) }),
            transport: transport, time: time, redactor: redactor)
    }

    private func read(
        _ backend: AWSSecrets, _ name: String
    ) async throws(SecretFailure) -> String? {
        try await backend.secret(SecretName(name))?.secret.revealed
    }

    @Test func `words of AWS that repeat what it was sent show no part of it`() async throws {
        let token = "IQoJ" + String(repeating: "Qz7", count: 40)
        let said = OneAnswer(
            status: 400,
            body:
                "{\"__type\":\"a#InvalidSignatureException\",\"message\":\"The canonical string is "
                + "x-amz-security-token:\(token)\"}")
        let asked = backend("http://aws", said, token: token)
        let refused = try await failure { () async throws(SecretFailure) in
            try await read(asked, "database#password")
        }
        #expect(refused.kind == .denied)
        #expect(refused.reason.contains("x-amz-security-token:[redacted]"))
        #expect(!refused.reason.contains("Qz7"))
    }

    // acceptance: S-78
    @Test(.enabled(if: TestPython.withMoto != nil, noMoto))
    func `a secret is read by a signed request, and a wrong signature is denied`() async throws {
        try await withService { url, transport, change in
            try await change([
                "secrets": [
                    "sanctions/api-key": "key-1", "prod/database": #"{"password": "p4ss"}"#,
                    "text": "no-json-canary",
                ], "binary": ["bytes"],
            ])
            let aws = backend(url, transport)
            #expect(try await read(aws, "sanctions/api-key") == "key-1")
            #expect(try await read(aws, "nowhere") == nil)
            let prefixed = backend(url, transport, prefix: "prod/")
            #expect(try await read(prefixed, "database#password") == "p4ss")
            for name in ["bytes", "text#password"] {
                let refused = try await failure { () async throws(SecretFailure) in
                    try await read(aws, name)
                }
                #expect(refused.kind == .malformed && !refused.description.contains("canary"))
            }
            // Rotated there, it is another one here.
            try await change(["secrets": ["sanctions/api-key": "rotated"]])
            #expect(try await read(aws, "sanctions/api-key") == "rotated")
            try await change(["deleted": ["sanctions/api-key"]])
            let deleted = try await failure { () async throws(SecretFailure) in
                try await read(aws, "sanctions/api-key")
            }
            #expect(deleted.kind == .notFound && deleted.reason.contains("InvalidRequestException"))

            for wrong in [
                backend(url, transport, key: "wrong-key-canary"),
                backend(url, transport, region: "eu-west-1"),
                backend(url, transport, token: "a-token-that-nobody-gave"),
                backend(url, transport, time: ManualTime()),
            ] {
                let denied = try await failure { () async throws(SecretFailure) in
                    try await read(wrong, "text")
                }
                #expect(denied.kind == .denied, "\(denied)")
                #expect(!denied.description.contains("canary"))
            }
            try await change(["status": 500])
            let down = try await failure { () async throws(SecretFailure) in
                try await read(aws, "text")
            }
            #expect(down.kind == .unavailable)
        }
    }

    @Test(.enabled(if: TestPython.withMoto != nil, noMoto))
    func `the token of a session is sent and signed`() async throws {
        try await withService(token: "session-token") { url, transport, change in
            try await change(["secrets": ["a": "b-secret"]])
            #expect(
                try await read(backend(url, transport, token: "session-token"), "a") == "b-secret")
            let without = try await failure { () async throws(SecretFailure) in
                try await read(backend(url, transport), "a")
            }
            #expect(without.kind == .denied)
        }
    }

    /// `post-vanilla` of the test suite that AWS publishes.
    @Test func `the signature is the one that AWS publishes for its example`() {
        let signature = RequestSignature(
            credentials: AWSCredentials(
                accessKeyID: Self.keyID, secretAccessKey: SecretText(Self.key)),
            region: "us-east-1", service: "service", host: "example.amazonaws.com")
        let headers = signature.signed([], body: [], at: 1_440_938_160_000)
        #expect(headers.first?.value == "20150830T123600Z")
        #expect(
            headers.last?.value
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, "
                + "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
    }

    @Test func `the service's own address follows from the region`() {
        #expect(
            AWSSecrets.Settings(region: "eu-central-1").endpoint
                == "https://secretsmanager.eu-central-1.amazonaws.com")
        #expect(
            AWSSecrets.Settings(region: "cn-north-1").endpoint
                == "https://secretsmanager.cn-north-1.amazonaws.com.cn")
    }
}
