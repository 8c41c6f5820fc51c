import ArkaHTTP
import PactPlugins
import Testing

/// The limit of requests to one host, and lookups that hang.
@Suite(.timeLimit(.minutes(2))) struct LineTests {
    @Test
    func `beyond the limit requests wait in their order, and beyond the line they are refused`()
        async throws
    {
        let server = try FaultServer()
        let settings = HTTPClientSettings(requestsPerHostMax: 1, waitingPerHostMax: 2)
        try await withClient(settings) { client async throws in
            let told = Collected<Int>()
            let requests = ["hold", "a", "b", "c"].map { HTTPRequest(.get, server.url($0)) }
            let outcomes = Collected<(Int, Result<HTTPResponse, HTTPFailure>)>()
            async let all: Void = client.transport(.loopback).perform(requests) { index, outcome in
                told.add(index)
                outcomes.add((index, outcome))
            }
            let release = HTTPRequest(.get, server.url("release/1", host: "other.test"))
            _ = try await client.transport(.loopback).perform(release)
            await all
            #expect(told.all == [3, 0, 1, 2])
            let refused = try #require(outcomes.all[0].1.failure)
            #expect(refused.kind == .busy)
            #expect(!refused.mayHaveBeenSent)
            let paths = try await server.log(client).map { $0.split(separator: " ")[2] }
            #expect(paths.filter { $0 != "/release/1" } == ["/hold", "/a", "/b"])
        }
    }

    @Test func `the time in the line counts`() async throws {
        let server = try FaultServer()
        try await withClient(HTTPClientSettings(requestsPerHostMax: 1)) { client async throws in
            let held = Task {
                await client.transport(.loopback).perform([HTTPRequest(.get, server.url("hold"))])
            }
            try await server.waitForRequest("hold", client)
            let request = HTTPRequest(.get, server.url("ok"), timeout: .milliseconds(100))
            let failure = try await failure(client, request)
            #expect(failure.kind == .timedOut)
            #expect(!failure.mayHaveBeenSent)
            let release = HTTPRequest(.get, server.url("release/1", host: "other.test"))
            _ = try await client.transport(.loopback).perform(release)
            #expect(await held.value[0].failure == nil)
            #expect(try await !server.log(client).contains { $0.contains("/ok") })
        }
    }

    /// Trap 2: lookups of libcurl's own would stop the event thread at the first time-out.
    @Test func `hung lookups delay no other host`() async throws {
        let server = try FaultServer()
        let lookup = try HangingLookup()
        defer { lookup.release() }
        try await withClient(HTTPClientSettings(lookupThreads: 4), lookup: lookup) {
            client async throws in
            // Three names, eight requests for each: one thread for a name, and one is left.
            let hung = (0..<24).map {
                HTTPRequest(
                    .get, server.url("ok", host: "hung-\($0 % 3).test"), timeout: .milliseconds(200)
                )
            }
            async let outcomes = client.transport(.loopback).perform(hung)
            let healthy = try await client.transport(.loopback).perform(
                HTTPRequest(.get, server.url("ok", host: "healthy.test"), timeout: .seconds(600)))
            #expect(healthy.status == 200)
            let failures = await outcomes.compactMap(\.failure)
            #expect(failures.count == 24)
            #expect(failures.allSatisfy { $0.kind == .timedOut && !$0.mayHaveBeenSent })
            // The thread goes on after the time-outs, and a known name needs no lookup.
            let again = try await client.transport(.loopback).perform(
                HTTPRequest(.get, server.url("ok", host: "healthy.test"), timeout: .seconds(600)))
            #expect(again.status == 200)
        }
    }

    @Test func `a name is looked up once for all who ask at the same time`() async throws {
        let server = try FaultServer()
        let lookup = TableLookup()
        try await withClient(lookup: lookup) { client async throws in
            let requests = (0..<100).map { _ in
                HTTPRequest(.get, server.url("ok", host: "service.test"))
            }
            let outcomes = await client.transport(.loopback).perform(requests)
            #expect(outcomes.allSatisfy { $0.failure == nil })
            #expect(lookup.names == ["service.test"])
        }
    }

    @Test func `an answer that lives for no time at all still serves those who waited for it`()
        async throws
    {
        let server = try FaultServer()
        let settings = HTTPClientSettings(addressTTL: .zero, addressStaleTTL: .zero)
        let lookup = TableLookup()
        try await withClient(settings, lookup: lookup) { client async throws in
            for _ in 0..<2 {
                let request = HTTPRequest(.get, server.url("ok", host: "service.test"))
                _ = try await client.transport(.loopback).perform(request)
            }
            #expect(lookup.names == ["service.test", "service.test"])
        }
    }

    @Test func `the first address that answers is taken`() async throws {
        let server = try FaultServer()
        // The second has nobody listening; ::1 is no address of the server either.
        let lookup = TableLookup(["many.test": ["127.0.0.9", "::1", "127.0.0.1"]])
        try await withClient(lookup: lookup) { client async throws in
            let request = HTTPRequest(.get, server.url("ok", host: "many.test"))
            #expect(try await client.transport(.loopback).perform(request).status == 200)
        }
    }
}
