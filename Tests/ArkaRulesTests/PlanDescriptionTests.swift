import ArkaModel
import ArkaRules
import Testing

/// What people are shown of a plan.
@Suite struct PlanDescriptionTests {
    private func describe(_ text: String) throws -> PlanDescription {
        let compiled = compileRules(
            [SourceText(name: "test.pact", text: text)], TestFunctions.inputs)
        return PlanDescription(try #require(compiled.book))
    }

    @Test func `predicates are shared, and those that need calls come last`() throws {
        let found = try describe(
            """
            rule a {
                when {
                    plugin.p.f(a: t.x, b: "\\(t.y)!").n > 3
                    lower(t.x) contains "q"
                    t.y > 5
                }
                then { flag_for_review() }
            }
            rule b { when { t.y <= 5 and t.z == "x" } then { flag_for_review() } }
            """)
        #expect(
            found.predicates.map(\.text) == [
                "plugin.p.f.n > 3", "lower(t.x) contains \"q\"", "t.y > 5", "t.z == \"x\"",
            ])
        #expect(found.predicates.map(\.cost) == [.call, .row, .column, .column])
        #expect(found.predicates.map(\.ruleCount) == [1, 1, 2, 1])
        #expect(found.rules.map(\.name) == ["a", "b"])
        #expect(found.rules[0].predicates == [2, 1, 0])
        #expect(found.rules[1].predicates == [2, 3])
        #expect(found.calls == ["plugin.p.f(a: t.x, b: \"\\(t.y)!\")"])
        let uses = Dictionary(
            found.fields.map { ($0.name, $0.uses) }, uniquingKeysWith: { $0 + $1 })
        #expect(uses["t.y"]?.contains("number") == true)
        #expect(uses["t.z"]?.contains("text") == true)
    }

    @Test(arguments: [
        ("t.a + t.b * 2 > 3", "t.a + (t.b * 2) > 3"), ("t.a / t.b > 0.5", "t.a / t.b > 0.5"),
        ("t.a in [3, 1]", "t.a in [1, 3]"), ("t.a in t.list", ""), ("t.a is known", "t.a is known"),
        ("t.a matches \"^x.y\"", "t.a matches \"^x.y\""), ("t.a == true", "t.a"),
        ("round(t.a, 2) == 3", "round(t.a, 2) == 3"), ("length(trim(t.a)) > 3", ""),
        (
            "context.event_time > timestamp(\"2026-01-31\")",
            "context.event_time > timestamp(\"2026-01-31T00:00:00Z\")"
        ),
        ("max(t.a, t.b) > abs(t.c)", "max(t.a, t.b) > abs(t.c)"),
        ("\"\\(t.a)-\" == t.b", ""),
        ("hour(context.event_time) < 6", "hour(context.event_time) < 6"),
    ])
    func `a predicate is written much as in a rule`(condition: String, written: String) throws {
        let found = try describe("rule a { when { \(condition) } then { flag_for_review() } }")
        let texts = found.predicates.map(\.text)
        #expect(!texts.isEmpty && texts.allSatisfy { !$0.isEmpty })
        if !written.isEmpty { #expect(texts == [written]) }
    }
}
