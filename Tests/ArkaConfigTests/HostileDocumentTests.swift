import ArkaConfig
import ArkaModel
import Testing

/// Documents that are meant to do harm, as each kind that belongs to plugins. What bounds their cost is
/// counted, not timed: nothing of them reaches the parser, or it stops at a bound.
@Suite struct HostileDocumentTests {
    /// Reads a text as both kinds.
    private func diagnostics(_ text: SourceText, _ kind: String) throws -> [Diagnostic] {
        let loaded: [Diagnostic] =
            switch kind {
            case "PluginConfig": readPluginConfig(text, environment: [:]).diagnostics
            default: readPluginManifest(text).diagnostics
            }
        #expect(loaded.contains { $0.severity == .error })
        return loaded
    }

    private func document(_ kind: String, _ lines: String) -> SourceText {
        let version = kind == "PluginManifest" ? ", version: 1.0.0" : ""
        let spec = kind == "PluginManifest" ? "entrypoint: a:B" : "plugin: own/p"
        return SourceText(
            name: "h.yaml",
            text: "apiVersion: arka.io/v1\nkind: \(kind)\nmetadata: {name: p\(version)}\n"
                + "spec:\n  \(spec)\n" + lines)
    }

    private static let kinds = ["PluginConfig", "PluginManifest"]

    @Test(arguments: kinds)
    func `aliases, anchors, tags and merge keys are refused where they stand`(kind: String) throws {
        var bomb = "  a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            bomb += "  a\(level): &a\(level) [\(aliases)]\n"
        }
        let found = try diagnostics(document(kind, bomb), kind)
        #expect(found.first?.code.description == "ARKA-DOC-0004")
        #expect(found.first?.position.line == 6)
        for line in ["  config: !!python/object {}", "  <<: {a: 1}", "  x: &x 1"] {
            let found = try diagnostics(document(kind, line), kind)
            #expect(found.contains { $0.code.description == "ARKA-DOC-0004" }, "\(line)")
            #expect(found.allSatisfy { $0.position.line == 6 || $0.position.line == 5 })
        }
    }

    @Test(arguments: kinds)
    func `a key that stands twice is refused with both places`(kind: String) throws {
        let key = kind == "PluginConfig" ? "plugin: own/q" : "entrypoint: c:D"
        let found = try diagnostics(document(kind, "  " + key), kind)
        #expect(found.contains { $0.message.contains("is given twice, first at 5:3") })
    }

    @Test(arguments: kinds)
    func `a tab, and a key that is nearly right, are refused where they stand`(kind: String) throws
    {
        let tab = try diagnostics(document(kind, "\tx: 1"), kind)
        #expect(tab.first?.code.description == "ARKA-DOC-0002")
        #expect(tab.first?.position.line == 6)
        let near = kind == "PluginConfig" ? "sandbix" : "exprots"
        let unknown = try diagnostics(document(kind, "  \(near): {}"), kind)
        let own = unknown.first { $0.message.contains("unknown key '\(near)'") }
        #expect(own?.suggestion == (kind == "PluginConfig" ? "sandbox" : "exports"))
        #expect(own?.position == SourcePosition(line: 6, column: 3))
    }

    @Test(arguments: kinds)
    func `ten thousand brackets never reach the parser`(kind: String) throws {
        let brackets = String(repeating: "[", count: 10_000)
        let found = try diagnostics(document(kind, "  config: " + brackets), kind)
        #expect(found.map(\.code.description) == ["ARKA-DOC-0003"])
        // The fence counts them before: it names the one that is too many, not the last.
        #expect(found.first?.position.line == 6)
        #expect(found.first?.message.contains("1024 brackets") == true)
        let deep = String(repeating: "- ", count: 10_000) + "a"
        #expect(
            try diagnostics(document(kind, "  config:\n    " + deep), kind).contains {
                $0.message == "nested deeper than 64 levels"
            })
    }

    @Test(arguments: kinds)
    func `fifty megabytes are refused by their size, and not copied into the message`(
        kind: String
    ) throws {
        let line = Array("  config_with_a_secret: hunter2\n".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(50 << 20)
        while bytes.count < 50 << 20 { bytes += line }
        let found = try diagnostics(SourceText(name: "h.yaml", utf8: bytes), kind)
        #expect(found.map(\.code.description) == ["ARKA-DOC-0003"])
        #expect(found.first?.source.utf8.count == 0 && found.first?.source.name == "h.yaml")
    }

    @Test(arguments: kinds)
    func `a variable that is missing is named where it stands`(kind: String) throws {
        let lines =
            kind == "PluginConfig"
            ? "  config: {key: \"${NOT_THERE}\"}" : "  permissions: {network: [\"${NOT_THERE}\"]}"
        let found = try diagnostics(document(kind, lines), kind)
        let own = found.first { $0.code.description == "ARKA-DOC-0007" }
        #expect(own?.message.contains("'NOT_THERE'") == true)
        #expect(own?.position.line == 6)
    }
}
