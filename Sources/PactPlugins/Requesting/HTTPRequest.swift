/// A request to an outside service.
public struct HTTPRequest: Sendable, Hashable {
    /// The method.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Reads.
        case get = "GET"
        /// Creates or acts; not idempotent.
        case post = "POST"
        /// Replaces.
        case put = "PUT"
        /// Changes; not idempotent.
        case patch = "PATCH"
        /// Removes.
        case delete = "DELETE"

        /// Whether sending it twice does what sending it once does.
        public var isIdempotent: Bool { self != .post && self != .patch }
    }

    /// A header field. Names and values must not contain control characters; a request with one is
    /// refused with ``HTTPFailure/Kind/invalidRequest``.
    public struct Header: Sendable, Hashable {
        /// The name, such as `Authorization`.
        public var name: String
        /// The value. Never logged.
        public var value: String

        /// Makes a header field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The method.
    public var method: Method
    /// The whole address: `http://` or `https://`, percent-encoded, without user or password.
    public var url: String
    /// Header fields, in the order in which they are sent.
    public var headers: [Header]
    /// The body; `nil` for none.
    public var body: [UInt8]?
    /// How long everything may take together, from connecting to the last byte of the answer.
    public var timeout: Duration

    /// Makes a request.
    public init(
        _ method: Method = .get, _ url: String, headers: [Header] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// What an outside service answered, whatever its status.
public struct HTTPResponse: Sendable, Hashable {
    /// The status, such as 200 or 503.
    public let status: Int
    /// Header fields in the order received; names as received.
    public let headers: [HTTPRequest.Header]
    /// The body, decoded from its transfer coding.
    public let body: [UInt8]

    /// Makes a response.
    public init(status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
