/// Host names that may be reached: `api.example.com`, `*.example.com` (every name below it, at any depth,
/// not itself), or the address of a machine.
///
/// It compares names as they are written, in lower case: two spellings of one IPv6 address are two hosts
/// here, which can only make a policy narrower.
public struct HostRule: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let name: String
    private let isSuffix: Bool

    /// Reads a rule; `nil` for what is no host, such as an address with a scheme, a port or a star
    /// elsewhere.
    public init?(_ text: String) {
        isSuffix = text.hasPrefix("*.")
        let rest = isSuffix ? String(text.dropFirst(2)) : text
        guard text.utf8.count <= 255 else { return nil }
        name = rest.lowercased()
        let isAddress = !isSuffix && name.contains(":")
        guard isAddress ? Self.isIPv6Text(name) : isHostName(name) else { return nil }
    }

    /// Whether every host of another rule is one of this rule's.
    public func contains(_ other: HostRule) -> Bool {
        if self == other { return true }
        guard isSuffix, other.name.hasSuffix("." + name) else { return false }
        // An address has no domain: `*.0.0.1` is not `127.0.0.1`.
        return other.isSuffix || !other.isIPv4Text
    }

    /// Whether a host is meant; `false` for what is no host.
    public func matches(_ host: String) -> Bool {
        guard let host = HostRule(host), !host.isSuffix else { return false }
        return contains(host)
    }

    /// As it is written, in lower case.
    public var description: String { isSuffix ? "*." + name : name }

    /// By their texts.
    public static func < (a: HostRule, b: HostRule) -> Bool {
        a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
    }

    private var isIPv4Text: Bool {
        name.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
        }
    }

    private static func isIPv6Text(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
                || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
        }
    }
}

/// Hosts that may be reached; none, if there is no rule.
public struct HostRules: Sendable, Hashable, CustomStringConvertible {
    /// The rules, sorted, none within another.
    public let rules: [HostRule]

    /// Collects rules.
    public init(_ rules: [HostRule]) {
        self.rules = Set(rules).filter { rule in
            !rules.contains { $0 != rule && $0.contains(rule) }
        }.sorted()
    }

    /// Whether a host may be reached.
    public func allows(_ host: String) -> Bool {
        rules.contains { $0.matches(host) }
    }

    /// The hosts that both allow: `*.a.com` and `x.a.com` leave `x.a.com`.
    public func intersection(_ other: HostRules) -> HostRules {
        HostRules(
            rules.filter { rule in other.rules.contains { $0.contains(rule) } }
                + other.rules.filter { rule in rules.contains { $0.contains(rule) } })
    }

    /// The rules with commas between them, or `none`.
    public var description: String {
        rules.isEmpty ? "none" : rules.map(\.description).joined(separator: ", ")
    }
}
