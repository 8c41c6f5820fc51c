import ArkaConfig
import Foundation
import Testing

/// `docs/reference/configuration.md` is written by hand; its tables are held to the declarations.
/// `ARKA_UPDATE_GOLDEN=1` writes their rows anew.
@Suite(.serialized) struct ReferenceTests {
    private let url = TestFiles.project.appending(path: "docs/reference/configuration.md")

    @Test(arguments: documentKinds.map(\.kind))
    func `every declared key has its row, and there are no other rows`(kind: String) throws {
        let description = try #require(documentKinds.first { $0.kind == kind })
        try check("`kind: \(kind)`", description.referenceRows)
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
}
