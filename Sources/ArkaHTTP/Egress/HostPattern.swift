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
        guard address != nil ? !isSuffix : HostName.isValid(rest) else { return nil }
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

/// What a host name may be.
enum HostName {
    /// Letters, digits, hyphens and underscores between dots, as long as DNS allows.
    static func isValid(_ name: String) -> Bool {
        guard (1...253).contains(name.utf8.count) else { return false }
        return name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { (1...63).contains($0.count) && $0.allSatisfy(isNameByte) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
