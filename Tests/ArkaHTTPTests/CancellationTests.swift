import ArkaHTTP
import PactPlugins
import Testing

/// Requests that nobody waits for any more, and clients that are not running.
@Suite(.timeLimit(.minutes(2))) struct CancellationTests {
    @Test func `cancelling a task ends its requests and nobody else's`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let transport = client.transport(.loopback)
            let other = Task {
                await transport.perform([HTTPRequest(.get, server.url("hold"))])
            }
            let hung = Task {
                await transport.perform([
                    HTTPRequest(.get, server.url("never")), HTTPRequest(.get, server.url("ok")),
                ])
            }
            try await server.waitForRequest("never", client)
            try await server.waitForRequest("ok", client)
            hung.cancel()
            let outcomes = await hung.value
            let failure = try #require(outcomes[0].failure)
            #expect(failure.kind == .cancelled)
            #expect(failure.mayHaveBeenSent)
            _ = try await transport.perform(HTTPRequest(.get, server.url("release/1")))
            #expect(try await other.value[0].get().text == "held")
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await client.transport(.loopback).perform([
                    HTTPRequest(.get, server.url("never"))
                ])
            }
            task.cancel()
            let failure = try #require(await task.value[0].failure)
            #expect(failure.kind == .cancelled)
            #expect(!failure.mayHaveBeenSent)
            #expect(try await server.log(client).isEmpty)
        }
    }

    @Test func `one that waits in the line or for its name can be cancelled too`() async throws {
        let server = try FaultServer()
        let lookup = try HangingLookup()
        defer { lookup.release() }
        let settings = HTTPClientSettings(requestsPerHostMax: 1)
        try await withClient(settings, lookup: lookup) { client async throws in
            let task = Task {
                await client.transport(.loopback).perform([
                    HTTPRequest(.get, server.url("never")), HTTPRequest(.get, server.url("ok")),
                    HTTPRequest(.get, server.url("ok", host: "hung.test")),
                ])
            }
            try await server.waitForRequest("never", client)
            task.cancel()
            let failures = await task.value.compactMap(\.failure)
            #expect(failures.map(\.kind) == [.cancelled, .cancelled, .cancelled])
            #expect(failures.map(\.mayHaveBeenSent) == [true, false, false])
            // The place at the host is free again.
            let next = try await client.transport(.loopback).perform(
                HTTPRequest(.get, server.url("ok")))
            #expect(next.status == 200)
        }
    }

    @Test func `shutting down at once ends what is out and refuses what comes`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let task = Task {
                await client.transport(.loopback).perform([HTTPRequest(.get, server.url("never"))])
            }
            try await server.waitForRequest("never", client)
            await client.shutdown(deadline: .zero)
            #expect(await task.value[0].failure?.kind == .cancelled)
            let late = try await failure(client, HTTPRequest(.get, server.url("ok")))
            #expect(late.kind == .cancelled)
            #expect(!late.mayHaveBeenSent)
        }
    }

    @Test func `shutting down lets what is out end within the deadline`() async throws {
        let server = try FaultServer()
        try await withClient { observer in
            try await withClient { client async throws in
                let task = Task {
                    await client.transport(.loopback).perform([
                        HTTPRequest(.get, server.url("hold"))
                    ])
                }
                try await server.waitForRequest("hold", observer)
                async let end: Void = client.shutdown(deadline: .seconds(600))
                _ = try await observer.transport(.loopback).perform(
                    HTTPRequest(.get, server.url("release/1")))
                await end
                #expect(try await task.value[0].get().text == "held")
            }
        }
    }

    @Test func `a client that was not started refuses everything`() async throws {
        let client = HTTPClient(lookup: TableLookup())
        let request = HTTPRequest(.get, "http://127.0.0.1:9/")
        #expect(try await failure(client, request).kind == .cancelled)
        await client.shutdown(deadline: .zero)
    }

    @Test func `a hung lookup does not hold up the end`() async throws {
        let lookup = try HangingLookup()
        defer { lookup.release() }
        let client = HTTPClient(lookup: lookup)
        try client.start()
        let task = Task {
            await client.transport(.loopback).perform([HTTPRequest(.get, "http://hung.test/")])
        }
        while client.statistics.inFlight == 0 { await Task.yield() }
        await client.shutdown(deadline: .zero)
        #expect(await task.value[0].failure?.kind == .cancelled)
    }
}

extension Result where Failure == HTTPFailure {
    var failure: HTTPFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
