import ArkaModel
import ArkaSystem
import Glibc

/// A listening socket on 127.0.0.1. Other machines reach it only through a tunnel or a proxy.
struct LoopbackListener {
    /// The socket; whoever takes the listener closes it.
    let socket: Int32
    /// The port it listens on.
    let port: UInt16

    /// Listens on the first free port from `port` on.
    /// - Parameters:
    ///   - port: The wanted port; 0 lets the system choose.
    ///   - tries: How many further ones are tried if it is taken.
    /// - Throws: ``SystemError``: `noFreePort`, `cannotListen`.
    static func open(_ port: UInt16, tries: Int) throws(SystemError) -> LoopbackListener {
        let last = port == 0 ? 0 : min(Int(port) + tries, Int(UInt16.max))
        for candidate in Int(port)...last {
            if let listener = try openOne(UInt16(candidate)) { return listener }
        }
        throw SystemError(
            .noFreePort, "admin server", "all ports from \(port) to \(last) are taken")
    }

    /// - Returns: `nil` if the port is taken.
    private static func openOne(_ port: UInt16) throws(SystemError) -> LoopbackListener? {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw refused(errno, port) }
        // A port whose last owner died a moment ago is free; one with a listener is not.
        var yes: Int32 = 1
        // SAFETY: `yes` is ours and as long as we say.
        setsockopt(
            descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout.size(ofValue: yes)))
        guard bindLoopback(descriptor, port), listen(descriptor, 64) == 0 else {
            let number = errno
            close(descriptor)
            if number == EADDRINUSE { return nil }
            throw refused(number, port)
        }
        return LoopbackListener(socket: descriptor, port: boundPort(descriptor))
    }

    private static func bindLoopback(_ descriptor: Int32, _ port: UInt16) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
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

    private static func refused(_ number: Int32, _ port: UInt16) -> SystemError {
        SystemError(
            .cannotListen, "admin server", "cannot listen on 127.0.0.1:\(port)",
            errorNumber: number)
    }
}
