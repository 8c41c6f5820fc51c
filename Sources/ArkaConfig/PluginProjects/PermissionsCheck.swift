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

    /// Permissions that no text of the folder mentions. Without a text nothing is known.
    func unused(in texts: [SourceText]) -> [Diagnostic] {
        guard !texts.isEmpty else { return [] }
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
        return declared.flatMap { key, what, names in
            names.enumerated().compactMap { index, name in
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
