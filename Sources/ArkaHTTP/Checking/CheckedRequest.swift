import PactPlugins

/// A request that may go out: well-formed, and to a host that the policy allows.
struct CheckedRequest: Sendable {
    let target: RequestTarget
    let method: HTTPRequest.Method
    /// Header fields as libcurl takes them.
    let headerLines: [String]
    let body: [UInt8]?
    let timeout: Duration

    /// Checks a request.
    /// - Throws: `invalidRequest`, `notAllowed`.
    init(_ request: HTTPRequest, under policy: EgressPolicy) throws(HTTPFailure) {
        let target = try RequestTarget(request.url)
        try Self.check(target, under: policy)
        self.target = target
        method = request.method
        headerLines = try HeaderLines.checked(request.headers, hasBody: request.body != nil)
        body = request.body
        timeout = min(request.timeout, HTTPLimits.timeoutMax)
    }

    /// The request that follows a redirect: a `GET`, without the header fields that were for the first
    /// host if it leads to another one.
    /// - Throws: `malformed`, `notAllowed`.
    func redirected(to url: String, under policy: EgressPolicy) throws(HTTPFailure)
        -> CheckedRequest
    {
        let next: RequestTarget
        do { next = try RequestTarget(url) } catch {
            throw HTTPFailure(
                .malformed, message: "\(target.authority): redirects to no valid address",
                mayHaveBeenSent: true)
        }
        guard next.isSecure || !target.isSecure else {
            throw .notAllowed(next.authority, "a redirect away from https")
        }
        try Self.check(next, under: policy)
        let isSameOrigin = next.authority == target.authority && next.isSecure == target.isSecure
        return CheckedRequest(
            target: next,
            headerLines: isSameOrigin ? headerLines : HeaderLines.harmless(headerLines),
            timeout: timeout)
    }

    private init(target: RequestTarget, headerLines: [String], timeout: Duration) {
        self.target = target
        method = .get
        self.headerLines = headerLines
        body = nil
        self.timeout = timeout
    }

    private static func check(
        _ target: RequestTarget, under policy: EgressPolicy
    ) throws(HTTPFailure) {
        let authority = target.authority
        if let reason = policy.refusal(host: authority.host, port: authority.port) {
            throw .notAllowed(authority, reason)
        }
    }
}

extension HTTPFailure {
    /// A request that cannot be; nothing was sent.
    static func invalid(_ reason: String) -> HTTPFailure {
        HTTPFailure(.invalidRequest, message: reason, mayHaveBeenSent: false)
    }

    /// A destination that the policy refuses; nothing was sent there.
    static func notAllowed(
        _ authority: RequestTarget.Authority, _ reason: String
    ) -> HTTPFailure {
        HTTPFailure(.notAllowed, message: "\(authority): \(reason)", mayHaveBeenSent: false)
    }
}
