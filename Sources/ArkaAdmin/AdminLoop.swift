import ArkaModel
import ArkaSystem
import CMicrohttpd
import Glibc

/// Everything that happens on the server's thread: libmicrohttpd's callbacks and the clocks.
///
/// libmicrohttpd runs without a thread of its own: its callbacks come from ``serve(until:)``, so
/// nothing here needs a lock.
final class AdminLoop {
    private let routes: [String: AdminRoute]
    private let isLoopback: Bool
    private let time: any TimeSource
    private var clocks: ConnectionClocks

    init(
        routes: [String: AdminRoute], limits: AdminLimits, isLoopback: Bool, time: any TimeSource
    ) {
        self.routes = routes
        self.isLoopback = isLoopback
        self.time = time
        clocks = ConnectionClocks(head: limits.head, answer: limits.answer)
    }

    /// Serves until `stop` is raised, then lets answers under way go out.
    /// - Parameter deadline: Asked once `stop` is raised: the monotonic time at which to give up.
    func serve(_ daemon: OpaquePointer, until stop: WakeEvent, deadline: () -> Duration) {
        let epoll = arka_mhd_epoll_descriptor(daemon)
        while !stop.isRaised(orReadable: epoll, atMost: patience(of: daemon)) { step(daemon) }
        // Nobody new; MHD hands the listening socket back to be closed.
        let listener = MHD_quiesce_daemon(daemon)
        let end = deadline()
        while !clocks.answering.isEmpty, time.monotonic < end {
            waitForBytes(epoll)
            step(daemon)
        }
        MHD_stop_daemon(daemon)
        if listener >= 0 { close(listener) }
    }

    /// The stop event stays raised, so it cannot be waited for any more.
    private func waitForBytes(_ epoll: Int32) {
        var entry = pollfd(fd: epoll, events: Int16(POLLIN), revents: 0)
        // SAFETY: the entry is ours for the call.
        poll(&entry, 1, 10)
    }

    private func step(_ daemon: OpaquePointer) {
        MHD_run(daemon)
        for socket in clocks.overdue(at: time.monotonic) {
            // MHD sees the end of the stream and closes the socket itself.
            shutdown(socket, Int32(SHUT_RDWR))
            clocks.closed(socket)
        }
    }

    /// How long nothing will happen by itself; at most a second, for the clocks.
    private func patience(of daemon: OpaquePointer) -> Duration {
        var milliseconds: UInt64 = 0
        // SAFETY: the number is ours for the call.
        guard MHD_get_timeout(daemon, &milliseconds) == .YES else { return .seconds(1) }
        return min(.seconds(1), .milliseconds(Int64(clamping: milliseconds)))
    }

    func opened(_ connection: OpaquePointer) {
        clocks.opened(arka_mhd_socket(connection), at: time.monotonic)
    }

    func closed(_ connection: OpaquePointer) { clocks.closed(arka_mhd_socket(connection)) }

    func completed(_ connection: OpaquePointer) {
        clocks.completed(arka_mhd_socket(connection), at: time.monotonic)
    }

    /// Looks at a request whose head is complete, and refuses it or lets it go on.
    func receive(_ connection: OpaquePointer, _ method: String, _ path: String) -> MHD_Result {
        clocks.headArrived(arka_mhd_socket(connection), at: time.monotonic)
        let request = AdminRequest(connection, method: method, path: path)
        guard let refusal = request.refusal(onLoopback: isLoopback) else { return .YES }
        return reply(connection, refusal, closing: true)
    }

    /// Answers a request that was let through.
    func answer(_ connection: OpaquePointer, _ path: String) -> MHD_Result {
        guard let route = routes[path] else {
            let known = routes.keys.sorted().joined(separator: " ")
            return reply(connection, AdminResponse(404, "not found; there is: \(known)\n"))
        }
        return reply(connection, route())
    }

    private func reply(
        _ connection: OpaquePointer, _ answer: AdminResponse, closing: Bool = false
    ) -> MHD_Result {
        let response = answer.body.withUnsafeBytes { bytes in
            // SAFETY: MHD copies the bytes during the call (MUST_COPY) and does not change them.
            MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                .RESPMEM_MUST_COPY)
        }
        guard let response else { return .NO }
        // SAFETY: queueing takes a reference of its own; this gives up ours.
        defer { MHD_destroy_response(response) }
        MHD_add_response_header(response, "Content-Type", answer.contentType)
        MHD_add_response_header(response, "Cache-Control", "no-store")
        MHD_add_response_header(response, "X-Content-Type-Options", "nosniff")
        if answer.status == 405 { MHD_add_response_header(response, "Allow", "GET, HEAD") }
        if closing { MHD_add_response_header(response, "Connection", "close") }
        return MHD_queue_response(connection, UInt32(answer.status), response)
    }
}
