import Foundation
import Testing

/// A TCP connection to loopback that sends and reads exactly what a test says.
final class RawClient {
    private let descriptor: Int32

    init(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close(descriptor) }

    /// - Returns: False if the server has gone away.
    @discardableResult func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            == bytes.count
    }

    /// Waits until there is something to read, or the server has closed.
    func isReadable(within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }

    /// Some bytes; empty at the end. Nothing for ten seconds is a failure of the test.
    func readSome() -> [UInt8] {
        guard isReadable(within: 10_000) else {
            Issue.record("the server neither answers nor closes")
            return []
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return Array(buffer[..<max(0, count)])
    }

    /// Everything until the server closes.
    func readAll() -> String {
        var bytes: [UInt8] = []
        while true {
            let more = readSome()
            if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += more
        }
    }

    /// One answer with a Content-Length, leaving the connection open.
    func readAnswer() -> String {
        var text = ""
        while true {
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound]
                let length = head.components(separatedBy: "Content-Length: ").last?.prefix {
                    $0.isNumber
                }
                let body = text[end.upperBound...].utf8.count
                if body >= Int(length ?? "0") ?? 0 { return text }
            }
            let more = readSome()
            if more.isEmpty { return text }
            text += String(decoding: more, as: UTF8.self)
        }
    }
}
