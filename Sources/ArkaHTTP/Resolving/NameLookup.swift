// Both, since libcurl's header brings the socket types along, and which module they belong to depends on
// which one the compiler loads first.
import CCurl
import Glibc

/// Finds the addresses of names; tests give one that answers from a table.
public protocol NameLookup: Sendable {
    /// Looks a name up; may block for as long as it takes, on a thread that is there for it.
    /// - Returns: Its addresses in the order in which to try them; empty if it has none, or the lookup
    ///   failed.
    func addresses(of name: String) -> [IPAddress]
}

/// The system's resolver: `/etc/hosts`, DNS, and whatever else the machine is set up for.
public struct SystemLookup: NameLookup {
    /// Makes one; all are equal.
    public init() {}

    /// Asks the system.
    public func addresses(of name: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        // No IPv6 addresses where the machine has no IPv6.
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        // SAFETY: the system allocates the list; it is read below and then given back.
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [IPAddress] = []
        var next = list
        while let entry = next?.pointee {
            // SAFETY: `ai_addr` points to the structure of its family.
            if let pointer = entry.ai_addr,
                let address = IPAddress(socketAddress: pointer, family: entry.ai_family),
                !found.contains(address)
            {
                found.append(address)
            }
            next = entry.ai_next
        }
        return found
    }
}
