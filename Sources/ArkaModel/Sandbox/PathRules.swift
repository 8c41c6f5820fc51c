/// A file or a directory with all that is in it, by its absolute path.
public struct PathRule: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let names: [String]

    /// Reads a path; `nil` for one that is not absolute, holds `..`, or a control character. `.` and
    /// repeated slashes are dropped.
    public init?(_ text: String) {
        guard text.hasPrefix("/"), text.utf8.count <= 4_096,
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        names = text.split(separator: "/").map { String($0) }.filter { $0 != "." }
        guard !names.contains("..") else { return nil }
    }

    /// Whether another path is this one or lies below it.
    public func contains(_ other: PathRule) -> Bool { other.names.starts(with: names) }

    /// The path without a slash at its end.
    public var description: String { "/" + names.joined(separator: "/") }

    /// By their texts.
    public static func < (a: PathRule, b: PathRule) -> Bool {
        a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
    }
}

/// Files and directories that may be used; none, if there is no rule.
///
/// It compares paths as they are written. Whoever enforces it resolves symbolic links before.
public struct PathRules: Sendable, Hashable, CustomStringConvertible {
    /// The rules, sorted, none within another.
    public let rules: [PathRule]

    /// Collects rules.
    public init(_ rules: [PathRule]) {
        self.rules = Set(rules).filter { rule in
            !rules.contains { $0 != rule && $0.contains(rule) }
        }.sorted()
    }

    /// Whether a path may be used; `false` for one that is not absolute, or holds `..`.
    public func allows(_ path: String) -> Bool {
        guard let path = PathRule(path) else { return false }
        return rules.contains { $0.contains(path) }
    }

    /// The paths that both allow.
    public func intersection(_ other: PathRules) -> PathRules {
        PathRules(
            rules.filter { rule in other.rules.contains { $0.contains(rule) } }
                + other.rules.filter { rule in rules.contains { $0.contains(rule) } })
    }

    /// The paths with commas between them, or `none`.
    public var description: String {
        rules.isEmpty ? "none" : rules.map(\.description).joined(separator: ", ")
    }
}
