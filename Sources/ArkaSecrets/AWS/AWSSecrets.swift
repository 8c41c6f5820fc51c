public import ArkaModel
public import PactPlugins

/// Secrets in AWS Secrets Manager.
///
/// `sanctions/api-key` is the whole text of the secret of that name, with the backend's prefix before
/// it; `database#password` is the member `password` of the JSON object that the secret `database` is.
public struct AWSSecrets: SecretBackend {
    /// How the service is reached.
    public struct Settings: Sendable, Hashable {
        /// The region, such as `eu-central-1`.
        public var region: String
        /// Scheme and host of the service.
        public var endpoint: String
        /// What stands before the names of secrets.
        public var prefix: String
        /// How long a request may take.
        public var timeout: Duration

        /// Makes settings; without an endpoint, that of the region.
        public init(
            region: String, endpoint: String? = nil, prefix: String = "",
            timeout: Duration = .seconds(5)
        ) {
            self.region = region
            let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
            self.endpoint = endpoint ?? "https://secretsmanager.\(region).\(suffix)"
            if self.endpoint.hasSuffix("/") { self.endpoint.removeLast() }
            self.prefix = prefix
            self.timeout = timeout
        }
    }

    private let settings: Settings
    private let transport: any HTTPTransport
    private let time: any TimeSource
    private let signature: RequestSignature
    private let redactor: SecretRedactor

    /// Prepares to ask; nothing is sent yet.
    /// - Parameter redactor: Told the credentials; what the service says in its errors goes through it.
    public init(
        _ settings: Settings, credentials: AWSCredentials, transport: any HTTPTransport,
        time: any TimeSource, redactor: SecretRedactor
    ) {
        redactor.add(credentials.secretAccessKey.revealed)
        if let token = credentials.sessionToken { redactor.add(token.revealed) }
        self.redactor = redactor
        self.settings = settings
        self.transport = transport
        self.time = time
        signature = RequestSignature(
            credentials: credentials, region: settings.region, service: "secretsmanager",
            host: Self.host(of: settings.endpoint))
    }

    /// Names the service.
    public var name: String { "aws \(signature.host)" }

    /// Reads the current version of a secret.
    public func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer? {
        let response = try await ask(name)
        // What is wrong with the body is not said: it may hold the secret.
        let body = (try? PluginValue(json: response.body, inexactNumbers: .rounded)) ?? .null
        guard response.status == 200 else { return try refused(name, response.status, body) }
        guard let text = body["SecretString"]?.text else {
            let what =
                body["SecretBinary"] == nil ? "an answer without a text" : "bytes, and no text"
            throw name.failure(.malformed, "\(self.name) has \(what) there")
        }
        return try name.answer(in: text, of: self.name)
    }

    private func ask(_ name: SecretName) async throws(SecretFailure) -> HTTPResponse {
        let body: PluginValue = ["SecretId": .string(settings.prefix + name.path)]
        let headers = signature.signed(
            [
                .init("Content-Type", "application/x-amz-json-1.1"),
                .init("X-Amz-Target", "secretsmanager.GetSecretValue"),
            ], body: body.json, at: time.wallMilliseconds)
        let request = HTTPRequest(
            .post, settings.endpoint + "/", headers: headers, body: body.json,
            timeout: settings.timeout)
        do throws(HTTPFailure) {
            return try await transport.perform(request)
        } catch {
            throw name.failure(
                .unavailable, "\(self.name): no answer (\(error.kind.rawValue)): \(error.message)")
        }
    }

    /// What an error of the service means; `nil` if it has no such secret.
    private func refused(
        _ name: SecretName, _ status: Int, _ body: PluginValue
    ) throws(SecretFailure) -> SecretAnswer? {
        let type = String((body["__type"]?.text ?? "").split(separator: "#").last ?? "")
        if type == "ResourceNotFoundException" { return nil }
        let words = [body["message"]?.text, body["Message"]?.text].compactMap { $0 }.first
        // Secrets leave before texts are cut: half of one would not be found any more.
        let detail = words.map { ": " + shown(redactor.redacted($0)) } ?? ""
        let word = type.isEmpty ? "no reason" : shown(redactor.redacted(type))
        let reason = "\(self.name): \(word) (\(status))\(detail)"
        throw name.failure(Self.kind(type, status), reason)
    }

    private static func kind(_ type: String, _ status: Int) -> SecretFailure.Kind {
        switch type {
        case "InvalidRequestException": .notFound
        case "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException",
            "IncompleteSignature", "MissingAuthenticationTokenException", "ExpiredTokenException",
            "InvalidClientTokenId", "SignatureDoesNotMatch", "OptInRequired", "DecryptionFailure":
            .denied
        case "ThrottlingException", "InternalServiceError", "InternalFailure",
            "ServiceUnavailable", "RequestExpired":
            .unavailable
        default:
            status == 429 || status >= 500 ? .unavailable : status == 403 ? .denied : .malformed
        }
    }

    /// The host as requests name it: without the scheme's own port.
    private static func host(of endpoint: String) -> String {
        let isSecure = endpoint.hasPrefix("https://")
        let rest = endpoint.lowercased().drop { $0 != "/" }.dropFirst(2)
        let host = rest.prefix { $0 != "/" }
        let port = isSecure ? ":443" : ":80"
        return String(host.hasSuffix(port) ? host.dropLast(port.count) : host)
    }
}
