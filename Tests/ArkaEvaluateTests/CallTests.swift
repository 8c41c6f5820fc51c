import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Foundation
import Testing

/// Rules that call functions, one example for each thing that may happen.
struct CallTests {
    // MARK: Which calls are made

    @Test func `a cheap condition that is false rules the call out`() throws {
        let trial = try Trial("t.amount > 100\nplugin.s.check(name: t.name).hit", Self.hit)
        let decision = trial.decide("{\"id\":1,\"amount\":5,\"name\":\"Ann\"}")
        #expect(decision.status == .compliant)
        #expect(trial.asked == [])
        #expect(decision.members["calls"] == nil)
        #expect(decision.members["degraded"] == nil)
        #expect(trial.decide("{\"id\":1,\"amount\":101,\"name\":\"Ann\"}").fired == ["r"])
        #expect(trial.asked == ["plugin.s.check(name: \"Ann\")"])
    }

    @Test func `a condition that is unknown does not rule the call out`() throws {
        let trial = try Trial("t.amount > 100\nplugin.s.check(name: t.name).hit", Self.miss)
        let decision = trial.decide("{\"id\":1,\"name\":\"Ann\"}")
        #expect(decision.status == .compliant, "the call says that the rule is false")
        #expect(trial.asked == ["plugin.s.check(name: \"Ann\")"])
    }

    @Test(arguments: [
        ("t.vip or plugin.s.check(name: t.name).hit", "{\"vip\":true,\"name\":\"A\"}", true),
        ("plugin.s.check(name: t.name).hit or t.vip", "{\"vip\":true,\"name\":\"A\"}", true),
        ("plugin.s.check(name: t.name).hit and t.vip", "{\"vip\":false,\"name\":\"A\"}", false),
        ("(t.name ?? plugin.s.check(name: \"x\").name) == \"A\"", "{\"name\":\"A\"}", true),
        ("not (t.vip or plugin.s.check(name: t.name) is known)", "{\"vip\":true}", false),
    ])
    func `what decides without the call leaves nothing to ask`(
        condition: String, record: String, fires: Bool
    ) throws {
        let trial = try Trial(condition, Self.hit)
        #expect(trial.decide(record).fired == (fires ? ["r"] : []))
        #expect(trial.asked == [])
    }

    @Test func `a call with an unknown argument is not made and unknown for the same cause`() throws
    {
        let trial = try Trial("plugin.s.check(name: t.name).hit", Self.hit)
        let decision = trial.decide("{\"id\":1,\"name\":null}")
        #expect(trial.asked == [])
        #expect(decision.unknown == ["r null"])
        #expect(decision.members["calls"] == nil)
        #expect(decision.members["degraded"] == nil, "nothing failed but the record")
    }

