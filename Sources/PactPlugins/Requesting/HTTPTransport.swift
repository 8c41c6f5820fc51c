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
}

extension HTTPTransport {
    /// Performs one request.
    public func perform(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        try await perform([request])[0].get()
    }
}
