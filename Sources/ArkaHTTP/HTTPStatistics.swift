public import PactPlugins

/// What a client has done since it started.
public struct HTTPStatistics: Sendable, Hashable {
    /// Requests that it was given, refused ones included.
    public internal(set) var requests = 0
    /// Requests that have not ended.
    public internal(set) var inFlight = 0
    /// Connections that it opened, or tried to.
    public internal(set) var connectionsOpened = 0
    /// Requests that went out on a connection which was there already.
    public internal(set) var connectionsReused = 0
    /// Requests that ended without a response, by kind.
    public internal(set) var failures: [HTTPFailure.Kind: Int] = [:]

    /// Makes statistics of nothing.
    public init() {}

    mutating func ended(_ result: Result<HTTPResponse, HTTPFailure>) {
        inFlight -= 1
        if case .failure(let failure) = result { failures[failure.kind, default: 0] += 1 }
    }
}
