import ArkaModel
import PactPlugins

/// What Vault answered to a request: a status and a JSON object.
struct VaultAnswer: Sendable {
    let status: Int
    let body: PluginValue
    private let redactor: SecretRedactor

    /// Reads an answer; a body that is no JSON counts as empty.
    /// - Parameter redactor: What Vault says in its errors goes through it: it may repeat what it was sent.
    init(_ response: HTTPResponse, redactor: SecretRedactor) {
        self.redactor = redactor
        status = response.status
        body = (try? PluginValue(json: response.body, inexactNumbers: .rounded)) ?? .null
    }

    /// What its status means; `nil` for 200.
    var problem: (kind: SecretFailure.Kind, reason: String)? {
        switch status {
        case 200: nil
        case 400: (.malformed, "bad request (400)\(words)")
        case 401, 403: (.denied, "permission denied (\(status))\(words)")
        case 404: (.notFound, "not found (404)\(words)")
        case 429: (.unavailable, "too many requests, or a standby (429)\(words)")
        case 503: (.unavailable, "sealed or in maintenance (503)\(words)")
        case 412, 472, 473, 500...: (.unavailable, "it cannot answer now (\(status))\(words)")
        default: (.unavailable, "an answer that is not expected (\(status))\(words)")
        }
    }

    /// Vault's own words. Secrets leave before they are cut: half of one would not be found any more.
    private var words: String {
        let errors = body["errors", default: []].elements.compactMap(\.text)
        let text = redactor.redacted(errors.joined(separator: "; "))
        return text.isEmpty ? "" : ": " + shown(text)
    }

    /// A time in seconds, at least zero.
    static func time(_ value: PluginValue?) -> Duration? {
        guard let number = value?.number, number >= .zero,
            let seconds = try? Int(pluginValue: .number(number))
        else { return nil }
        return .seconds(min(seconds, 10 * 365 * 86_400))
    }
}