    @Test func `a call that takes an answer of another is made after it`() throws {
        let trial = try Trial(
            "plugin.s.check(name: plugin.s.check(name: t.name).name).hit"
        ) { question in
            question.contains("Ann") ? Self.answer("{\"name\":\"Bob\"}") : Self.hit(question)
        }
        let decision = trial.decide("{\"id\":1,\"name\":\"Ann\"}")
        #expect(decision.fired == ["r"])
        #expect(
            trial.asked == ["plugin.s.check(name: \"Ann\")", "plugin.s.check(name: \"Bob\")"])
        #expect(trial.desk.rounds == 2)
        #expect(decision.calls.count == 2)
    }

    @Test func `what stands in for an answer is asked for once that is unknown`() throws {
        let condition =
            "(plugin.s.check(name: t.name).name ?? plugin.s.check(name: \"y\").name) == \"Bob\""
        let known = try Trial(condition) { _ in Self.answer("{\"name\":\"Bob\"}") }
        #expect(known.decide("{\"name\":\"Ann\"}").fired == ["r"])
        #expect(known.asked == ["plugin.s.check(name: \"Ann\")"])
        let unknown = try Trial(condition) { question in
            Self.answer(question.contains("Ann") ? "{}" : "{\"name\":\"Bob\"}")
        }
        #expect(unknown.decide("{\"name\":\"Ann\"}").fired == ["r"])
        #expect(unknown.desk.rounds == 2)
    }

    @Test func `a reason that reads a call has it made once the rule fired`() throws {
        let trial = try Trial(
            "t.amount > 100", reason: "\"known as \\(plugin.s.check(name: t.name).name)\""
        ) { _ in Self.answer("{\"name\":\"Bob \\\"B\\\"\"}") }
        #expect(trial.decide("{\"amount\":1,\"name\":\"Ann\"}").fired == [])
        #expect(trial.asked == [])
        let decision = trial.decide("{\"amount\":101,\"name\":\"Ann\"}")
        #expect(decision.reasons == ["known as Bob \"B\""])
        #expect(trial.asked == ["plugin.s.check(name: \"Ann\")"])
    }

    @Test func `what a batch before was given says nothing of whether a rule may fire`() throws {
        let trial = try Trial(
            "t.amount > 100\nt.amount < 1000", isIgnoredIfUnknown: true,
            reason: "\"known as \\(plugin.s.check(name: t.name).name)\"", Self.hit)
        let wide = "{\"amount\":0.000000000000000001,\"name\":\"Ann\"}"
        #expect(trial.decide(wide).fired == [])
        #expect(trial.asked == [])
        let decision = trial.decide("{\"amount\":101,\"name\":\"Ann\"}")
        #expect(decision.fired == ["r"])
        #expect(trial.asked == ["plugin.s.check(name: \"Ann\")"])
        #expect(decision.calls.count == 1)
    }

    @Test func `equal calls of a row are asked once, however they are written`() throws {
        let trial = try Trial(
            "plugin.s.check(name: t.name).hit\nplugin.s.check(name: t.alias).hit", Self.hit)
        let same = trial.decide("{\"name\":\"Ann\",\"alias\":\"\\u0041nn\"}")
        #expect(same.fired == ["r"])
        #expect(trial.asked == ["plugin.s.check(name: \"Ann\")"])
        #expect(same.calls.count == 1)
        let different = trial.decide("{\"name\":\"Ann\",\"alias\":\"Bob\"}")
        #expect(different.calls.count == 2)
    }

    @Test func `arguments arrive as what they are`() throws {
        let trial = try Trial(
            """
            plugin.s.any(key: t.text).hit
            plugin.s.any(key: t.amount * 2).hit
            plugin.s.any(key: t.name is known).hit
            plugin.s.any(key: null).hit
            plugin.s.any(key: [t.amount, t.nothing, "x"]).hit
            plugin.s.any(key: t.object).hit
            plugin.s.any(key: "a\\(t.amount)").hit
            """, Self.hit)
        let record = """
            {"text":"q\\"\\n\\u00e9","amount":1.50,"object":{"b" : [1, 2e0],"a":"x"}}
            """
        #expect(trial.decide(record).fired == ["r"])
        #expect(
            Set(trial.asked) == [
                "plugin.s.any(key: \"q\\\"\\né\")", "plugin.s.any(key: 3)",
                "plugin.s.any(key: false)", "plugin.s.any(key: null)",
                "plugin.s.any(key: [1.5,null,\"x\"])",
                "plugin.s.any(key: {\"a\":\"x\",\"b\":[1,2]})", "plugin.s.any(key: \"a1.5\")",
            ])
    }

    // MARK: What comes back

    @Test func `a call without an answer leaves the rule unknown and the decision degraded`() throws
    {
        let trial = try Trial("plugin.s.check(name: t.name).hit") { _ in
            SettledCall(
                .unknown(.timedOut), CallTrace(outcome: "timeout", error: "no answer in 50 ms"))
        }
        let decision = trial.decide("{\"name\":\"Ann\"}")
        #expect(decision.status == .manualReview)
        #expect(decision.unknown == ["r timeout"])
        #expect(decision.members["degraded"] as? Bool == true)
        #expect(
            decision.description.contains(
                """
                ,"calls":[{"function":"s.check","outcome":"timeout","error":"no answer in 50 ms"}]\
                ,"degraded":true,"rulebook":
                """), "\(decision)")
    }

    @Test func `a decision states age, expiry, metadata and warnings of answers`() throws {
        let trial = try Trial("plugin.s.check(name: t.name).hit") { _ in
            let reply = CallReply(
                json: Array("{\"hit\":true}".utf8), timeToLive: .milliseconds(61_200),
                metadata: Array("{\"version\":7}".utf8),
                warnings: ["old \"list\""])
            return SettledCall(
                .answer(reply),
                CallTrace(outcome: "cached", age: .milliseconds(1200)))
        }
        let decision = trial.decide("{\"name\":\"Ann\"}")
        #expect(
            decision.description.contains(
                """
                ,"calls":[{"function":"s.check","outcome":"cached","age_ms":1200,\
                "expires_in_ms":60000,"metadata":{"version":7},"warnings":["old \\"list\\""]}],"rulebook":
                """), "\(decision)")
    }

    @Test(arguments: [
        ("[1]", "r absent"), ("7", "r absent"), ("{}", "r absent"), ("{\"hit\":null}", "r null"),
        ("{\"hit\":1}", "r other_type"), ("{\"hit\":true,\"hit\":true}", "r duplicate"),
        ("{\"hit\":true", "r failed"), ("", "r failed"),
    ])
    func `an answer that does not have the value says why`(reply: String, unknown: String) throws {
        let trial = try Trial("plugin.s.check(name: t.name).hit") { _ in Self.answer(reply) }
        #expect(trial.decide("{\"name\":\"Ann\"}").unknown == [unknown])
    }

    @Test func `an answer that is no JSON is stated as a failure`() throws {
        let trial = try Trial("plugin.s.check(name: t.name).hit") { _ in Self.answer("{\"hit\":") }
        let decision = trial.decide("{\"name\":\"Ann\"}")
        #expect(decision.members["degraded"] as? Bool == true)
        #expect(decision.calls.map { $0["outcome"] as? String } == ["failed"])
    }

    @Test func `values of answers are as exact as those of records`() throws {
        let trial = try Trial("plugin.s.check(name: t.name).score * 3 == 999999999999999999.3") {
            _ in Self.answer("{\"score\":333333333333333333.1}")
        }
        let decision = trial.decide("{\"name\":\"Ann\"}")
        #expect(decision.fired == ["r"])
        #expect(trial.engine.evaluator.wideRows == 1)
    }

    // MARK: Waiting

    @Test func `a row whose answer is pending leaves nothing behind`() throws {
        let trial = try Trial(
            "t.amount > 100\nplugin.s.check(name: t.name).hit", pendingPercent: 100, Self.hit)
        let asking = "{\"id\":1,\"amount\":101,\"name\":\"Ann\"}"
        let quiet = "{\"id\":2,\"amount\":1,\"name\":\"Bob\"}"
        let results = trial.decide([quiet, asking, quiet], as: [10, 11, 12])
        #expect(results[1] == .waiting(ticket: 11))
        #expect(results[0].status == .compliant && results[2].status == .compliant)
        #expect(trial.engine.evaluator.statusCounts.reduce(0, +) == 2)
        #expect(trial.engine.evaluator.ruleFires == [0])
        let written = [results[0], results[2]].reduce(0) { $0 + $1.description.utf8.count }
        #expect(trial.engine.batch.output.count == written)
    }

    @Test func `a row that comes back is decided as if the answer had been there`() throws {
        let rule = """
            plugin.s.check(name: plugin.s.check(name: t.name).name).hit
            plugin.s.any(key: t.alias) is known
            """
        let answers: (String) -> SettledCall = { question in
            question.contains("Ann")
                ? Self.answer("{\"name\":\"Bob\",\"hit\":false}") : Self.hit(question)
        }
        let record = "{\"id\":1,\"name\":\"Ann\",\"alias\":\"x\"}"
        let expected = try Trial(rule, answers).decide(record)
        #expect(expected.fired == ["r"])
        let trial = try Trial(rule, pendingPercent: 100, answers)
        var rounds = 0
        var result = trial.decide([record], as: [0])[0]
        while case .waiting(0) = result {
            rounds += 1
            result = trial.decide([record], as: [0])[0]
        }
        #expect(rounds == 2)
        #expect(result == expected)
        #expect(trial.asked.count == 3, "nothing is asked again: \(trial.asked)")
        #expect(trial.engine.evaluator.ruleFires == [1])
    }

    // MARK: Around it

    @Test func `without a desk nothing is called`() throws {
        let trial = try Trial("plugin.s.check(name: t.name).hit", Self.hit)
        let engine = Engine(trial.engine.evaluator.plan.book, layout: Trial.layout)
        let decision = engine.evaluate("{\"name\":\"Ann\"}")
        #expect(decision.unknown == ["r not_called"])
        #expect(decision.members["calls"] == nil)
    }

    @Test func `decisions with calls have the members that the schema file says`() throws {
        let file = try JSONSerialization.jsonObject(
            with: Data(Place.bytes("config/schema/arka.decision-1.schema.json")))
        let schema = try #require(file as? [String: Any])
        let trial = try Trial(
            "plugin.s.check(name: t.name).hit or plugin.s.any(key: t.name).hit"
        ) { question in
            question.contains("any")
                ? SettledCall(.unknown(.breakerOpen), CallTrace(outcome: "open", error: "e"))
                : SettledCall(
                    .answer(CallReply(json: Array("{}".utf8), warnings: ["w"])),
                    CallTrace(outcome: "cached", age: .seconds(2)))
        }
        let decision = trial.decide("{\"id\":\"1\",\"name\":\"Ann\"}")
        #expect(decision.calls.count == 2)
        #expect(SchemaChecker.problems(decision.members, schema) == [], "\(decision)")
    }

    // MARK: Answers

    private static func answer(_ json: String) -> SettledCall {
        SettledCall(.answer(CallReply(json: Array(json.utf8))), CallTrace(outcome: "answered"))
    }

    private static func hit(_ question: String) -> SettledCall { answer("{\"hit\":true}") }

    private static func miss(_ question: String) -> SettledCall { answer("{\"hit\":false}") }
}

