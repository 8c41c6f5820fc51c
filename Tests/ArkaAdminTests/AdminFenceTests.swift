import ArkaAdmin
import ArkaSystem
import Foundation
import Testing

/// Clients that do not behave. Each test ends by a deadline of the server, not by waiting.
@Suite(.timeLimit(.minutes(1))) struct AdminFenceTests {
    private static let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test func `a silent connection is closed`() throws {
        let server = try RunningServer(limits: limits(head: .milliseconds(100)))
        let client = server.client()
        #expect(client.isReadable(within: 10_000))
        #expect(client.readSome().isEmpty)
    }

    @Test func `a head that drips is cut off, although bytes keep coming`() throws {
        let server = try RunningServer(limits: limits(head: .milliseconds(300)))
        let client = server.client()
        var count = 0
        while !client.isReadable(within: 20), count < 1000, client.send("G") { count += 1 }
        #expect(count > 2 && count < 1000)
        #expect(server.answer(to: Self.request).hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    @Test
    func `a client that does not take its answer is cut off, and others are served meanwhile`()
        throws
    {
        let server = try RunningServer(limits: limits(answer: .milliseconds(300)))
        let stuck = server.client()
        stuck.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(stuck.isReadable(within: 10_000))
        let other = server.client()
        other.send(Self.request)
        #expect(other.readAnswer().hasSuffix("ok\n"))
        // A kept connection is closed by the head's deadline, long after the stuck one.
        #expect(other.readAll().isEmpty)
        #expect(stuck.readAll().utf8.count < RunningServer.largeBody.utf8.count)
    }

    @Test func `connections beyond the limit wait until another one ends`() throws {
        var limits = limits(head: .seconds(60))
        limits.connections = 3
        let server = try RunningServer(limits: limits)
        var clients = (0..<3).map { _ in server.client() }
        for client in clients {
            client.send(Self.request)
            #expect(client.readAnswer().hasSuffix("ok\n"))
        }
        let fourth = server.client()
        fourth.send(Self.request)
        #expect(!fourth.isReadable(within: 200))
        clients.removeFirst()
        #expect(fourth.readAnswer().hasSuffix("ok\n"))
    }

    @Test func `an answer under way is finished before the server stops`() throws {
        let server = try RunningServer()
        let client = server.client()
        client.send("GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        var received = client.readSome().count
        let stopping = try Thread("stop") { [server = server.server] in
            server.stop(within: .seconds(60))
        }
        received += client.readAll().utf8.count
        stopping.join()
        server.forget()
        #expect(received > RunningServer.largeBody.utf8.count)
    }

    @Test func `a stop does not wait longer than it may, and frees the port`() throws {
        let server = try RunningServer()
        let stuck = server.client()
        stuck.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(stuck.isReadable(within: 10_000))
        let idle = server.client()
        server.stop(within: .milliseconds(50))
        #expect(idle.readAll().isEmpty)
        let next = try RunningServer(port: server.server.port)
        #expect(next.server.port == server.server.port)
    }

    private func limits(
        head: Duration = .seconds(3), answer: Duration = .seconds(30)
    ) -> AdminLimits {
        var limits = AdminLimits()
        limits.head = head
        limits.answer = answer
        return limits
    }
}
