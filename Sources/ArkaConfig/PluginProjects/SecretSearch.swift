import ArkaDocuments
import ArkaModel

/// Looks for literals that are probably secrets. It cannot know; so it warns, and never shows them.
enum SecretSearch {
    /// Where such literals stand in a program's text.
    static func literals(inCode text: SourceText) -> [SourceRange] {
        let source = SourceTokens(text)
        return source.tokens.indices.compactMap { index in
            guard let literal = source.string(index) else { return nil }
            let isSecret =
                hasKnownShape(literal)
                || name(before: index, in: source).map {
                    isNameOfSecret($0) && isLiteral(literal, $0)
                }
                    ?? false
            return isSecret ? source.tokens[index].range : nil
        }
    }

    /// Where such values stand in a document.
    static func values(in text: SourceText) -> [SourceRange] {
        guard let root = parseYAML(text).root else { return [] }
        var found: [SourceRange] = []
        collect(root, key: "", &found)
        return found
    }

    private static func collect(_ node: YAMLNode, key: String, _ found: inout [SourceRange]) {
        switch node.kind {
        case .scalar(let scalar):
            let isSecret =
                hasKnownShape(scalar.text) || isNameOfSecret(key) && isLiteral(scalar.text, key)
            if isSecret { found.append(node.place.range) }
        case .sequence(let nodes): for node in nodes { collect(node, key: "", &found) }
        case .mapping(let entries):
            for entry in entries { collect(entry.value, key: entry.key, &found) }
        }
    }

    /// What a literal is assigned to: `key = "…"`, `key: str = "…"`, `"key": "…"`, `get("KEY", "…")`.
    private static func name(before index: Int, in source: SourceTokens) -> String? {
        guard let mark = ["=", ":", ","].first(where: { source.isMark(index - 1, $0) }) else {
            return nil
        }
        if mark == ",", source.string(index - 2) == nil { return nil }
        if mark == "=", source.isMark(index - 3, ":"), let name = source.word(index - 4) {
            return name
        }
        return source.word(index - 2) ?? source.string(index - 2)
    }

    // Names and values

    /// Whether a name is that of a secret itself, and not of where it is or how long it lasts.
    private static func isNameOfSecret(_ name: String) -> Bool {
        let plain = name.lowercased()
        let harmless = [
            "env", "name", "url", "uri", "path", "file", "id", "header", "type", "ttl", "timeout",
            "endpoint", "count", "limit", "field", "prefix", "schema",
        ]
        return isSecretName(name) && !harmless.contains(where: plain.hasSuffix)
    }

    /// Whether a value is more than a name of a secret or what stands in its place.
    private static func isLiteral(_ value: String, _ name: String) -> Bool {
        let plain = value.lowercased()
        guard value.utf8.count >= 6, !value.contains(" "), !value.contains("{"),
            !value.contains("<"),
            !value.contains("://")
        else { return false }
        let standIns = ["example", "changeme", "change-me", "placeholder", "your", "dummy", "xxxx"]
        if standIns.contains(where: plain.contains) { return false }
        if name.lowercased().contains("passw") { return true }
        // `my-plugin/api-key` and `API_KEY` are names, not values.
        let hasDigit = value.contains { $0.isNumber }
        let isMixed = value != plain && value != value.uppercased()
        return value.utf8.count >= 8 && (hasDigit || isMixed)
    }

    /// Whether a text has the form of the keys of some well-known service.
    private static func hasKnownShape(_ text: String) -> Bool {
        if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") { return true }
        let prefixes = [
            ("AKIA", 20), ("ASIA", 20), ("sk_live_", 16), ("rk_live_", 16), ("ghp_", 40),
            ("gho_", 40), ("github_pat_", 40), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20),
            ("AIza", 39), ("hvs.", 24), ("eyJhbGciOi", 40),
        ]
        return !text.contains(" ")
            && prefixes.contains { text.hasPrefix($0.0) && text.utf8.count >= $0.1 }
    }
}

extension SourceText {
    /// A copy that has stars behind the first colon of each line.
    var blottingValues: SourceText {
        var bytes = utf8
        var isValue = false
        for index in bytes.indices {
            if bytes[index] == UInt8(ascii: "\n") { isValue = false }
            if isValue, bytes[index] > 0x20 { bytes[index] = UInt8(ascii: "*") }
            if bytes[index] == UInt8(ascii: ":") { isValue = true }
        }
        return SourceText(name: name, utf8: bytes)
    }

    /// A copy that has stars where secrets stand, so that no message shows them.
    func blotting(_ ranges: [SourceRange]) -> SourceText {
        guard !ranges.isEmpty else { return self }
        var bytes = utf8
        for range in ranges {
            for index in range.start..<min(range.end, bytes.count) where bytes[index] > 0x20 {
                bytes[index] = UInt8(ascii: "*")
            }
        }
        return SourceText(name: name, utf8: bytes)
    }
}
