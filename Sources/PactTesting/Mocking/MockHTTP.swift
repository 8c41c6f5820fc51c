public import PactPlugins
import Synchronization

/// A way out that leads nowhere: requests are answered from mocks, and recorded.
///
/// A request is matched by its address, first with its query, then without it. What is not mocked is
/// a failure that names the address and those that are.
public final class MockHTTP: HTTPTransport {
    private struct State {
        /// In the order in which they were mocked.
        var urls: [String] = []
        var responses: [String: HTTPResponse] = [:]
        var requests: [HTTPRequest] = []
        var unmocked: [String] = []
    }

    private let state = Mutex(State())

    /// Makes a transport that has no mocks.
    public init() {}

    /// Answers requests to an address with JSON; a later mock of the same address replaces it.
    public func mockHTTPResponse(url: String, response: PluginValue, status: Int = 200) {
        mock(
            url,
            HTTPResponse(
                status: status, headers: [.init("Content-Type", "application/json")],
                body: response.json))
    }

    /// Answers requests to an address with an error status and no body.
    public func mockHTTPError(url: String, status: Int) {
        mock(url, HTTPResponse(status: status))
    }

    /// All requests so far, mocked or not, in the order in which they came.
    public var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// The addresses of requests that no mock matched.
    public var unmockedURLs: [String] { state.withLock { $0.unmocked } }

    /// Performs requests; see ``MockHTTP``.
    public func perform(
        _ requests: [HTTPRequest]
    ) async -> [Result<HTTPResponse, HTTPFailure>] {
        state.withLock { state in requests.map { Self.answer($0, &state) } }
    }

    private func mock(_ url: String, _ response: HTTPResponse) {
        state.withLock { state in
            if state.responses.updateValue(response, forKey: url) == nil { state.urls.append(url) }
        }
    }

    private static func answer(
        _ request: HTTPRequest, _ state: inout State
    ) -> Result<HTTPResponse, HTTPFailure> {
        state.requests.append(request)
        let path = String(request.url.prefix { $0 != "?" })
        if let response = state.responses[request.url] ?? state.responses[path] {
            return .success(response)
        }
        state.unmocked.append(request.url)
        let mocked =
            state.urls.isEmpty
            ? "nothing is mocked" : "mocked are: " + state.urls.joined(separator: ", ")
        return .failure(
            HTTPFailure(
                .unreachable, message: "no mock for \(request.url); \(mocked)",
                mayHaveBeenSent: false))
    }
}
