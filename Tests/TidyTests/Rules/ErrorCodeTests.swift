import Testing

@Suite struct ErrorCodeTests {
    @Test func `every error code is defined once and listed once with its remedy`() throws {
        let defined = try definitions()
        #expect(!defined.isEmpty)
        for (code, places) in defined where places.count > 1 {
            Issue.record("\(code) is defined \(places.count) times: \(places)")
        }
        let listed = try ProjectTree.text("docs/spec/error-codes.md")
            .matches(of: /(?m)^\| *`?(ARKA-[A-Z]+-\d{4})`? *\|([^|]+)\|([^|]+)\|/)
            .map { String($0.1) }
        #expect(Set(listed).count == listed.count, "a code is listed twice")
        let missing = Set(defined.keys).subtracting(listed).sorted()
        #expect(missing == [], "add them with meaning and remedy to docs/spec/error-codes.md")
    }

    /// Each code and the places that define it.
    private func definitions() throws -> [String: [String]] {
        let pattern = /DiagnosticCode\(\s*"([A-Z]+)",\s*(\d+)\)/
        var found: [String: [String]] = [:]
        for file in try ProjectTree.swiftFiles(below: "Sources") {
            for (index, line) in file.lines.enumerated() where !line.contains("///") {
                for match in line.matches(of: pattern) {
                    let digits = String(repeating: "0", count: max(0, 4 - match.2.count)) + match.2
                    found["ARKA-\(match.1)-\(digits)", default: []].append(file.place(index))
                }
            }
        }
        return found
    }
}
