public import ArkaModel
import ArkaSystem
import PactPlugins

/// Who signs requests to AWS.
public struct AWSCredentials: Sendable, Hashable {
    /// The id of the access key.
    public let accessKeyID: String
    /// The access key.
    public let secretAccessKey: SecretText
    /// The token of a session; `nil` for a key of its own.
    public let sessionToken: SecretText?

    /// Makes credentials.
    public init(
        accessKeyID: String, secretAccessKey: SecretText, sessionToken: SecretText? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

/// Signs requests with AWS Signature Version 4: a `POST` to `/` without a query, which is how Secrets
/// Manager is asked.
struct RequestSignature {
    let credentials: AWSCredentials
    let region: String
    let service: String
    /// As the request's `Host` has it: with the port where that is not the scheme's own.
    let host: String

    private static let algorithm = "AWS4-HMAC-SHA256"

    /// The header fields of a request, its signature the last of them; `Host` is the client's.
    /// - Parameters:
    ///   - headers: All others that the request has.
    ///   - wallMilliseconds: Now; AWS takes what is at most five minutes off.
    func signed(
        _ headers: [HTTPRequest.Header], body: [UInt8], at wallMilliseconds: Int64
    ) -> [HTTPRequest.Header] {
        let (date, moment) = Self.dateAndMoment(wallMilliseconds)
        var headers = headers + [HTTPRequest.Header("X-Amz-Date", moment)]
        if let token = credentials.sessionToken {
            headers.append(.init("X-Amz-Security-Token", token.revealed))
        }
        let lines = (headers + [.init("Host", host)])
            .map { (name: $0.name.lowercased(), value: $0.value) }.sorted { $0.name < $1.name }
        let names = lines.map(\.name).joined(separator: ";")
        let request = [
            "POST", "/", "", lines.map { "\($0.name):\($0.value)\n" }.joined(), names,
            hexadecimal(SHA256.digest(of: body)),
        ].joined(separator: "\n")
        let scope = "\(date)/\(region)/\(service)/aws4_request"
        let text = [
            Self.algorithm, moment, scope, hexadecimal(SHA256.digest(of: Array(request.utf8))),
        ].joined(separator: "\n")
        let signature = hexadecimal(hmacSHA256(of: Array(text.utf8), key: key(for: date)))
        headers.append(
            .init(
                "Authorization",
                "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope), "
                    + "SignedHeaders=\(names), Signature=\(signature)"))
        return headers
    }

    private func key(for date: String) -> [UInt8] {
        [date, region, service, "aws4_request"].reduce(
            Array("AWS4\(credentials.secretAccessKey.revealed)".utf8)
        ) { key, word in hmacSHA256(of: Array(word.utf8), key: key) }
    }

    /// A moment as `20260131` and `20260131T235959Z`.
    static func dateAndMoment(_ wallMilliseconds: Int64) -> (date: String, moment: String) {
        let seconds = ExactDecimal(wallMilliseconds / 1000)
        guard let time = CivilTime(secondsSince1970: seconds) else {
            preconditionFailure("the clock shows a year of four digits")
        }
        let date = digits(time.year, 4) + digits(time.month, 2) + digits(time.day, 2)
        let clock = digits(time.hour, 2) + digits(time.minute, 2) + digits(time.second, 2)
        return (date, "\(date)T\(clock)Z")
    }

    private static func digits(_ value: Int, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