/// One rule, a desk, and an engine that asks it.
private final class Trial {
    static let layout = RecordLayout(roots: [RecordLayout.Root(name: "t", path: [])])
    private static let functions = FunctionTable([
        FunctionSignature(
            plugin: "s", name: "check", kind: .dataSource, parameters: [.init("name")]),
        FunctionSignature(plugin: "s", name: "any", kind: .enrichment, parameters: [.init("key")]),
    ])
    let desk: SeededDesk
    let engine: Engine
    private var next = 1000

    init(
        _ condition: String, isIgnoredIfUnknown: Bool = false, reason: String = "\"why\"",
        pendingPercent: Int = 0, _ answer: @escaping (String) -> SettledCall
    ) throws {
        let fate = isIgnoredIfUnknown ? "(on_unknown: ignore) " : ""
        let text = "rule r \(fate){ when { \(condition)\n } then { reject(reason: \(reason)) } }"
        let compiled = compileRules(
            [SourceText(name: "r.pact", text: text)],
            RuleInputs(layout: Self.layout, onUnknown: .review, functions: Self.functions))
        let book = try #require(compiled.book, "\(compiled.diagnostics)")
        desk = SeededDesk(book.calls, pendingPercent: pendingPercent, answer: answer)
        engine = Engine(book, layout: Self.layout, desk: desk)
    }

    /// Everything that was asked so far.
    var asked: [String] { desk.asked.sorted { $0.key < $1.key }.flatMap(\.value) }

    /// Decides a record of a transaction of its own; they all have the same coordinates.
    func decide(_ record: String) -> RowResult {
        next += 1
        desk.begin([next])
        return engine.evaluate([(0, Array(record.utf8))])[0]
    }

    func decide(_ records: [String], as transactions: [Int]) -> [RowResult] {
        desk.begin(transactions)
        return engine.evaluate(zip(transactions, records).map { (Int64($0), Array($1.utf8)) })
    }
}

extension RowResult {
    fileprivate var calls: [[String: Any]] { members["calls"] as? [[String: Any]] ?? [] }

    fileprivate var reasons: [String] {
        (members["actions"] as? [[String: Any]] ?? []).compactMap { $0["reason"] as? String }
    }
}
