import ArkaHTTP
import ArkaSystem
import Foundation
import PactPlugins
import Testing

/// A running `fault_server.py`, ended with the test.
final class FaultServer: @unchecked Sendable {
    // SAFETY: the child is used only where the server is made and where it ends.
    let port: UInt16
    private let child: Child

    init(host: String = "127.0.0.1", tls: (certificate: String, key: String)? = nil) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Servers/fault_server.py").path
        let output = Pipe()
        let security = tls.map { ["--tls", $0.certificate, $0.key] } ?? []
        child = try Child(
            "python3", [script, "--host", host] + security,
            outputs: (output.fileHandleForWriting.fileDescriptor, 2))
        try output.fileHandleForWriting.close()
        var line = ""
        while !line.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += String(decoding: more, as: UTF8.self)
        }
        port = try #require(UInt16(line.dropLast()), "the server did not start: \(line)")
    }

    deinit {
        child.signal(SIGKILL)
        _ = child.wait()
    }

    func url(_ path: String, host: String = "127.0.0.1", scheme: String = "http") -> String {
        "\(scheme)://\(host):\(port)/\(path)"
    }

    /// What came in so far, as `connection method path length`.
    func log(_ client: HTTPClient, scheme: String = "http") async throws -> [String] {
        let request = HTTPRequest(.get, url("log", host: "observer.test", scheme: scheme))
        let response = try await client.transport(.loopback).perform(request)
        return response.text.split(separator: "\n").map(String.init).filter {
            !$0.contains(" /log ")
        }
    }

    /// Asks until the log has a request for a path.
    func waitForRequest(_ path: String, _ client: HTTPClient) async throws {
        while try await !log(client).contains(where: { $0.contains(" /\(path) ") }) {}
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
