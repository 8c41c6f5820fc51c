/// The only way out of a plugin: HTTP requests, many at a time.
///
/// The engine has one on libcurl; the test harness has one that answers from mocks.
public protocol HTTPTransport: Sendable {
    /// Performs requests at the same time, and returns their outcomes in their order.
    ///
    /// Each ends by its own time limit at the latest. If the calling task is cancelled, those that are
    /// not finished end with ``HTTPFailure/Kind/cancelled``. Nothing is retried here, except where a
    /// kept-alive connection turned out to be dead before anything of the request could have been
    /// acted upon and the request is idempotent.
    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>]

    /// Performs requests at the same time, and tells each outcome as soon as it is there, so that one
    /// hung service holds back no other's answer. Returns when all have been told.
    ///
    /// Limits and cancellation are as with the other form. A transport that has nothing to tell early
    /// need not implement this.
    /// - Parameter onEach: Told the place of a request and its outcome, once for each, in the order in
    ///   which they end, from any thread. It must be quick and must not block.
    func perform(
        _ requests: [HTTPRequest],
        onEach: @escaping @Sendable (Int, Result<HTTPResponse, HTTPFailure>) -> Void) async
}

extension HTTPTransport {
    /// Tells all outcomes when the last is there.
    public func perform(
        _ requests: [HTTPRequest],
        onEach: @escaping @Sendable (Int, Result<HTTPResponse, HTTPFailure>) -> Void
    ) async {
        for (index, outcome) in await perform(requests).enumerated() { onEach(index, outcome) }
    }

    /// Performs one request.
    public func perform(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        try await perform([request])[0].get()
    }
}
