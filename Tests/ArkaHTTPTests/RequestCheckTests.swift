import ArkaHTTP
import PactPlugins
import Testing

/// Requests that do not go out because of what they say.
@Suite(.timeLimit(.minutes(2))) struct RequestCheckTests {
    @Test(
        arguments: [
            "", "service.test/", "ftp://service.test/", "file:///etc/passwd",
            "gopher://service.test/",
            "http:/service.test/", "http:///service.test/", "http://", "http://service.test:0/",
            "http://service.test:65536/", "http://service.test:x/", "http://ser vice.test/",
            "http://service.test/a b", "http://service.test/\r\nX: y", "http://service.test/\u{0}",
            "http://service.test/\u{7F}", "http://service.test/ä", "http://ä.test/",
            "http://service.test\\@evil.test/", "http://user@service.test/",
            "http://user:secret@service.test/", "http://@service.test/", "http://:@service.test/",
            "http://[fe80::1%25eth0]/", "http://[::1/", "http://a..test/", "http://%0d%0a.test/",
            "http://service.test/" + String(repeating: "x", count: 9000),
        ])
    func `an address that is not one is refused`(url: String) async throws {
        try await withClient { client async throws in
            let failure = try await failure(client, HTTPRequest(.get, url))
            #expect(failure.kind == .invalidRequest, "\(url)")
            #expect(!failure.mayHaveBeenSent)
            #expect(!failure.message.contains("secret"))
        }
    }

    /// Trap 4: libcurl would send the line break, and what follows it as a header field of its own.
    @Test(
        arguments: [
            HTTPRequest.Header("X-Note", "a\r\nX-Evil: 1"), .init("X-Note", "a\nb"),
            .init("X-Note", "a\rb"), .init("X-Note", "a\u{0}b"), .init("X-Note", "\u{1B}[2J"),
            .init("X-Note", "\u{7F}"), .init("X-Note\r\nX-Evil", "1"), .init("X Note", "1"),
            .init("X-Note:", "1"), .init("", "1"), .init("X-Nöte", "1"),
            // What frames the message, or says where it goes.
            .init("Content-Length", "5"), .init("transfer-encoding", "chunked"),
            .init("Host", "inner.test"), .init("Connection", "close"), .init("Expect", "100"),
        ])
    func `a header field that could be read as something else is refused`(
        header: HTTPRequest.Header
    ) async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let request = HTTPRequest(.post, server.url("ok"), headers: [header])
            let failure = try await failure(client, request)
            #expect(failure.kind == .invalidRequest)
            #expect(!failure.mayHaveBeenSent)
            #expect(header.value.isEmpty || !failure.message.contains(header.value))
            #expect(try await server.log(client).isEmpty)
        }
    }

    @Test func `too many header fields are refused`() async throws {
        let headers = (0..<129).map { HTTPRequest.Header("X-\($0)", "1") }
        try await withClient { client async throws in
            let request = HTTPRequest(.get, "http://service.test/", headers: headers)
            #expect(try await failure(client, request).kind == .invalidRequest)
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func `a request without time ends as timed out`(timeout: Duration) async throws {
        try await withClient { client async throws in
            let request = HTTPRequest(.get, "http://127.0.0.1:9/", timeout: timeout)
            let failure = try await failure(client, request)
            #expect(failure.kind == .timedOut)
            #expect(!failure.mayHaveBeenSent)
        }
    }

    @Test func `no message holds the path, the query, a header or the body`() async throws {
        let server = try FaultServer()
        var requests = ["never", "midbody", "garbage", "large/4000000", "redirect/file:///s3cret"]
            .map { server.url($0 + "?key=s3cret") }
        requests.append("http://127.0.0.1:1/s3cret?key=s3cret")
        requests.append("http://s3cret:s3cret@service.test/s3cret")
        requests.append("http://169.254.169.254/s3cret")
        try await withClient(HTTPClientSettings(redirectsMax: 1)) { client async throws in
            let outcomes = await client.transport(.loopback).perform(
                requests.map {
                    HTTPRequest(
                        .get, $0, headers: [.init("Authorization", "s3cret")],
                        body: Array("s3cret".utf8), timeout: .milliseconds(300))
                })
            for failure in outcomes.map(\.failure) {
                let message = try #require(failure?.message)
                #expect(!message.contains("s3cret"), "\(message)")
            }
        }
    }
}
