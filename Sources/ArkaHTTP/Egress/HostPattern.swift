import ArkaModel

/// Host names that may be called: one, or all below a domain.
public struct HostPattern: Sendable, Hashable, CustomStringConvertible {
    private let name: String
    private let isSuffix: Bool

    /// Reads `api.example.com`, `*.example.com` (every name below it, at any depth, not itself), or the
    /// address of a machine.
    /// - Returns: `nil` for anything else, such as a star elsewhere or a port.
    public init?(_ text: String) {
        isSuffix = text.hasPrefix("*.")
        let rest = (isSuffix ? String(text.dropFirst(2)) : text).lowercased()
        let address = IPAddress(rest)
        // In the form in which hosts are compared: `2001:DB8:0::1` is `2001:db8::1`.
        name = address?.description ?? rest
        guard address != nil ? !isSuffix : isHostName(rest) else { return nil }
    }

    /// Whether a host is one of them.
    /// - Parameter host: In lower case, an IPv6 address without brackets.
    func matches(_ host: String) -> Bool {
        guard isSuffix else { return host == name }
        // An address has no domain: `*.0.0.1` would otherwise match `127.0.0.1`.
        return host.utf8.count > name.utf8.count + 1 && host.hasSuffix("." + name)
            && IPAddress(host) == nil
    }

    /// As it is written.
    public var description: String { isSuffix ? "*." + name : name }
}
