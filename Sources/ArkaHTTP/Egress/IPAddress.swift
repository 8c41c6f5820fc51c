// Both, since libcurl's header brings the socket types along, and which module they belong to depends on
// which one the compiler loads first.
import CCurl
import Glibc

/// The address of a machine, of either family.
///
/// An IPv4 address that is written as an IPv6 one (`::ffff:127.0.0.1`) is that IPv4 address: it reaches
/// the same machine, so no rule may tell them apart.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as a number; an IPv4 address in the lower 32 bits.
    let bits: UInt128
    /// Whether it is an IPv4 address.
    public let isIPv4: Bool

    init(v4 bits: UInt32) {
        self.bits = UInt128(bits)
        isIPv4 = true
    }

    init(v6 bits: UInt128) {
        isIPv4 = bits >> 32 == 0xFFFF
        self.bits = isIPv4 ? bits & 0xFFFF_FFFF : bits
    }

    /// Reads an address such as `10.1.2.3` or `2001:db8::1`; `nil` for anything else, also for a zone.
    public init?(_ text: String) {
        var four = in_addr()
        // SAFETY: both calls read a C string and fill an address, which are ours for the call.
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(v4: UInt32(bigEndian: four.s_addr))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self.init(six)
    }

    init(_ address: in6_addr) {
        // SAFETY: an `in6_addr` is sixteen bytes without padding.
        self.init(v6: UInt128(bigEndian: unsafeBitCast(address, to: UInt128.self)))
    }

    /// Reads the address out of the system's form; `nil` for other families.
    /// - Precondition: `pointer` points to as many bytes as the family's structure has.
    init?(socketAddress pointer: UnsafeRawPointer, family: Int32) {
        // SAFETY: the family says which structure stands there, as the caller promises.
        switch family {
        case AF_INET:
            let address = pointer.loadUnaligned(as: sockaddr_in.self)
            self.init(v4: UInt32(bigEndian: address.sin_addr.s_addr))
        case AF_INET6: self.init(pointer.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }

    /// The IPv4 address that a gateway would make of an IPv6 one: NAT64, 6to4, IPv4-compatible,
    /// IPv4-translated (`::ffff:0:127.0.0.1`).
    var embeddedIPv4: IPAddress? {
        guard !isIPv4 else { return nil }
        // `::` and `::1` are addresses of their own.
        if (bits >> 32 == 0 && bits > 1) || bits >> 32 == 0xFFFF_0000
            || bits >> 32 == 0x0064_FF9B << 64
        {
            return IPAddress(v4: UInt32(truncatingIfNeeded: bits))
        }
        return bits >> 112 == 0x2002 ? IPAddress(v4: UInt32(truncatingIfNeeded: bits >> 80)) : nil
    }

    /// The usual form, an IPv6 address without brackets.
    public var description: String {
        if isIPv4 {
            return [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: bits >> $0)) }
                .joined(separator: ".")
        }
        var address = unsafeBitCast(bits.bigEndian, to: in6_addr.self)
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        // SAFETY: both are ours for the call; the text has room for the longest address.
        inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
