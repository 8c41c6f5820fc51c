import ArkaModel

/// Looks for permissions that reach further than needed: least privilege.
struct PermissionsCheck {
    let manifest: PluginManifestSpec

    /// Permissions with a star.
    func wildcards() -> [Diagnostic] {
        (manifest.permissions.network ?? []).enumerated().compactMap { index, rule in
            guard rule.description.hasPrefix("*.") else { return nil }
            return Self.wildcard(
                rule.description, at: manifest.places.value("permissions.network[\(index)]"))
        }
    }

    /// The warning of a permission with a star.
    static func wildcard(_ rule: String, at place: SourcePlace) -> Diagnostic {
        Diagnostic(
            .projectWildcard, "'\(shown(rule))' lets the plugin reach every host below a domain",
            severity: .warning, expected: "the hosts that it needs, by their names", at: place)
    }

    /// Bytes that are looked at, those of all texts for each permission: half a second's work. Whoever has
    /// more is not told.
    private static let searchBytesMax = 128 << 20

    /// Permissions that no text of the folder mentions. Without a text nothing is known.
    func unused(in texts: [SourceText]) -> [Diagnostic] {
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }
        guard bytes > 0 else { return [] }
        let permissions = manifest.permissions
        let declared: [(key: String, what: String, names: [String])] = [
            (
                "network", "host",
                (permissions.network ?? []).map { rule in
                    rule.description.hasPrefix("*.")
                        ? String(rule.description.dropFirst(2)) : rule.description
                }
            ), ("secrets", "secret", permissions.secrets ?? []),
            ("environment", "variable", permissions.environment ?? []),
        ]
        var namesLeft = Self.searchBytesMax / bytes
        return declared.flatMap { key, what, names -> [Diagnostic] in
            let searched = names.prefix(namesLeft)
            namesLeft -= searched.count
            return searched.enumerated().compactMap { index, name in
                guard !texts.contains(where: { $0.mentions(name) }) else { return nil }
                return Diagnostic(
                    .projectUnusedPermission,
                    "nothing in the sources mentions the \(what) '\(shown(name))'",
                    severity: .warning,
                    expected: "only permissions that the plugin needs",
                    at: manifest.places.value("permissions.\(key)[\(index)]"))
            }
        }
    }
}

extension SourceText {
    /// Whether a name stands in the text, whatever its case.
    fileprivate func mentions(_ name: String) -> Bool {
        let wanted = name.utf8.map(\.lowercased)
        guard let first = wanted.first, wanted.count <= utf8.count else { return false }
        return (0...(utf8.count - wanted.count)).contains { start in
            utf8[start].lowercased == first
                && wanted.indices.allSatisfy { utf8[start + $0].lowercased == wanted[$0] }
        }
    }
}

extension UInt8 {
    fileprivate var lowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
