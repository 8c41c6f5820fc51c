import ArkaSystem
import CCurl
import Foundation
import PactPlugins
import Testing

@testable import ArkaHTTP

/// Where requests may go: asked of the name, of its addresses, and of each connection.
@Suite(.timeLimit(.minutes(2))) struct EgressTests {
    @Test(
        arguments: [
            // Ways to write this machine and the metadata service.
            "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
            "http://0177.0.0.1/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest/meta-data/",
            "http://[::ffff:169.254.169.254]/", "http://[64:ff9b::a9fe:a9fe]/",
            "http://[2002:a9fe:a9fe::1]/", "http://[fe80::1]/", "http://[fd00:ec2::254]/",
            "http://127.0.0.1./", "http://%31%32%37.0.0.1/",
        ])
    func `by default guarded addresses are refused however they are written`(
        url: String
    ) async throws {
        try await withClient(lookup: SystemLookup()) { client async throws in
            let failure = try await failure(client, HTTPRequest(.get, url), EgressPolicy())
            #expect(failure.kind == .notAllowed, "\(url): \(failure)")
            #expect(!failure.mayHaveBeenSent)
        }
    }

    @Test(arguments: ["127.0.0.1", "169.254.169.254", "::1", "0.0.0.0", "100.100.100.200"])
    func `a name that resolves to a guarded address is refused`(address: String) async throws {
        let server = try FaultServer()
        let lookup = TableLookup(["innocent.test": [address]])
        try await withClient(lookup: lookup) { client async throws in
            let request = HTTPRequest(.get, server.url("ok", host: "innocent.test"))
            let failure = try await failure(client, request, EgressPolicy())
            #expect(failure.kind == .notAllowed)
            #expect(client.statistics.connectionsOpened == 0)
        }
    }

    @Test func `only allowed hosts and no denied port are called`() async throws {
        let server = try FaultServer()
        let patterns = ["service.test", "*.inner.test"].compactMap(HostPattern.init)
        let policy = EgressPolicy(allowedHosts: patterns, allowedRanges: [.loopbackIPv4])
        var strict = policy
        strict.deniedPorts = [server.port]
        try await withClient { client async throws in
            for host in ["service.test", "SERVICE.test", "service.test.", "a.b.inner.test"] {
                let request = HTTPRequest(.get, server.url("ok", host: host))
                #expect(try await client.transport(policy).perform(request).status == 200)
                let failure = try await failure(client, request, strict)
                #expect(failure.kind == .notAllowed)
            }
            for host in ["inner.test", "xservice.test", "service.test.evil.test", "127.0.0.1"] {
                let request = HTTPRequest(.get, server.url("ok", host: host))
                #expect(try await failure(client, request, policy).kind == .notAllowed)
            }
            #expect(try await server.log(client).count == 4)
        }
    }

    @Test func `a redirect is the answer unless the settings follow it`() async throws {
        let server = try FaultServer()
        try await withClient { client async throws in
            let target = server.url("ok", host: "other.test")
            let response = try await client.transport(.loopback).perform(
                HTTPRequest(.get, server.url("redirect/" + target)))
            #expect(response.status == 302)
            #expect(response.headers.contains(.init("Location", target)))
            #expect(try await server.log(client).count == 1)
        }
    }

    @Test func `each hop of a redirect is checked like a request`() async throws {
        let server = try FaultServer()
        let lookup = TableLookup(["rebound.test": ["169.254.169.254"]])
        var policy = EgressPolicy.loopback
        policy.allowedHosts = ["service.test", "rebound.test", "169.254.169.254"]
            .compactMap(HostPattern.init)
        let settings = HTTPClientSettings(redirectsMax: 2)
        try await withClient(settings, lookup: lookup) { client async throws in
            let denied = [
                server.url("ok", host: "other.test"), "http://169.254.169.254/",
                "http://127.0.0.1/",
                "http://rebound.test/", "http://user:pass@service.test/", "file:///etc/passwd",
                // Two hops, of which the second is the denied one.
                server.url(
                    "redirect/" + server.url("ok", host: "other.test"), host: "service.test"),
            ]
            for target in denied {
                let request = HTTPRequest(
                    .get, server.url("redirect/" + target, host: "service.test"))
                let failure = try await failure(client, request, policy)
                #expect([.notAllowed, .malformed].contains(failure.kind), "\(target)")
                #expect(failure.mayHaveBeenSent)
            }
            let log = try await server.log(client)
            #expect(log.allSatisfy { $0.contains("/redirect/") })
        }
    }

    @Test func `a followed redirect takes no keys to another host, and ends at its limit`()
        async throws
    {
        let server = try FaultServer()
        try await withClient(HTTPClientSettings(redirectsMax: 1)) { client async throws in
            let transport = client.transport(.loopback)
            func get(_ target: String) async throws -> HTTPResponse {
                try await transport.perform(
                    HTTPRequest(
                        .get, server.url("redirect/" + target),
                        headers: [.init("Authorization", "Bearer s3cret"), .init("Accept", "a/b")]))
            }
            let same = try await get(server.url("headers"))
            #expect(same.text.contains("s3cret") && same.text.contains("a/b"))
            let other = try await get(server.url("headers", host: "other.test"))
            #expect(!other.text.contains("s3cret") && other.text.contains("a/b"))
            #expect(other.text.contains("Host: other.test"))
            let twice = try await get(server.url("redirect/" + server.url("ok")))
            #expect(twice.status == 302)
            let posted = try await transport.perform(
                HTTPRequest(.post, server.url("redirect/" + server.url("ok"))))
            #expect(posted.status == 302)
        }
    }

    /// Trap 6: a kept-alive connection is used again although the name leads elsewhere now, and so is a
    /// connection that another caller opened under another policy.
    @Test func `a kept-alive connection to a refused address is not used`() async throws {
        let server = try FaultServer(host: "0.0.0.0")
        let lookup = TableLookup(["moving.test": ["127.0.0.1"]])
        let settings = HTTPClientSettings(addressTTL: .zero, addressStaleTTL: .zero)
        let second = EgressPolicy(allowedRanges: ["127.0.0.2/32"].compactMap(AddressRange.init))
        try await withClient(settings, lookup: lookup) { client async throws in
            let request = HTTPRequest(.post, server.url("ok", host: "moving.test"))
            _ = try await client.transport(.loopback).perform(request)
            // The name still leads to the refused address: nothing goes out.
            #expect(try await failure(client, request, second).kind == .notAllowed)
            lookup.set("moving.test", ["127.0.0.2"])
            #expect(try await client.transport(second).perform(request).status == 200)
            #expect(client.statistics.connectionsOpened == 2)
            #expect(try await server.log(client) == ["1 POST /ok 0", "2 POST /ok 0"])
        }
    }

    /// Trap 6: the last gate before a connection, whatever libcurl was told or remembers.
    @Test(
        arguments: [
            ("127.0.0.1", true), ("127.0.0.2", false), ("169.254.169.254", false),
            ("10.0.0.1", false),
        ])
    func `no socket is opened to a refused address`(address: String, isAllowed: Bool) throws {
        let transfer = try sampleTransfer("127.0.0.1/32")
        var target = curl_sockaddr()
        target.family = AF_INET
        target.socktype = Int32(SOCK_STREAM.rawValue)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, address, &place.sin_addr)
        target.addr = unsafeBitCast(place, to: sockaddr.self)
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        let socket = openSocket(context, CURLSOCKTYPE_IPCXN, &target)
        #expect((socket >= 0) == isAllowed)
        if socket >= 0 { close(socket) }
        #expect(transfer.wasRefusedOnConnect == !isAllowed)
        #expect(beforeRequest(context, strdup(address), nil, 80, 0) == (isAllowed ? 0 : 1))
        #expect(transfer.mayHaveBeenSent == isAllowed)
    }

    private func sampleTransfer(_ range: String) throws -> Transfer {
        let policy = EgressPolicy(allowedRanges: [try #require(AddressRange(range))])
        let batch = RequestBatch(count: 1, policy: policy) { _, _ in }
        let checked = try CheckedRequest(HTTPRequest(.get, "http://a.test/"), under: policy)
        return Transfer(
            Submission(id: 1, request: checked, batch: batch, index: 0, start: .zero),
            deadline: .seconds(1), limits: HTTPClientSettings())
    }

    /// Trap 5.
    @Test(arguments: ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"])
    func `proxies of the environment are ignored`(variable: String) throws {
        let server = try FaultServer()
        let directory = try TemporaryDirectory()
        let output = try ChildOutput(path: directory.file("output"))
        let program = Bundle.main.bundleURL.appendingPathComponent("HTTPFixture").path
        // Nobody listens there: a request that went to it would fail.
        let child = try Child(
            program, [server.url("ok")], environment: [variable: "http://127.0.0.1:1"],
            outputs: (output.descriptor, 2))
        #expect(child.wait()?.exitCode == 0)
        let printed = try output.bytes(limit: 100)
        #expect(String(decoding: printed, as: UTF8.self) == "200\n")
    }
}
