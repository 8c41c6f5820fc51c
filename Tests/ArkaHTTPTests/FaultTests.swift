import ArkaHTTP
import PactPlugins
import Testing

/// What the client makes of servers that misbehave: research section 2, one case each.
@Suite(.timeLimit(.minutes(2))) struct FaultTests {
    @Test(
        arguments: [
            ("never", HTTPFailure.Kind.timedOut), ("drip", .timedOut), ("midbody", .interrupted),
            ("midchunk", .interrupted), ("garbage", .malformed), ("large/4000000", .tooLarge),
            ("declared/4000000", .tooLarge), ("longhead", .tooLarge),
        ])
    func `a fault of the server ends as its kind`(
        path: String, kind: HTTPFailure.Kind
    ) async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            // Short for those that must run into it, and far away for the others.
            let timeout = kind == .timedOut ? Duration.milliseconds(300) : .seconds(60)
            let request = HTTPRequest(.get, server.url(path), timeout: timeout)
            let failure = try await failure(client, request)
            #expect(failure.kind == kind, "\(failure)")
            #expect(failure.mayHaveBeenSent)
            #expect(failure.message.hasPrefix("127.0.0.1:\(server.port): "))
            #expect(!failure.message.contains(path))
            #expect(client.statistics.failures == [kind: 1])
        }
    }

    @Test(
        arguments: [
            ("ok", 200, "ok"), ("chunked", 200, "half-full"), ("eof", 200, "until the end"),
            ("status/503", 503, ""), ("status/404", 404, ""), ("interim", 200, "final"),
        ])
    func `an answer is an answer, whatever its status and framing`(
        path: String, status: Int, body: String
    ) async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let response = try await client.transport(.loopback).perform(
                HTTPRequest(.get, server.url(path)))
            #expect(response.status == status)
            #expect(response.text == body)
            // Only those of the last answer, and without the spaces around them.
            #expect(!response.headers.contains { $0.name == "X-Early" })
            if path == "interim" {
                #expect(response.headers.contains(.init("X-Late", "2")))
            }
        }
    }

    @Test func `the size limit is the client's to set`() async throws {
        let server = try FaultServer()
        try await withClient(HTTPClientSettings(responseBytesMax: 9)) { client async throws in
            let whole = HTTPRequest(.get, server.url("chunked"))
            #expect(try await client.transport(.loopback).perform(whole).text == "half-full")
            let larger = HTTPRequest(.get, server.url("eof"))
            #expect(try await failure(client, larger).kind == .tooLarge)
        }
    }

    @Test func `a refused connection is unreachable and nothing was sent`() async throws {
        var server: FaultServer? = try FaultServer()
        let url = try #require(server?.url("ok"))
        server = nil
        try await withClient { client async throws in
            let failure = try await failure(client, HTTPRequest(.get, url))
            #expect(failure.kind == .unreachable)
            #expect(!failure.mayHaveBeenSent)
        }
    }

    @Test func `a connection that does not come about in its time is unreachable`() async throws {
        let blackHole = try BlackHole()
        let settings = HTTPClientSettings(connectTimeout: .milliseconds(200))
        try await withClient(settings) { client async throws in
            let url = "http://127.0.0.1:\(blackHole.port)/"
            let slow = try await failure(client, HTTPRequest(.post, url))
            #expect(slow.kind == .unreachable)
            #expect(!slow.mayHaveBeenSent)
            let short = HTTPRequest(.post, url, timeout: .milliseconds(100))
            #expect(try await failure(client, short).kind == .timedOut)
        }
    }

    @Test func `a name without addresses is unresolved, and is not asked for again at once`()
        async throws
    {
        let lookup = TableLookup()
        let time = ManualTime()
        try await withClient(lookup: lookup, time: time) { client async throws in
            let request = HTTPRequest(.get, "http://nowhere.example/")
            for count in [1, 1, 2] {
                let failure = try await failure(client, request)
                #expect(failure.kind == .unresolved)
                #expect(!failure.mayHaveBeenSent)
                #expect(lookup.names.count == count)
                time.advance(by: .milliseconds(600))
            }
        }
    }

    @Test func `a hung service holds back nobody else's answer`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let paths = ["never"] + Array(repeating: "ok", count: 63)
            let requests = paths.map { HTTPRequest(.get, server.url($0), timeout: .seconds(600)) }
            let told = Collected<(Int, Result<HTTPResponse, HTTPFailure>)>()
            let (good, done) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                await client.transport(.loopback).perform(requests) { index, outcome in
                    if told.add((index, outcome)) == 63 { done.finish() }
                }
            }
            for await _ in good {}
            task.cancel()
            await task.value
            #expect(told.all.count == 64)
            #expect(told.all.prefix(63).allSatisfy { (try? $0.1.get().status) == 200 })
            #expect(Set(told.all.map(\.0)) == Set(0..<64))
            let last = try #require(told.all.last)
            #expect(last.0 == 0)
            #expect(throws: HTTPFailure.self) { try last.1.get() }
        }
    }

    @Test func `outcomes of a batch stand in the order of its requests`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let bodies = (0..<64).map { Array("number \($0)".utf8) }
            let requests = bodies.enumerated().map { index, body in
                index == 7
                    ? HTTPRequest(.get, "ftp://nowhere.test/")
                    : HTTPRequest(.post, server.url("echo"), body: body)
            }
            let outcomes = await client.transport(.loopback).perform(requests)
            for (index, outcome) in outcomes.enumerated() where index != 7 {
                #expect(try outcome.get().body == bodies[index])
            }
            #expect(throws: HTTPFailure.self) { try outcomes[7].get() }
            #expect(client.statistics.requests == 64)
            #expect(client.statistics.inFlight == 0)
        }
    }

    @Test func `no request is no work`() async throws {
        try await withClient { client async throws in
            #expect(await client.transport(.loopback).perform([]).isEmpty)
        }
    }
}
