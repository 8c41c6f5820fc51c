/// Addresses that begin with the same bits, such as `10.0.0.0/8`.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    private let base: IPAddress
    private let prefixBits: Int

    /// Reads a range such as `10.0.0.0/8`, `fd00::/8`, or a single address.
    ///
    /// - Returns: `nil` if it is none, or if bits are set behind the prefix: `10.1.2.3/8` is more likely
    ///   a slip than a wish.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let base = IPAddress(String(parts[0])) else { return nil }
        let width = base.isIPv4 ? 32 : 128
        var prefix = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given) else { return nil }
            prefix = given
        }
        self.init(base, prefix)
        guard bits(of: base) == base.bits else { return nil }
    }

    init(_ base: IPAddress, _ prefixBits: Int) {
        self.base = base
        self.prefixBits = prefixBits
    }

    /// Every IPv4 address.
    public static let everyIPv4 = AddressRange(IPAddress(v4: 0), 0)
    /// Every IPv6 address.
    public static let everyIPv6 = AddressRange(IPAddress(v6: 0), 0)
    /// This machine: `127.0.0.0/8`.
    public static let loopbackIPv4 = AddressRange(IPAddress(v4: 0x7F00_0000), 8)
    /// This machine: `::1`.
    public static let loopbackIPv6 = AddressRange(IPAddress(v6: 1), 128)

    /// Whether the address is one of them; never across families.
    public func contains(_ address: IPAddress) -> Bool {
        address.isIPv4 == base.isIPv4 && bits(of: address) == base.bits
    }

    /// Whether all addresses of the other range are in this one.
    func contains(_ other: AddressRange) -> Bool {
        other.prefixBits >= prefixBits && contains(other.base)
    }

    /// As it is written.
    public var description: String { "\(base)/\(prefixBits)" }

    private func bits(of address: IPAddress) -> UInt128 {
        let width = base.isIPv4 ? 32 : 128
        // Shifting by the whole width gives zero, as a prefix of no bits needs.
        let rest = UInt128(width - prefixBits)
        return (address.bits >> rest) << rest
    }
}
