import ArkaConfig
import ArkaModel
import Testing

@Suite struct CasesTests {
    private func load(_ lines: String) -> Loaded<[GoldenCase]> {
        let head =
            "apiVersion: arka.io/v1\nkind: Cases\nmetadata: {name: c}\nspec:\n  cases:\n"
        return loadCases(path: "c.yaml", files: TestFiles.memory(["c.yaml": head + lines]))
    }

    @Test func `a case names a status and rules, or a dead letter`() throws {
        let cases = try #require(
            load(
                """
                  - {name: a, record: '{}', status: manual_review, rules: [x, y]}
                  - {name: b, record: 'x', dead_letter: {code: wrong_type, path: $.a}}
                  - {name: c, record: '{}', status: compliant}
                """
            ).value)
        #expect(
            cases.map(\.outcome) == [
                .decision(.manualReview, rules: ["x", "y"]),
                .deadLetter(code: "wrong_type", path: "$.a"),
                .decision(.compliant, rules: []),
            ])
        #expect(cases.map { $0.place.source.position(at: $0.place.range.start).line } == [6, 7, 8])
    }

    @Test func `a case without one outcome is refused at its place`() {
        let loaded = load(
            """
              - {name: a, record: '{}'}
              - {name: b, record: '{}', status: flagged, dead_letter: {code: c, path: $}}
              - {name: c, record: '{}', dead_letter: {code: c, path: $}, rules: [x]}
              - {name: d, record: '{}', status: flaged}
            """)
        #expect(loaded.value == nil)
        #expect(loaded.diagnostics.filter { $0.code == .configConflict }.count >= 3)
        #expect(loaded.diagnostics.contains { $0.suggestion == "flagged" })
    }
}
