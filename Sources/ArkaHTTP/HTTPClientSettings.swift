/// The numbers that a client goes by.
public struct HTTPClientSettings: Sendable, Hashable {
    /// Requests to one host and port that are out at once, at least 1.
    public var requestsPerHostMax: Int
    /// Requests that may wait for such a place; beyond it they fail as `busy`.
    public var waitingPerHostMax: Int
    /// Bytes of an answer's body.
    public var responseBytesMax: Int
    /// Bytes of an answer's head and trailer together.
    public var responseHeaderBytesMax: Int
    /// How long a connection may take to come about; the request's own limit holds besides.
    public var connectTimeout: Duration
    /// Redirects that are followed, for `GET` only; 0 hands the first one to the caller as the answer.
    public var redirectsMax: Int
    /// Idle connections that are kept for the next request.
    public var connectionsKeptMax: Int
    /// A PEM file with the certificates to trust; `nil` for those of the system.
    public var trustedCertificatesPath: String?
    /// Threads that look names up, 1 to 16.
    public var lookupThreads: Int
    /// How long the addresses of a name are taken without asking again.
    public var addressTTL: Duration
    /// How long after that they are used while they are asked for anew.
    public var addressStaleTTL: Duration
    /// What the client calls itself to servers.
    public var userAgent: String

    /// Makes settings.
    public init(
        requestsPerHostMax: Int = 64, waitingPerHostMax: Int = 1024,
        responseBytesMax: Int = 1 << 20, responseHeaderBytesMax: Int = 64 << 10,
        connectTimeout: Duration = .seconds(5), redirectsMax: Int = 0,
        connectionsKeptMax: Int = 1024, trustedCertificatesPath: String? = nil,
        lookupThreads: Int = 4, addressTTL: Duration = .seconds(30),
        addressStaleTTL: Duration = .seconds(300), userAgent: String = "arka"
    ) {
        self.requestsPerHostMax = requestsPerHostMax
        self.waitingPerHostMax = waitingPerHostMax
        self.responseBytesMax = responseBytesMax
        self.responseHeaderBytesMax = responseHeaderBytesMax
        self.connectTimeout = connectTimeout
        self.redirectsMax = redirectsMax
        self.connectionsKeptMax = connectionsKeptMax
        self.trustedCertificatesPath = trustedCertificatesPath
        self.lookupThreads = lookupThreads
        self.addressTTL = addressTTL
        self.addressStaleTTL = addressStaleTTL
        self.userAgent = userAgent
    }
}
