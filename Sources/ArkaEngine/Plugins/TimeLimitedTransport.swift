import ArkaHTTP
import PactPlugins

extension HTTPClient {
    /// A way to services that goes only where the policy allows, and waits no longer than a limit.
    func transport(_ policy: EgressPolicy, within limit: Duration?) -> any HTTPTransport {
        let transport = transport(policy)
        guard let limit else { return transport }
        return TimeLimitedTransport(transport: transport, limit: limit)
    }
}

/// Gives no request more time than a limit.
struct TimeLimitedTransport<Transport: HTTPTransport>: HTTPTransport {
    let transport: Transport
    let limit: Duration

    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        await transport.perform(requests.map(limited))
    }

    func perform(
        _ requests: [HTTPRequest],
        onEach: @escaping @Sendable (Int, Result<HTTPResponse, HTTPFailure>) -> Void
    ) async {
        await transport.perform(requests.map(limited), onEach: onEach)
    }

    private func limited(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        request.timeout = min(request.timeout, limit)
        return request
    }
}
