import Testing

@Suite struct UnsafeTests {
    /// What only a target marked `.unsafe` may use, and never without a word on why it is sound.
    private let use =
        /\bUnsafe\w+|\bwithUnsafe\w*|\bUnmanaged\b|\bunsafeBitCast\b|\bunsafe\b|@unchecked\b/

    @Test func `a file that uses memory unsafely says why it is safe`() throws {
        let fenced = try Manifest().sourceTargets.filter(\.isUnsafe)
        #expect(!fenced.isEmpty)
        for entry in fenced {
            for file in try ProjectTree.swiftFiles(below: "Sources/" + entry.name) {
                let uses = file.places(of: use)
                if !uses.isEmpty, !file.lines.contains(where: { $0.contains("// SAFETY:") }) {
                    Issue.record("no `// SAFETY:` comment in \(file), which uses \(uses[0])")
                }
            }
        }
    }

    @Test func `a safe target has nothing that needs such a word`() throws {
        for entry in try Manifest().sourceTargets where !entry.isUnsafe {
            for file in try ProjectTree.swiftFiles(below: "Sources/" + entry.name) {
                #expect(file.places(of: use) == [])
            }
        }
    }
}
