import ArkaModel
import ArkaRules
import Testing

/// What people are told of a rule's parts.
@Suite struct ExplainingTests {
    private let record: RecordValue = [
        "one": 1, "two": 2, "x": "x", "yes": true, "no": nil, "at": "2026-01-31T12:00:00Z",
        "list": ["x", "y"],
    ]

    private func explain(
        _ condition: String, then: String = "flag_for_review()", lets: String = ""
    ) throws -> RuleExplanation {
        let text = "rule r { when {\n\(lets)\n\(condition)\n} then {\n\(then)\n} }"
        let interpreter = try #require(TestFunctions.interpreter(text), "\(condition)")
        let inputs = RecordInputs(record)
        let decision = interpreter.decide(inputs) { requests in
            requests.map { _ in .value(["ok": true, "n": 5]) }
        }
        return try #require(interpreter.explanation(of: "r", inputs, calls: decision.calls))
    }

    @Test(arguments: [
        "t.one > 5", "t.one == 1 and t.two == 2 or t.x == \"a\"",
        "t.one == 1 and (t.two == 2 or t.x == \"a\")", "not t.yes", "not (t.yes and t.one == 1)",
        "t.one + t.two * 3 > 5", "(t.one + t.two) * 3 > 5", "t.one - (t.two - 1) > 5",
        "t.one / t.two > 0.5", "round(t.one / t.two, 2) == 0.5", "-t.one < 0", "abs(t.one) == 1",
        "max(t.one, t.two) > 1", "t.no ?? t.one ?? 5 > 1", "t.one in [1, 2]",
        "t.x not in [\"x\"]", "t.no is unknown", "t.no is known", "t.x starts_with \"x\"",
        "t.x matches \"^a.c$\"", "lower(t.x) == \"x\"", "length(trim(t.x)) > 1", "t.yes",
        "context.event_time > timestamp(\"2026-01-31T00:00:00Z\")", "hour(context.event_time) < 6",
        "context.event_time - timestamp(\"2026-01-31T00:00:00Z\") < 1d",
        "\"\\(t.one)-\\(t.x)\" == \"1-x\"", "plugin.p.f(a: t.one, b: \"x\").ok",
        "plugin.p.f(a: plugin.p.g().n).ok == true",
    ])
    func `a condition is written back as it was`(condition: String) throws {
        let written = try explain(condition).condition.text
        let calls = condition.contains("plugin.p")
        if calls {
            #expect(written.hasPrefix("plugin.p.f.ok"))
        } else {
            #expect(written == condition)
            // What is written is the rule: it is read back as the same.
            #expect(try explain(written).condition.text == written)
        }
    }

    @Test func `each part has its value, down to fields and calls`() throws {
        let found = try explain("t.one * 3 > t.two and plugin.p.f(a: t.x).n < t.no")
        #expect(found.result.truth == .unknown)
        #expect(
            found.condition
                == Explanation(
                    "t.one * 3 > t.two and plugin.p.f.n < t.no", .unknown(.null, field: "t.no"),
                    [
                        Explanation(
                            "t.one * 3 > t.two", .truth(true),
                            [
                                Explanation(
                                    "t.one * 3", .value(3), [Explanation("t.one", .value(1))]),
                                Explanation("t.two", .value(2)),
                            ]),
                        Explanation(
                            "plugin.p.f.n < t.no", .unknown(.null, field: "t.no"),
                            [
                                Explanation(
                                    "plugin.p.f.n", .value(5),
                                    [
                                        Explanation(
                                            "plugin.p.f(a: t.x)", .value(["ok": true, "n": 5]),
                                            [Explanation("t.x", .value("x"))])
                                    ]),
                                Explanation("t.no", .unknown(.null, field: "t.no")),
                            ]),
                    ]))
    }

    @Test func `lets are filled in and actions are shown as they would come out`() throws {
        let found = try explain(
            "total > 2", then: "require_manual_review(reason: \"\\(total)\", details: t.list)",
            lets: "let total = t.one + t.two")
        #expect(found.condition.text == "t.one + t.two > 2")
        #expect(found.actions.first?.reason == "3")
        #expect(found.actions.first?.details == ["x", "y"])
    }

    @Test func `a moment and a duration are written as people write them`() throws {
        let found = try explain("timestamp(t.at) - 12h == timestamp(\"2026-01-31\")")
        #expect(found.result.truth == .yes)
        #expect(found.condition.text == "t.at - 12h == timestamp(\"2026-01-31T00:00:00Z\")")
        #expect(found.condition.parts.first?.outcome == .value("2026-01-31T00:00:00Z"))
        #expect(
            found.condition.parts.first?.parts == [
                Explanation("t.at", .value("2026-01-31T12:00:00Z"))
            ])
    }

    @Test func `a call that was not made says so`() throws {
        let found = try explain("t.one > 5 and plugin.p.f(a: 1).ok")
        let call = found.condition.parts.last
        #expect(call?.outcome == .unknown(.notCalled, field: "plugin.p.f.ok"))
        #expect(found.result.truth == .no)
    }

    @Test func `there is no explanation of a rule that is not there`() throws {
        let interpreter = try #require(
            TestFunctions.interpreter("rule r { when { t.one > 5 } then { flag_for_review() } }"))
        #expect(interpreter.explanation(of: "s", RecordInputs(record)) == nil)
        #expect(interpreter.ruleNames == ["r"])
    }
}
