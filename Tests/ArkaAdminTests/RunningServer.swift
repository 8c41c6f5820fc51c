import ArkaAdmin
import ArkaSystem
import ArkaTelemetry
import Synchronization

/// An admin server with a few routes, stopped when the test lets go of it.
final class RunningServer {
    static let largeBody = String(repeating: "x", count: 20_000_000)
    let server: AdminServer
    let log: CapturedLog
    private var isStopped = false

    init(host: String = "127.0.0.1", port: UInt16 = 0, limits: AdminLimits = AdminLimits()) throws {
        log = CapturedLog()
        let sink = try LogSink(to: log, format: .json)
        defer { sink.close() }
        server = try AdminServer(
            host: host, port: port,
            routes: [
                "/healthz": { AdminResponse(200, "ok\n") },
                "/readyz": { AdminResponse(503, "partition 3 stands still\n") },
                "/metrics": { .metrics("arka_x_total 1\n") },
                "/large": { AdminResponse(200, Self.largeBody) },
            ], limits: limits, log: Logger(sink))
    }

    deinit { if !isStopped { server.stop(within: .zero) } }

    func stop(within grace: Duration) {
        isStopped = true
        server.stop(within: grace)
    }

    /// The test stops the server itself.
    func forget() { isStopped = true }

    func client() -> RawClient { RawClient(port: server.port) }

    /// Sends one request and reads everything until the server closes.
    func answer(to request: String) -> String {
        let client = client()
        client.send(request)
        return client.readAll()
    }
}

final class CapturedLog: LogOutput {
    private let written = Mutex<[UInt8]>([])
    var text: String { String(decoding: written.withLock { $0 }, as: UTF8.self) }

    func write(_ lines: [UInt8]) -> Bool {
        written.withLock { $0 += lines }
        return true
    }
}
