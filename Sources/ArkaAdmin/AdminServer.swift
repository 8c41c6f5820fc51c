public import ArkaModel
public import ArkaSystem
public import ArkaTelemetry
import CMicrohttpd
import Glibc
import Synchronization

/// The admin server: metrics and health, on the machine's own loopback address by default.
///
/// One thread serves all connections. Whatever clients do, the server keeps within its
/// ``AdminLimits``, and the engine never waits for it.
public final class AdminServer: Sendable {
    /// The port it listens on.
    public let port: UInt16
    private let time: any TimeSource
    private let thread: Thread
    private let stopRequested: WakeEvent
    private let deadline: Shared

    /// Carries the stop's deadline to the thread.
    private final class Shared: Sendable {
        let deadline = Mutex(Duration.zero)
    }

    /// Starts to listen.
    /// - Parameters:
    ///   - host: The IPv4 address to listen on. On loopback, requests that name a foreign host are
    ///     refused; on any other, a warning says that other machines can read the metrics.
    ///   - port: The wanted port; if it is taken, the next free one is used, and the log names it.
    ///     0 lets the system choose.
    ///   - routes: What answers which path, such as `/metrics`.
    ///   - log: Told the address.
    /// - Throws: ``SystemError``: `noFreePort`, `cannotListen`, `cannotServe`, `outOfResources`.
    public init(
        host: String = "127.0.0.1", port wanted: UInt16, routes: [String: AdminRoute],
        limits: AdminLimits = AdminLimits(),
        time: any TimeSource = SystemTime(), log: Logger
    ) throws(SystemError) {
        let stop = try WakeEvent()
        let shared = Shared()
        let listener = try Listener.open(host, wanted, tries: limits.portsTried)
        let ready = StartedDaemon(
            listener: listener.socket,
            loop: AdminLoop(
                routes: routes, limits: limits, isLoopback: listener.isLoopback, time: time),
            limits: limits)
        guard let ready else {
            close(listener.socket)
            throw SystemError(.cannotServe, "admin server", "libmicrohttpd did not start")
        }
        do throws(SystemError) {
            thread = try Thread("admin") {
                ready.serve(until: stop) { shared.deadline.withLock { $0 } }
            }
        } catch {
            ready.abandon()
            throw error
        }
        port = listener.port
        self.time = time
        stopRequested = stop
        deadline = shared
        Self.announce(listener, host, wanted: wanted, to: log)
    }

    private static func announce(
        _ listener: Listener, _ host: String, wanted: UInt16, to log: Logger
    ) {
        let address = LogValue.text("\(host):\(listener.port)")
        if wanted != 0, wanted != listener.port {
            log.warning("admin port is taken, using the next free one", [.address: address])
        } else {
            log.info("admin server listens", [.address: address])
        }
        if !listener.isLoopback {
            log.warning("admin server can be reached by other machines", [.address: address])
        }
    }

    /// Stops listening, lets answers under way go out, and ends the thread. Call it once.
    /// - Parameter grace: How long answers may take; connections still open then are cut.
    public func stop(within grace: Duration) {
        deadline.deadline.withLock { $0 = time.monotonic + grace }
        stopRequested.raise()
        thread.join()
    }
}

/// A daemon on its way to its thread.
private final class StartedDaemon: @unchecked Sendable {
    // SAFETY: made on one thread, handed to the server's thread, and used only there from then on;
    // the loop lives as long as this object, which `serve` keeps until the daemon has stopped.
    private let daemon: OpaquePointer
    private let loop: AdminLoop

    init?(listener: Int32, loop: AdminLoop, limits: AdminLimits) {
        guard let daemon = startDaemon(on: listener, for: loop, limits: limits) else { return nil }
        self.daemon = daemon
        self.loop = loop
    }

    /// Ends a daemon that got no thread; closes its sockets.
    func abandon() { MHD_stop_daemon(daemon) }

    func serve(until stop: WakeEvent, deadline: () -> Duration) {
        loop.serve(daemon, until: stop, deadline: deadline)
    }
}
