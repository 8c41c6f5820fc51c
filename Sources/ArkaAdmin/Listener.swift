import ArkaModel
import ArkaSystem
import Glibc

/// A listening socket on one address of this machine.
struct Listener {
    /// The socket; whoever takes the listener closes it.
    let socket: Int32
    /// The port it listens on.
    let port: UInt16

    /// Whether other machines reach it only through a tunnel or a proxy.
    let isLoopback: Bool

    /// Listens on the first free port from `port` on.
    /// - Parameters:
    ///   - host: An IPv4 address.
    ///   - port: The wanted port; 0 lets the system choose.
    ///   - tries: How many further ones are tried if it is taken.
    /// - Throws: ``SystemError``: `noFreePort`, `cannotListen`.
    static func open(
        _ host: String, _ port: UInt16, tries: Int
    ) throws(SystemError) -> Listener {
        var address = in_addr()
        // SAFETY: the address is ours for the call.
        guard inet_pton(AF_INET, host, &address) == 1 else {
            throw SystemError(.cannotListen, "admin server", "'\(host)' is no IPv4 address")
        }
        let last = port == 0 ? 0 : min(Int(port) + tries, Int(UInt16.max))
        for candidate in Int(port)...last {
            if let listener = try openOne(host, address, UInt16(candidate)) { return listener }
        }
        throw SystemError(
            .noFreePort, "admin server", "all ports from \(port) to \(last) are taken")
    }

    /// - Returns: `nil` if the port is taken.
    private static func openOne(
        _ host: String, _ address: in_addr, _ port: UInt16
    ) throws(SystemError) -> Listener? {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw refused(errno, host, port) }
        // A port whose last owner died a moment ago is free; one with a listener is not.
        var yes: Int32 = 1
        // SAFETY: `yes` is ours and as long as we say.
        setsockopt(
            descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout.size(ofValue: yes)))
        guard bindSocket(descriptor, address, port), listen(descriptor, 64) == 0 else {
            let number = errno
            close(descriptor)
            if number == EADDRINUSE { return nil }
            throw refused(number, host, port)
        }
        return Listener(
            socket: descriptor, port: boundPort(descriptor), isLoopback: host.hasPrefix("127."))
    }

    private static func bindSocket(
        _ descriptor: Int32, _ host: in_addr, _ port: UInt16
    ) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = host
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            // SAFETY: every socket address may be read as `sockaddr`; the size tells which it is.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0
            }
        }
    }

    private static func boundPort(_ descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            // SAFETY: as above; the kernel writes at most `size` bytes.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = getsockname(descriptor, $0, &size)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func refused(
        _ number: Int32, _ host: String, _ port: UInt16
    ) -> SystemError {
        SystemError(
            .cannotListen, "admin server", "cannot listen on \(host):\(port)",
            errorNumber: number)
    }
}
