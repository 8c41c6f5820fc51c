import PactPlugins
import PactTesting
import Testing

@Suite struct RequestTests {
    private let http = MockHTTP()
    private let services: PluginServices

    init() {
        services = PluginServices(http: http, time: VirtualClock())
    }

    private func error(_ url: String = "https://a.test:8080/x") async -> PluginError? {
        await #expect(throws: PluginError.self) {
            try await services.requestJSON(url: url, query: [("id", "secret-person")])
        }
    }

    @Test func `a query is encoded byte by byte, lists repeat their name, and null is left out`()
        async throws
    {
        http.mockHTTPResponse(url: "https://a.test", response: [:])
        _ = try await services.requestJSON(
            url: "https://a.test",
            query: [
                ("a b", "\u{E9}&=/?\r\n"), ("l", ["x", 1.5]), ("t", true), ("n", .null),
                ("safe", "-._~"),
            ])
        #expect(
            http.requests.map(\.url) == [
                "https://a.test?a%20b=%C3%A9%26%3D%2F%3F%0D%0A&l=x&l=1.5&t=true&safe=-._~"
            ])
        #expect(http.requests[0].headers == [.init("Accept", "application/json")])
    }

    @Test func `a body is sent as compact JSON, and an empty answer is null`() async throws {
        http.mockHTTPError(url: "https://a.test", status: 204)
        let answer = try await services.requestJSON(
            .post, url: "https://a.test", headers: [.init("X", "y")], body: ["a": [1, "b"]])
        #expect(answer == .null)
        #expect(http.requests[0].method == .post)
        #expect(http.requests[0].body == Array(#"{"a":[1,"b"]}"#.utf8))
        #expect(http.requests[0].headers.contains(.init("Content-Type", "application/json")))
        #expect(http.requests[0].headers.contains(.init("X", "y")))
    }

    @Test(
        arguments: [
            (400, false), (401, false), (404, false), (408, true), (429, true), (500, true),
            (503, true), (302, false),
        ])
    func `an error status names the host, nothing of the query, and whether to try again`(
        _ status: Int, isRetryable: Bool
    ) async {
        http.mockHTTPError(url: "https://a.test:8080/x", status: status)
        #expect(
            await error()
                == PluginError("HTTP error \(status) from a.test:8080", isRetryable: isRetryable))
    }

    @Test func `an answer that is no JSON is an error`() async throws {
        let broken = PluginServices(http: BrokenHTTP(), time: VirtualClock())
        let error = await #expect(throws: PluginError.self) {
            try await broken.requestJSON(url: "https://a.test:8080/x")
        }
        #expect(
            error?.description.hasPrefix("HTTP error: the answer from a.test:8080 is no JSON")
                == true)
    }

    @Test func `no answer is an error with its kind`() async {
        let unmocked = await error("https://b.test")
        #expect(unmocked?.description.hasPrefix("HTTP error (unreachable)") == true)
        #expect(unmocked?.isRetryable == true)
    }
}

/// Answers what is no JSON.
private struct BrokenHTTP: HTTPTransport {
    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        requests.map { _ in .success(HTTPResponse(status: 200, body: Array("<html>".utf8))) }
    }
}
