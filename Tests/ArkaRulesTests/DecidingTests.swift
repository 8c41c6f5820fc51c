import ArkaModel
import Testing

@testable import ArkaRules

/// Which calls a transaction makes, and what becomes of it.
@Suite struct DecidingTests {
    private let record: RecordValue = ["one": 1, "two": 2, "x": "x", "yes": true]

    private func machine(
        _ answers: [String: CallAnswer] = [:]
    ) -> AnsweringMachine {
        AnsweringMachine { answers[$0.function.name] ?? .value(["ok": true, "n": 5, "s": "s"]) }
    }

    private func rules(_ conditions: String..., then: String = "reject(reason: \"r\")") -> String {
        conditions.enumerated().map { index, condition in
            "rule r\(index) {\n when {\n \(condition)\n }\n then {\n \(then)\n }\n}\n"
        }.joined()
    }

    @Test(arguments: [
        ("t.one > 5 and plugin.p.f(a: 1).ok", [[String]]()),
        ("plugin.p.f(a: 1).ok and t.one > 5", []),
        ("t.one > 0 or plugin.p.f(a: 1).ok", []),
        ("plugin.p.f(a: 1).ok or t.one > 0", []),
        ("t.one > 0 and plugin.p.f(a: 1).ok", [["f"]]),
        ("t.none > 0 and plugin.p.f(a: 1).ok", [["f"]]),
        ("t.none > plugin.p.f(a: 1).n", []),
        ("plugin.p.f(a: 1).n > plugin.p.g(a: 1).n", [["f", "g"]]),
        ("plugin.p.f(a: 1).ok and plugin.p.g(a: 1).ok", [["f", "g"]]),
        ("plugin.p.f(a: plugin.p.g(a: 1).n).ok", [["g"], ["f"]]),
        ("plugin.p.f(a: (plugin.p.g(a: 1).ok and t.one > 5)).ok", [["f"]]),
        ("plugin.p.f(a: (plugin.p.g(a: 1).ok and t.one > 0)).ok", [["g"], ["f"]]),
        ("plugin.p.f(a: 1).s contains plugin.p.g(a: 1).s", [["f", "g"]]),
        ("(plugin.p.f(a: 1).n ?? plugin.p.g(a: 1).n) > 1", [["f"]]),
        ("(plugin.p.f(a: 1).none ?? plugin.p.g(a: 1).n) > 1", [["f"], ["g"]]),
        ("(t.one ?? plugin.p.g(a: 1).n) > 1", []),
        ("(plugin.p.f(a: 1).s ?? t.one) != (t.x ?? plugin.p.g(a: 1).n)", [["f"]]),
        ("plugin.p.f(a: 1).none is unknown", [["f"]]),
        ("not plugin.p.f(a: 1).ok", [["f"]]),
        ("plugin.p.f(a: t.none).ok", []),
        ("plugin.p.f(a: 1).ok and plugin.p.f(a: t.one).ok", [["f"]]),
        ("plugin.p.f(a: 1).ok and plugin.p.f(a: t.two).ok", [["f", "f"]]),
        ("plugin.p.f(a: 1).n / plugin.p.g(a: 1).n > 0.5", [["f", "g"]]),
        ("length(plugin.p.f(a: 1).s) == 1", [["f"]]),
        ("\"\\(plugin.p.f(a: 1).s)\" == \"s\"", [["f"]]),
    ])
    func `a call is made where nothing else decides, and once`(
        condition: String, names: [[String]]
    ) throws {
        let interpreter = try #require(TestFunctions.interpreter(rules(condition)))
        let machine = machine()
        _ = machine.decide(interpreter, record)
        #expect(machine.names == names)
    }

    @Test func `the calls of all rules are made together`() throws {
        let text = rules("plugin.p.f(a: 1).ok", "plugin.p.g(a: 1).ok", "plugin.p.f(a: 1).n > 1")
        let machine = machine()
        let decision = machine.decide(try #require(TestFunctions.interpreter(text)), record)
        #expect(machine.names == [["f", "g"]])
        #expect(decision.fired == ["r0", "r1", "r2"])
        #expect(decision.calls.map(\.request.function.name) == ["f", "g"])
        #expect(decision.calls[0].request.arguments == [.init("a", 1)])
    }

    @Test func `what only an action reads is asked once the rule has fired`() throws {
        let action = "require_manual_review(reason: \"r\", details: plugin.p.g(a: 1).n)"
        let fires = machine()
        let decision = fires.decide(
            try #require(TestFunctions.interpreter(rules("plugin.p.f(a: 1).ok", then: action))),
            record)
        #expect(fires.names == [["f"], ["g"]])
        #expect(decision.actions.map(\.details) == [5])
        let quiet = machine()
        _ = quiet.decide(
            try #require(TestFunctions.interpreter(rules("t.one > 5", then: action))), record)
        #expect(quiet.names == [])
    }

    @Test(arguments: [UnknownCause.callFailed, .timedOut, .breakerOpen])
    func `a call that fails makes its rule unknown, never compliant`(cause: UnknownCause) throws {
        let interpreter = try #require(
            TestFunctions.interpreter(rules("plugin.p.f(a: 1).ok", "t.one > 0 and t.two < 0")))
        let decision = machine(["f": .unknown(cause)]).decide(interpreter, record)
        #expect(decision.status == .manualReview)
        #expect(decision.fired == [])
        #expect(decision.unknown.map(\.rule) == ["r0"])
        #expect(decision.unknown.map(\.cause) == [cause])
        #expect(decision.unknown.first?.field == "plugin.p.f.ok")
    }

    @Test func `an argument that is unknown makes the call unknown for the same cause`() throws {
        let interpreter = try #require(
            TestFunctions.interpreter(rules("plugin.p.f(a: plugin.p.g(a: t.none).n).ok")))
        let machine = machine()
        let decision = machine.decide(interpreter, record)
        #expect(machine.names == [] && decision.calls == [])
        #expect(decision.unknown.map(\.cause) == [.absent])
    }

    @Test func `the status is that of the most severe rule, fired or unknown`() throws {
        let text = """
            rule flags { when { t.one == 1 } then { flag_for_review() } }
            rule open(on_unknown: reject) { when { t.none == 1 } then { flag_for_review() } }
            rule passed_over(on_unknown: ignore) { when { t.none == 1 } then { flag_for_review() } }
            rule acts { when { t.two == 2 } then { plugin.p.act(x: t.none) \n plugin.p.act(x: "\\(t.x)!") } }
            """
        let decision = machine().decide(try #require(TestFunctions.interpreter(text)), record)
        #expect(decision.status == .rejected)
        #expect(decision.fired == ["flags", "acts"])
        #expect(decision.unknown.map(\.rule) == ["open"])
        #expect(
            decision.actions.map(\.name) == [
                "flag_for_review", "plugin.p.act", "plugin.p.act",
            ])
        #expect(decision.actions[1].arguments == [.init("x", nil)])
        #expect(decision.actions[2].arguments == [.init("x", "x!")])
        #expect(decision.actions[0].reason == nil)
    }
}
