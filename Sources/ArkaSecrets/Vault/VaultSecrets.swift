public import ArkaModel
import ArkaSystem
public import PactPlugins

/// Secrets in HashiCorp Vault, in a key-value engine of version 2.
///
/// `sanctions/api-key` is the field `value` of the secret `sanctions/api-key`, `database#password` the
/// field `password` of `database`. The process logs in when it first reads something; its token is
/// renewed before it ends, and another one is obtained when Vault takes it no more.
public actor VaultSecrets: SecretBackend {
    /// Names the address.
    public nonisolated let name: String

    private let settings: VaultSettings
    private let transport: any HTTPTransport
    private let time: any TimeSource
    private let redactor: SecretRedactor
    private var session = VaultSession()
    /// The login that is under way; others wait for it.
    private var login: Task<Result<SecretText, VaultProblem>, Never>?

    /// Prepares to ask; nothing is sent yet.
    /// - Parameters:
    ///   - transport: The way to Vault.
    ///   - time: What the tokens' times are measured with.
    ///   - redactor: Told every token.
    public init(
        _ settings: VaultSettings, transport: any HTTPTransport, time: any TimeSource,
        redactor: SecretRedactor
    ) {
        self.settings = settings
        self.transport = transport
        self.time = time
        self.redactor = redactor
        name = "vault \(settings.address)"
    }

    // MARK: Reading

    /// Reads a field of a secret.
    public func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer? {
        do throws(VaultProblem) {
            return try await field(of: name)
        } catch {
            throw name.failure(error.kind, "\(self.name): \(error.reason)")
        }
    }

    private func field(of name: SecretName) async throws(VaultProblem) -> SecretAnswer? {
        let path = "\(settings.mount)/data/\(name.path)"
        var token = try await token()
        var answer = try await ask(.get, path, token: token)
        if answer.status == 403 {
            // It may have ended before its time: a new one is tried once.
            session.refused(token)
            token = try await self.token()
            answer = try await ask(.get, path, token: token)
        }
        if answer.status == 404 { return try absent(answer) }
        try answer.check()
        let field = name.field ?? settings.field
        guard let secret = answer.body["data"]?["data"]?[field]?.text, !secret.isEmpty else {
            throw VaultProblem(.malformed, "it has no text in the field '\(field)' there")
        }
        let lease = VaultAnswer.time(answer.body["lease_duration"])
        return SecretAnswer(SecretText(secret), lease: lease == .zero ? nil : lease)
    }

    /// Tells a secret that is not there, for which the next backend may be asked, from one whose version
    /// was deleted and from an engine that is not there.
    private func absent(_ answer: VaultAnswer) throws(VaultProblem) -> SecretAnswer? {
        let metadata = answer.body["data"]?["metadata"]
        if let metadata, metadata != .null {
            let isDestroyed = metadata["destroyed"]?.truth == true
            let version = metadata["version"]?.number?.description ?? "?"
            throw VaultProblem(
                .notFound,
                "its version \(version) was \(isDestroyed ? "destroyed" : "deleted")")
        }
        let errors = answer.body["errors", default: []].elements
        guard errors.isEmpty else {
            throw VaultProblem(
                .notFound, "no key-value engine of version 2 answers at '\(settings.mount)' (404)")
        }
        return nil
    }

    // MARK: The token

    /// Renews the token when it is time.
    public func maintain() async {
        switch session.upkeep(at: time.monotonic) {
        case .nothing: break
        case .login: _ = try? await logIn()
        case .renew(let token): await renew(token)
        }
    }

    private func token() async throws(VaultProblem) -> SecretText {
        if let token = session.token(at: time.monotonic) { return token }
        return try await logIn()
    }

    private func renew(_ token: SecretText) async {
        do throws(VaultProblem) {
            let answer = try await ask(.post, "auth/token/renew-self", token: token, body: [:])
            if answer.status == 403 { return session.refused(token) }
            try answer.check()
            guard let validFor = VaultAnswer.time(answer.body["auth"]?["lease_duration"]) else {
                return session.renewalFailed(at: time.monotonic)
            }
            session.renewed(
                validFor: validFor, isRenewable: answer.body["auth"]?["renewable"]?.truth == true,
                at: time.monotonic)
        } catch {
            session.renewalFailed(at: time.monotonic)
        }
    }

    /// Logs in, once for all who need it.
    private func logIn() async throws(VaultProblem) -> SecretText {
        let task = login ?? Task { await self.loginResult() }
        login = task
        let result = await task.value
        // Whoever waited with others comes here after one of them may have begun the next.
        if login == task { login = nil }
        return try result.get()
    }

    private func loginResult() async -> Result<SecretText, VaultProblem> {
        do throws(VaultProblem) {
            switch settings.login {
            case .token(let credential): return .success(try await lookUp(try read(credential)))
            case .kubernetes(let mount, let role, let credential):
                let jwt = try read(credential)
                return .success(
                    try await logIn(
                        mount, ["role": .string(role), "jwt": .string(jwt.revealed)]))
            case .appRole(let mount, let roleID, let credential):
                let secretID = try read(credential)
                return .success(
                    try await logIn(
                        mount,
                        ["role_id": .string(roleID), "secret_id": .string(secretID.revealed)]))
            }
        } catch {
            return .failure(error)
        }
    }

    /// Asks how long a token that was given is valid. One that may not ask that is used all the same.
    private func lookUp(_ token: SecretText) async throws(VaultProblem) -> SecretText {
        let answer = try await ask(.get, "auth/token/lookup-self", token: token)
        if answer.status != 403 { try answer.check() }
        let data = answer.body["data"]
        let validFor = VaultAnswer.time(data?["ttl"])
        session.loggedIn(
            token, validFor: validFor == .zero ? nil : validFor,
            isRenewable: data?["renewable"]?.truth == true, at: time.monotonic)
        return token
    }

    private func logIn(
        _ mount: String, _ body: PluginValue
    ) async throws(VaultProblem) -> SecretText {
        let answer = try await ask(.post, "auth/\(mount)/login", body: body)
        if let problem = answer.problem {
            // The path of a login that is not there is no secret that is not there.
            let kind = problem.kind == .notFound ? .denied : problem.kind
            throw VaultProblem(kind, "the login at 'auth/\(mount)' failed: \(problem.reason)")
        }
        guard let text = answer.body["auth"]?["client_token"]?.text, !text.isEmpty else {
            throw VaultProblem(.malformed, "the login at 'auth/\(mount)' gave no token")
        }
        redactor.add(text, of: "token of \(name)")
        let validFor = VaultAnswer.time(answer.body["auth"]?["lease_duration"])
        session.loggedIn(
            SecretText(text), validFor: validFor == .zero ? nil : validFor,
            isRenewable: answer.body["auth"]?["renewable"]?.truth == true, at: time.monotonic)
        return SecretText(text)
    }

    private func read(_ credential: VaultSettings.Credential) throws(VaultProblem) -> SecretText {
        switch credential {
        case .text(let text): return text
        case .file(let path):
            do throws(SystemError) {
                let bytes = try readRegularFile(path, limit: FileSecrets.bytesMax)
                let text = String(decoding: bytes, as: UTF8.self).withoutLineEnd
                redactor.add(text, of: path)
                return SecretText(text)
            } catch {
                throw VaultProblem(error.isRightMissing ? .denied : .unavailable, "\(error)")
            }
        }
    }

    // MARK: Requests

    private func ask(
        _ method: HTTPRequest.Method, _ path: String, token: SecretText? = nil,
        body: PluginValue? = nil
    ) async throws(VaultProblem) -> VaultAnswer {
        var headers = [HTTPRequest.Header("X-Vault-Request", "true")]
        if let token { headers.append(.init("X-Vault-Token", token.revealed)) }
        if let namespace = settings.namespace {
            headers.append(.init("X-Vault-Namespace", namespace))
        }
        if body != nil { headers.append(.init("Content-Type", "application/json")) }
        let request = HTTPRequest(
            method, "\(settings.address)/v1/\(path)", headers: headers, body: body?.json,
            timeout: settings.timeout)
        do throws(HTTPFailure) {
            return VaultAnswer(try await transport.perform(request), redactor: redactor)
        } catch {
            throw VaultProblem(.unavailable, "no answer (\(error.kind.rawValue)): \(error.message)")
        }
    }
}

/// Why Vault gives no secret.
struct VaultProblem: Error, Hashable {
    let kind: SecretFailure.Kind
    let reason: String

    init(_ kind: SecretFailure.Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

extension VaultAnswer {
    fileprivate func check() throws(VaultProblem) {
        if let problem { throw VaultProblem(problem.kind, problem.reason) }
    }
}
