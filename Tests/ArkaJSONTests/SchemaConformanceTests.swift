import ArkaJSON
import ArkaModel
import Foundation
import Testing

/// Every file of the suite of JSON Schema that is there. A file can be added: nothing here knows which
/// keywords there are.
@Suite struct SchemaConformanceTests {
    /// The files that must be told right but for two cases; of all others none may be told wrong.
    private static let known: Set = [
        "additionalProperties", "anyOf", "const", "enum", "items", "maximum", "minimum", "pattern",
        "properties", "required", "type",
    ]

    /// What refuses a schema by the name of what it uses.
    private static let refusals: Set<DiagnosticCode> = [
        .jsonSchemaUnsupported, .jsonSchemaUnknownKeyword, .jsonSchemaPattern, .jsonSchemaReference,
    ]

    /// What came of the cases.
    struct Tally {
        var right = 0
        /// Cases whose schema was refused, with what was said.
        var refused: [String] = []
        var wrong: [String] = []
        var count: Int { right + refused.count + wrong.count }
    }

    @Test func `the suite of JSON Schema 2020-12 is told right, or refused by the keyword's name`()
        throws
    {
        let files = try suite()
        guard !files.isEmpty else {
            print("SKIPPED: ../shared/data/conformance/json-schema-2020-12 is absent")
            return
        }
        var (known, others) = (Tally(), Tally())
        for file in files {
            let name = file.deletingPathExtension().lastPathComponent
            if Self.known.contains(name) { try run(file, &known) } else { try run(file, &others) }
        }
        for tally in [known, others] {
            #expect(tally.wrong.isEmpty, "\(tally.wrong.joined(separator: "\n"))")
            for refusal in tally.refused { print("refused: \(refusal)") }
        }
        print(
            "JSON Schema: \(known.right) of \(known.count) right; others: \(others.right) of \(others.count)"
        )
        #expect(known.right >= known.count - 2, "more than two are refused")
    }

    /// Runs all cases of a file: each is an array of groups with a schema and tests.
    private func run(_ file: URL, _ tally: inout Tally) throws {
        let source = SourceText(
            name: file.lastPathComponent, utf8: Array(try Data(contentsOf: file)))
        let document = parseJSON(source, loneSurrogates: .replaced)
        let root = try #require(document.root, "\(source.name): \(document.diagnostics)")
        // The draft takes formats for remarks; the optional files of the suite test them.
        let isOptional = file.deletingLastPathComponent().lastPathComponent == "format"
        for group in root.elements {
            let node = try #require(group["schema"])
            let reading = JSONSchema.read(
                node, in: source, formats: isOptional ? .checked : .annotations)
            for test in group["tests"]?.elements ?? [] {
                let name =
                    "\(source.name): \(group.text("description")): \(test.text("description"))"
                guard let schema = reading.schema else {
                    #expect(
                        Self.refusals.isSuperset(of: reading.diagnostics.map(\.code)), "\(name)")
                    let messages = reading.diagnostics.map { "\($0.message)" }
                    tally.refused.append("\(name): \(messages.joined(separator: "; "))")
                    continue
                }
                let instance = JSONInstance(try #require(test["data"]))
                let isValid = schema.accepts(instance)
                // Asking why must agree with asking whether.
                #expect(schema.problems(in: instance).isEmpty == isValid, "\(name)")
                if .boolean(isValid) == test["valid"]?.kind {
                    tally.right += 1
                } else {
                    tally.wrong.append(name)
                }
            }
        }
    }

    /// The files of the suite, those in folders within included.
    private func suite() throws -> [URL] {
        let named = ProcessInfo.processInfo.environment["PACT_JSON_SCHEMA_SUITE"]
        let project = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            named.map { URL(filePath: $0) }
            ?? project.appending(path: "../shared/data/conformance/json-schema-2020-12")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json" }
            .sorted { $0.path < $1.path }
    }
}

extension JSONNode {
    /// The elements of an array; none for anything else.
    var elements: [JSONNode] {
        if case .array(let elements) = kind { elements } else { [] }
    }

    fileprivate func text(_ name: String) -> String {
        if case .string(let text) = self[name]?.kind { text } else { "" }
    }
}
