import Testing

@Suite struct DocumentationTests {
    private let declaration =
        /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public|package|open)\s+(?:(?:static|final|mutating|nonmutating|nonisolated|indirect|borrowing|consuming|convenience|required|class|private\(set\)|internal\(set\)|package\(set\))\s+)*(?:func|var|let|struct|class|enum|protocol|actor|init|subscript|typealias|macro|associatedtype)\b/

    @Test func `every public and package declaration is documented`() throws {
        for file in try ProjectTree.swiftFiles(below: "Sources") {
            for index in file.codeLines.indices where isUndocumented(index, in: file) {
                Issue.record("no doc comment: \(file.place(index)): \(file.lines[index])")
            }
        }
    }

    @Test func `the map of the architecture names every source folder and its steps`() throws {
        let rows = try ProjectTree.text("docs/ARCHITECTURE.md").split(separator: "\n")
        for folder in try ProjectTree.folders(in: "Sources") {
            let row = try #require(
                rows.first { $0.hasPrefix("| `Sources/\(folder)`") }, "Sources/\(folder) has no row"
            )
            for step in try ProjectTree.folders(in: "Sources/" + folder) {
                #expect(row.contains("`\(step)`"), "Sources/\(folder)/\(step) is not named")
            }
        }
        for row in rows.compactMap({ $0.firstMatch(of: /^\| `(Sources\/\w+)`/) }) {
            let sources = ProjectTree.files(
                below: String(row.1), endings: ["swift", "c", "cpp", "h", "modulemap"])
            #expect(!sources.isEmpty, "\(row.1) has a row but no files")
        }
    }

    private func isUndocumented(_ index: Int, in file: SourceFile) -> Bool {
        guard file.codeLines[index].contains(declaration) else { return false }
        var above = index - 1
        while above >= 0, isAttribute(file.lines[above]) { above -= 1 }
        return above < 0 || !file.lines[above].contains(/^\s*\/\/\//)
    }

    private func isAttribute(_ line: String) -> Bool {
        line.contains(/^\s*(@|#if|\/\/ )/)
    }
}
