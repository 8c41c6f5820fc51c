import ArkaAdmin
import ArkaSystem
import Testing

@Suite(.timeLimit(.minutes(1))) struct AdminServerTests {
    @Test func `a route answers with its status, type and body, again and again on one connection`()
        throws
    {
        let server = try RunningServer()
        let client = server.client()
        for _ in 0..<3 {
            client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let answer = client.readAnswer()
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\narka_x_total 1\n"))
            #expect(answer.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
            #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
        }
        client.send("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n")
        let answer = client.readAnswer()
        #expect(answer.hasPrefix("HTTP/1.1 503 "))
        #expect(answer.hasSuffix("partition 3 stands still\n"))
    }

    @Test func `HEAD answers as GET does, without the body`() throws {
        let server = try RunningServer()
        let answer = server.answer(
            to: "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("Content-Length: 3\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
    }

    private static let host = "Host: localhost\r\n"
    private static let close = "Connection: close\r\n\r\n"

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\(host)\(close)", 404),
        ("GET /healthz/ HTTP/1.1\r\n\(host)\(close)", 404),
        ("GET /healthz%00x HTTP/1.1\r\n\(host)\(close)", 404),
        ("GET /%68ealthz HTTP/1.1\r\n\(host)\(close)", 404),
        ("GET /healthz?verbose=1 HTTP/1.1\r\n\(host)\(close)", 200),
        ("GET /healthz HTTP/1.0\r\n\r\n", 200),
        ("POST /healthz HTTP/1.1\r\n\(host)Content-Length: 0\r\n\(close)", 405),
        ("DELETE /healthz HTTP/1.1\r\n\(host)\(close)", 405),
        ("GET /healthz HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello", 400),
        ("POST /healthz HTTP/1.1\r\n\(host)Content-Length: 99999999\r\n\r\nx", 400),
        ("GET /healthz HTTP/1.1\r\n\(host)Content-Length: 0\r\nContent-Length: 0\r\n\r\n", 400),
        (
            "GET /healthz HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n"
                + "0\r\n\r\n", 400
        ),
        ("POST /x HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\(close)", 403),
        ("GET /healthz HTTP/1.1\r\nHost: localhost.evil.example\r\n\(close)", 403),
        ("GET /healthz HTTP/1.1\r\nHost: LOCALHOST:80\r\n\(close)", 200),
        ("GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\n\(host)\(close)", 414),
        (
            "GET /healthz HTTP/1.1\r\n\(host)X: \(String(repeating: "a", count: 40_000))\r\n\(close)",
            431
        ),
    ])
    func `only plain requests for known paths are answered`(request: String, status: Int) throws {
        let server = try RunningServer()
        let answer = server.answer(to: request)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\r\n\r\n", "GET /healthz HTTP/9.9\r\n\r\n",
    ])
    func `what is no request is never taken for one, and does not hurt the next`(bytes: String)
        throws
    {
        let server = try RunningServer()
        #expect(!server.answer(to: bytes).contains(" 200 "))
        let answer = server.answer(
            to: "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    @Test func `a taken port is passed over, and the log names the one that is used`() throws {
        let first = try RunningServer()
        let second = try RunningServer(port: first.server.port)
        #expect(second.server.port > first.server.port)
        #expect(second.log.text.contains("\"address\":\"127.0.0.1:\(second.server.port)\""))
        #expect(second.log.text.contains("\"level\":\"warning\""))
        #expect(first.log.text.contains("\"level\":\"info\""))
    }

    @Test func `a range of taken ports is an error that names it`() throws {
        let first = try RunningServer()
        var limits = AdminLimits()
        limits.portsTried = 0
        let error = #expect(throws: SystemError.self) {
            try RunningServer(port: first.server.port, limits: limits)
        }
        #expect(error?.code == .noFreePort)
        #expect(error?.reason.contains("\(first.server.port)") == true)
    }

    @Test func `an address for other machines is served under any name, with a warning`() throws {
        let server = try RunningServer(host: "0.0.0.0")
        #expect(server.log.text.contains("admin server can be reached by other machines"))
        let answer = server.answer(
            to: "GET /healthz HTTP/1.1\r\nHost: payments-7.example\r\n\(Self.close)")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test(arguments: ["localhost", "::1", "256.0.0.1", "", "203.0.113.7"])
    func `an address that is not one of this machine is refused`(host: String) {
        let error = #expect(throws: SystemError.self) { try RunningServer(host: host) }
        #expect(error?.code == .cannotListen)
    }
}
