/// The bounds of this target that are not settings.
enum HTTPLimits {
    /// Bytes of an address; what servers commonly take.
    static let urlBytesMax = 8192
    /// Header fields of one request.
    static let requestHeadersMax = 128
    /// Requests of which the client knows at once, waiting ones included; the bound of the engine for
    /// rows in flight, so that it is reached only by a mistake.
    static let requestsMax = 65_536
    /// Names that wait for a lookup. Each holds only requests that count elsewhere.
    static let lookupsWaitingMax = 1024
    /// Names whose addresses are remembered.
    static let namesRememberedMax = 4096
    /// Addresses of one name that are tried.
    static let addressesMax = 8
    /// How long a failed lookup is remembered: short, and yet a dead name does not take all threads.
    static let failedLookupTTL = Duration.seconds(1)
    /// Handles of libcurl that are kept for the next request, about 6 KB each.
    static let handlesKeptMax = 256
    /// Times that one request may go out: the first, and again where a kept-alive connection was dead.
    static let sendsMax = 5
    /// The longest time limit; what is longer means it.
    static let timeoutMax = Duration.seconds(3600)
}
