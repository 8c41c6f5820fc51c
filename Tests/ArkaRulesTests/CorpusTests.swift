import ArkaModel
import ArkaRules
import Foundation
import Testing

/// Faulty rule files and what is said of them, word for word.
struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Corpus")

    /// `typed/…` is checked against a schema, `untyped/…` without one.
    static let names = ["typed", "untyped"].flatMap { kind in
        let files = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: kind).path)
        return (files ?? []).filter { $0.hasSuffix(".pact") }.sorted().map { "\(kind)/\($0)" }
    }

    @Test(arguments: names)
    func `every fault is reported as recorded`(name: String) throws {
        let file = Self.folder.appending(path: name)
        let expectedFile = file.deletingPathExtension().appendingPathExtension("expected")
        let sources = Self.sources(try Data(contentsOf: file), named: file.lastPathComponent)
        let layout = name.hasPrefix("typed") ? Payments.layout : Payments.untyped
        let result = compileRules(sources, Payments.inputs(layout))
        let rendered = result.diagnostics.map { $0.rendered() }.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["ARKA_UPDATE_GOLDEN"] == "1" {
            try rendered.write(to: expectedFile, atomically: true, encoding: .utf8)
        }
        #expect(rendered == (try String(contentsOf: expectedFile, encoding: .utf8)))
        #expect(!result.diagnostics.isEmpty)
        let hasErrors = result.diagnostics.contains { $0.severity == .error }
        #expect((result.book == nil) == hasErrors)
    }

    /// The files that one of the corpus stands for: a line `// === name` begins another one.
    private static func sources(_ data: Data, named name: String) -> [SourceText] {
        let mark = Data("// === ".utf8)
        guard data.range(of: mark) != nil else {
            return [SourceText(name: name, utf8: Array(data))]
        }
        let parts = String(decoding: data, as: UTF8.self).components(separatedBy: "// === ")
        return parts.enumerated().map { index, part in
            guard index > 0 else { return SourceText(name: name, text: part) }
            let end = part.firstIndex(of: "\n") ?? part.endIndex
            return SourceText(name: String(part[..<end]), text: String(part[end...].dropFirst()))
        }
    }

    @Test func `the corpus is complete`() {
        #expect(Self.names.count >= 120)
    }

    @Test func `every code of the language is documented and shown by a test`() throws {
        let root = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let codes = try Self.codes(in: root.appending(path: "docs/spec/error-codes.md"))
        let shown = try Self.names.reduce(into: Set<String>()) { shown, name in
            let file = Self.folder.appending(path: name).deletingPathExtension()
                .appendingPathExtension("expected")
            shown.formUnion(try Self.codes(in: file))
        }
        let declared = try String(
            contentsOf: root.appending(
                path: "Sources/ArkaRules/Reporting/DiagnosticCode+Rules.swift"),
            encoding: .utf8
        ).matches(of: /\("RULE", (\d+)\)/).map { match in
            "ARKA-RULE-" + String(repeating: "0", count: 4 - match.1.count) + match.1
        }
        #expect(Set(declared).count == declared.count)
        #expect(codes == Set(declared))
        // A file above the limit is made by a test, not kept.
        #expect(Set(declared).subtracting(shown) == ["ARKA-RULE-0002"])
    }

    private static func codes(in file: URL) throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        return Set(text.matches(of: /ARKA-RULE-\d{4}/).map { String($0.0) })
    }
}
