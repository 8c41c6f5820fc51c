import Foundation
import Testing

/// A small HTTP server on loopback that keeps connections alive: it answers every request alike, or
/// none at all.
final class LoopbackServer: Sendable {
    let port: UInt16
    /// One element for each request that arrived whole.
    let received: AsyncStream<Void>
    /// One element for each connection whose client has left.
    let closed: AsyncStream<Void>
    private let listener: Int32
    private let counter = Noted<Void>()

    /// Starts it.
    /// - Parameter answer: The body of each answer, as JSON; `nil` to let requests hang.
    init(answer: String?) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        port = try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try #require(bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0)
                try #require(getsockname(descriptor, $0, &size) == 0)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
        let (closed, leaving) = AsyncStream.makeStream(of: Void.self)
        self.closed = closed
        let (received, receiving) = AsyncStream.makeStream(of: Void.self)
        self.received = received
        let counter = counter
        Foundation.Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                Foundation.Thread.detachNewThread {
                    Self.serve(connection, answer) {
                        counter.add(())
                        receiving.yield()
                    }
                    leaving.yield()
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// Requests that arrived whole.
    var requests: Int { counter.count }

    /// Answers the requests of one connection, which have no body, until the client leaves.
    private static func serve(_ connection: Int32, _ answer: String?, _ count: () -> Void) {
        defer { close(connection) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let size = read(connection, &buffer, buffer.count)
            guard size > 0 else { return }
            received += buffer[..<size]
            guard received.suffix(4).elementsEqual("\r\n\r\n".utf8) else { continue }
            received.removeAll()
            count()
            guard let answer else { continue }
            let response =
                "HTTP/1.1 200 OK\r\nContent-Length: \(answer.utf8.count)\r\n\r\n\(answer)"
            _ = send(connection, response, response.utf8.count, Int32(MSG_NOSIGNAL))
        }
    }
}
