/// Where requests may go.
///
/// It is asked three times: for the name before anything happens, for the addresses that the name
/// resolved to, and for the address of the connection itself, a kept-alive one included. So a name that
/// suddenly resolves to an inner address, or a connection that somebody else opened, opens no way.
public struct EgressPolicy: Sendable, Hashable {
    /// Hosts that may be called; `nil` for all.
    public var allowedHosts: [HostPattern]?
    /// Ports that may not.
    public var deniedPorts: Set<UInt16>
    /// Addresses that may be reached.
    ///
    /// Those that ``guardedRanges`` name are reached only if a range here lies wholly within the guarded
    /// one: naming everything opens neither this machine nor the cloud's credentials, naming them does.
    public var allowedRanges: [AddressRange]

    /// Makes a policy; without arguments, everything but the guarded addresses.
    public init(
        allowedHosts: [HostPattern]? = nil, deniedPorts: Set<UInt16> = [],
        allowedRanges: [AddressRange] = [.everyIPv4, .everyIPv6]
    ) {
        self.allowedHosts = allowedHosts
        self.deniedPorts = deniedPorts
        self.allowedRanges = allowedRanges
    }

    /// Addresses where no outside service is, and where calling by mistake does harm.
    public static let guardedRanges: [AddressRange] = [
        // This machine and this network.
        "127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128",
        // Link-local: instance metadata, with the credentials of the machine.
        "169.254.0.0/16", "fe80::/10",
        // Metadata services at other addresses: EC2 over IPv6, Alibaba, Azure.
        "fd00:ec2::254/128", "100.100.100.200/32", "168.63.129.16/32",
        // NAT64 of this network: an IPv4 address lies in there, where is the network's own affair.
        "64:ff9b:1::/48",
        // Multicast, reserved and broadcast.
        "224.0.0.0/3", "ff00::/8",
    ].compactMap(AddressRange.init)

    /// Why a host and port may not be called; `nil` if they may, as far as the name tells.
    /// - Parameter host: In lower case, an IPv6 address without brackets.
    func refusal(host: String, port: UInt16) -> String? {
        if deniedPorts.contains(port) { return "the port is denied" }
        if let allowedHosts, !allowedHosts.contains(where: { $0.matches(host) }) {
            return "the host is not among the allowed ones; name it in `hosts` of the plugin"
        }
        if let address = IPAddress(host), !allows(address) {
            return "the address is not among the allowed ones; name it in `hosts` of the plugin"
        }
        return nil
    }

    /// Whether an address may be reached.
    func allows(_ address: IPAddress) -> Bool {
        // What a gateway turns into an IPv4 address must be allowed as that, too.
        if let embedded = address.embeddedIPv4, !allowsAsWritten(embedded) { return false }
        return allowsAsWritten(address)
    }

    private func allowsAsWritten(_ address: IPAddress) -> Bool {
        let guards = Self.guardedRanges.filter { $0.contains(address) }
        return allowedRanges.contains { range in
            range.contains(address) && guards.allSatisfy { $0.contains(range) }
        }
    }
}
