import ArkaHTTP
import PactPlugins
import Testing

/// Kept-alive connections: that they are used, and what happens when one has died.
@Suite(.timeLimit(.minutes(2))) struct ReuseTests {
    @Test func `requests one after the other share a connection`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            for _ in 0..<10 {
                _ = try await client.transport(.loopback).perform(
                    HTTPRequest(.get, server.url("ok")))
            }
            #expect(client.statistics.connectionsOpened == 1)
            #expect(client.statistics.connectionsReused == 9)
        }
    }

    /// Trap 9: as many connections are kept as were out at once. By itself libcurl keeps four for each
    /// request that is out, so a quiet time would take them away.
    @Test func `after a quiet time a second round opens no connection`() async throws {
        let server = try FaultServer()
        let settings = HTTPClientSettings(requestsPerHostMax: 64)
        try await withClient(settings) { client async throws in
            let held = (0..<64).map { _ in HTTPRequest(.get, server.url("hold")) }
            // The release goes to another host's connections: all places at this one are taken.
            let release = HTTPRequest(.get, server.url("release/64", host: "other.test"))
            async let first = client.transport(.loopback).perform(held)
            _ = try await client.transport(.loopback).perform(release)
            #expect(await first.allSatisfy { $0.failure == nil })
            #expect(client.statistics.connectionsOpened == 65)
            for _ in 0..<70 {
                _ = try await client.transport(.loopback).perform(
                    HTTPRequest(.get, server.url("ok")))
            }
            let again = await client.transport(.loopback).perform(held)
            #expect(again.allSatisfy { $0.failure == nil })
            #expect(client.statistics.connectionsOpened == 65)
        }
    }

    /// Trap 3, the harmless half: the server is seen to have closed before anything is sent.
    @Test(arguments: [HTTPRequest.Method.get, .post])
    func `a connection that the server closed while idle is replaced`(
        method: HTTPRequest.Method
    ) async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            for _ in 0..<5 {
                let response = try await client.transport(.loopback).perform(
                    HTTPRequest(method, server.url("close"), body: method == .post ? [1] : nil))
                #expect(response.text == "closing")
            }
            let log = try await server.log(client)
            #expect(log.count == 5)
        }
    }

    /// Trap 3: libcurl would send it again by itself.
    @Test(arguments: [HTTPRequest.Method.post, .patch])
    func `what is not idempotent is never sent twice`(method: HTTPRequest.Method) async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let request = HTTPRequest(method, server.url("once"), body: Array("pay".utf8))
            let transport = client.transport(.loopback)
            #expect(try await transport.perform(request).text == "once")
            let failure = try await failure(client, request)
            #expect(failure.kind == .interrupted)
            #expect(failure.mayHaveBeenSent)
            let line = "1 \(method.rawValue) /once 3"
            #expect(try await server.log(client) == [line, line])
            // The next one gets a new connection.
            #expect(try await transport.perform(request).text == "once")
        }
    }

    @Test(arguments: [HTTPRequest.Method.get, .put, .delete])
    func `what is idempotent is sent again when its connection turns out to be dead`(
        method: HTTPRequest.Method
    ) async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let body = method == .put ? Array("set".utf8) : nil
            let request = HTTPRequest(method, server.url("once"), body: body)
            for _ in 0..<2 {
                #expect(try await client.transport(.loopback).perform(request).text == "once")
            }
            let line = "\(method.rawValue) /once \(body?.count ?? 0)"
            #expect(try await server.log(client) == ["1 \(line)", "1 \(line)", "2 \(line)"])
        }
    }

    /// Trap 9: a handle that is used again remembers nothing.
    @Test func `a request inherits nothing from the one before`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let transport = client.transport(.loopback)
            let first = HTTPRequest(
                .put, server.url("headers"),
                headers: [.init("X-Secret", "a"), .init("X-Empty", "")],
                body: Array("body".utf8))
            let sent = try await transport.perform(first).text
            #expect(sent.contains("X-Secret: a"))
            #expect(sent.contains("X-Empty:"))
            #expect(sent.contains("Content-Length: 4"))
            #expect(!sent.contains("Content-Type"))
            let second = try await transport.perform(HTTPRequest(.get, server.url("headers"))).text
            #expect(!second.contains("X-Secret") && !second.contains("Content-Length"))
            #expect(client.statistics.connectionsOpened == 1)
            let log = try await server.log(client)
            #expect(log == ["1 PUT /headers 4", "1 GET /headers 0"])
        }
    }

    /// Trap 8: bodies and lists of header fields must live as long as libcurl reads them.
    @Test func `bodies and header fields of many requests arrive whole`() async throws {
        let server = try FaultServer()
        try await withClient(HTTPClientSettings(requestsPerHostMax: 16)) { client async throws in
            let bodies = (0..<200).map { number in
                [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number * 1001)
            }
            let echoes = await client.transport(.loopback).perform(
                bodies.map { HTTPRequest(.post, server.url("echo"), body: $0) })
            #expect(try echoes.map { try $0.get().body } == bodies)
            let fields = await client.transport(.loopback).perform(
                (0..<200).map { number in
                    HTTPRequest(
                        .get, server.url("headers"),
                        headers: [
                            .init("X-Number", "\(number) \(String(repeating: "é", count: 99))")
                        ]
                    )
                })
            for (number, outcome) in fields.enumerated() {
                let text = try outcome.get().text
                #expect(text.contains("X-Number: \(number) "))
            }
        }
    }

    @Test func `each method is sent as it is, with a body or without`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            for method in HTTPRequest.Method.allCases {
                for body in [nil, [], Array("four".utf8)] as [[UInt8]?] {
                    let request = HTTPRequest(method, server.url("echo"), body: body)
                    let response = try await client.transport(.loopback).perform(request)
                    #expect(response.body == body ?? [])
                }
            }
            let expected = HTTPRequest.Method.allCases.flatMap { method in
                [0, 0, 4].map { "1 \(method.rawValue) /echo \($0)" }
            }
            #expect(try await server.log(client) == expected)
        }
    }
}
