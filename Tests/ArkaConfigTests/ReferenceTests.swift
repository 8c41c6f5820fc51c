import ArkaConfig
import ArkaDocuments
import Foundation
import Testing

/// `docs/reference/configuration.md` is written by hand; its tables are held to the declarations.
/// `ARKA_UPDATE_GOLDEN=1` writes their rows anew.
@Suite(.serialized) struct ReferenceTests {
    private let url = TestFiles.project.appending(path: "docs/reference/configuration.md")

    @Test(arguments: [
        ("`kind: Topology`", topologyDeclarations),
        ("`kind: Engine`", engineDocument.spec.declarations),
        ("`kind: Cases`", casesDeclarations),
        ("`kind: FunctionTable`", functionTableDeclarations),
        ("`kind: RuleTests`", ruleTestsDeclarations),
        ("`kind: RuleMocks`", ruleMocksDeclarations),
    ])
    func `every declared key has its row, and there are no other rows`(
        heading: String, declarations: [FieldDeclaration]
    ) throws {
        try check(heading, rows(declarations, below: ""))
    }

    @Test func `every property that is refused is listed with its reason`() throws {
        let byReason = Dictionary(grouping: refusedKafkaProperties.keys.sorted()) { name in
            refusedKafkaProperties[name, default: ""]
        }
        let rows = byReason.map { reason, names in
            "| " + names.map { "`\($0)`" }.joined(separator: ", ") + " | \(reason) |"
        }
        try check("Properties that are not passed through", rows.sorted())
    }

    /// Compares the rows below a heading, or writes them.
    private func check(_ heading: String, _ rows: [String]) throws {
        var lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex(of: "## " + heading))
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("## ") } ?? lines.count
        if ProcessInfo.processInfo.environment["ARKA_UPDATE_GOLDEN"] == "1" {
            let rule = try #require(lines[start..<end].firstIndex { $0.hasPrefix("|---") })
            let table = lines[rule..<end].prefix { $0.hasPrefix("|") }
            lines.replaceSubrange((rule + 1)..<table.endIndex, with: rows)
            try lines.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
        } else {
            #expect(lines[start..<end].filter { $0.hasPrefix("| `") } == rows)
        }
    }

    private func rows(_ declarations: [FieldDeclaration], below path: String) -> [String] {
        declarations.flatMap { field in
            let key = path + field.name
            if case .section(let inner) = field.shape { return rows(inner, below: key + ".") }
            if case .list(.section(let inner)) = field.shape {
                return rows(inner, below: key + "[].")
            }
            let value = field.isRequired ? "required" : field.defaultText ?? "none"
            let example = field.example.map { " Example: `\($0)`." } ?? ""
            return [
                "| `\(key)` | \(field.shape.documentation) | \(standing(value)) | \(field.summary)\(example) |"
            ]
        }
    }

    /// Values stand in code type, words do not.
    private func standing(_ value: String) -> String {
        if value.hasPrefix("(") { return String(value.dropFirst().dropLast()) }
        return value == "required" || value == "none" ? value : "`\(value)`"
    }
}
