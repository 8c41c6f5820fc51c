/// Why there is no response.
public struct HTTPFailure: Error, Hashable, CustomStringConvertible {
    /// The kinds.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request itself cannot be: its address, or a control character in a header.
        case invalidRequest = "invalid_request"
        /// The host, the address that its name resolved to, or the port is not allowed.
        case notAllowed = "not_allowed"
        /// The name cannot be resolved.
        case unresolved
        /// No connection came about.
        case unreachable
        /// The certificate is not trusted, or no secure connection came about.
        case untrusted
        /// The connection broke before the answer was complete.
        case interrupted
        /// What came back is not HTTP.
        case malformed
        /// The answer is larger than allowed.
        case tooLarge = "too_large"
        /// The time was over.
        case timedOut = "timeout"
        /// As many requests to the host wait as may.
        case busy
        /// Nobody waits for it any more, or the client was shut down.
        case cancelled
    }

    /// The kind.
    public let kind: Kind
    /// What happened, for people: host and port, never path, query, headers or body.
    public let message: String
    /// Whether anything of the request may have reached the service.
    public let mayHaveBeenSent: Bool

    /// The message: where a plugin lets it through, it is what people are told.
    public var description: String { message }

    /// Whether another attempt may fare better; a request that cannot be or is not allowed stays so.
    public var isRetryable: Bool { kind != .invalidRequest && kind != .notAllowed }

    /// Describes a failure.
    public init(_ kind: Kind, message: String, mayHaveBeenSent: Bool) {
        self.kind = kind
        self.message = message
        self.mayHaveBeenSent = mayHaveBeenSent
    }
}
