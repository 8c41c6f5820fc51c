import ArkaModel
import Foundation
import Testing

@testable import ArkaRules

/// What the plugin guide asks of the language, row by row.
struct LanguageTests {
    private func codes(_ text: String) -> [String] {
        compile(text).diagnostics.map(\.code.description)
    }

    private func decide(_ text: String, _ record: RecordValue) throws -> DecidedTransaction {
        let source = SourceText(name: "a.pact", text: text)
        let inputs = Payments.inputs(Payments.untyped)
        let interpreter = try #require(RuleInterpreter([source], inputs))
        return interpreter.decide(RecordInputs(record)) { $0.map { _ in .unknown(.notCalled) } }
    }

    // acceptance: S-80
    @Test func `rules are parsed, and a name given twice is refused`() throws {
        let text = rule("transaction.amount > 5", name: "a") + rule("customer.pep", name: "b")
        let book = try #require(compile(text).book)
        #expect(book.rules.map(\.name) == ["a", "b"])
        #expect(book.rules.map(\.actions.count) == [1, 1])
        let twice = compile(text + rule("customer.pep", name: "a"))
        #expect(twice.book == nil)
        #expect(twice.diagnostics.map(\.code.description) == ["ARKA-RULE-0020"])
        #expect(twice.diagnostics[0].position.line == 17)
        let files = ["1.pact", "2.pact"].map { SourceText(name: $0, text: rule("customer.pep")) }
        #expect(compileRules(files, Payments.inputs()).book == nil)
    }

    // acceptance: S-81
    @Test func `comments stand anywhere between words`() throws {
        let text = """
            list near = ["DE", "http://x"]
            const limit = 5
            rule a(priority: 1) {
                when {
                    let x = transaction.amount
                    x > limit and customer.country in list.near
                    lower(customer.country) == "a // b" or (customer.pep)
                }
                then {
                    flag_for_review(reason: "// \\(x)")
                }
            }
            """
        let plain = try #require(compile(text).book)
        var lexer = Lexer(SourceText(name: "a", text: text))
        lexer.run()
        // In a line of its own before each word, and behind each line.
        let bytes = Array(text.utf8)
        for token in lexer.tokens where token.startsLine {
            let place = token.range.start
            let commented =
                String(decoding: bytes[..<place], as: UTF8.self) + "// \"when { (\n// é\n"
                + String(decoding: bytes[place...], as: UTF8.self) + " // }"
            let book = try #require(compile(commented).book, "\(commented)")
            #expect(book.rules == plain.rules)
        }
        let behind = text.split(separator: "\n").map { $0 + " //// ) \"\n" }.joined()
        #expect(compile(behind).book?.rules == plain.rules)
        #expect(compile(behind).book?.predicates == plain.predicates)
    }

    // acceptance: S-83
    @Test func `functions of plugins are found at compile time, or a near name is`() throws {
        let call = "plugin.sanctions_list.check_sanctions"
        let arguments = "(entity_id: transaction.id, entity_type: \"individual\").is_sanctioned"
        let book = try #require(compile(rule(call + arguments)).book)
        #expect(book.calls.map(\.function.path) == [call])
        for (wrong, suggestion) in [
            ("plugin.sanction_list.check_sanctions", "sanctions_list"),
            ("plugin.sanctions_list.check_sanction", "check_sanctions"),
        ] {
            let result = compile(rule(wrong + arguments))
            #expect(result.book == nil)
            #expect(result.diagnostics.map(\.code.description) == ["ARKA-RULE-0034"])
            #expect(result.diagnostics.map(\.suggestion) == [suggestion])
        }
        let dashes = compile(rule("plugin.sanctions-list.check_sanctions" + arguments))
        #expect(dashes.diagnostics.map(\.code.description) == ["ARKA-RULE-0034"])
        #expect(dashes.diagnostics[0].expectation?.contains("plugin.sanctions_list.") == true)
        let action = compile(rule("customer.pep", then: "plugin.alert_system.send_alrt()"))
        #expect(action.diagnostics.map(\.suggestion) == ["send_alert"])
    }

    @Test(
        arguments: [
            ("entity_id: transaction.id, entity_type: \"individual\"", []),
            ("entity_type: \"individual\", entity_id: \"x\"", []),
            ("entity_id: transaction.id, entity_type: \"individual\", lists: [\"ofac\"]", []),
            ("entity_id: transaction.id", ["ARKA-RULE-0027"]), ("", ["ARKA-RULE-0027"]),
            ("entity_id: transaction.id, entity_type: \"individual\", x: 5", ["ARKA-RULE-0026"]),
            ("entity_di: transaction.id, entity_type: \"individual\"", ["ARKA-RULE-0026"]),
            ("entity_id: 5, entity_type: \"individual\"", ["ARKA-RULE-0037"]),
            ("entity_id: transaction.amount, entity_type: \"individual\"", ["ARKA-RULE-0037"]),
            ("entity_id: transaction.id, entity_type: \"person\"", ["ARKA-RULE-0037"]),
            ("entity_id: \"a\", entity_id: \"b\", entity_type: \"individual\"", ["ARKA-RULE-0029"]),
            ("transaction.id, \"individual\"", ["ARKA-RULE-0026"]),
        ] as [(String, [String])])
    // acceptance: S-84
    func `arguments are named, and checked against the table`(arguments: String, expected: [String])
    {
        let call = "plugin.sanctions_list.check_sanctions(\(arguments)).is_sanctioned"
        #expect(codes(rule(call)) == expected)
        #expect((compile(rule(call)).book == nil) == !expected.isEmpty)
    }

    @Test(arguments: [
        ("$a or $b and $c", "$a or ($b and $c)"), ("$a and $b or $c", "($a and $b) or $c"),
        ("not $a and $b", "(not $a) and $b"), ("not $a == $b", "not ($a == $b)"),
        ("$x > 1 and $y < 2", "($x > 1) and ($y < 2)"), ("$x + 1 > $y", "($x + 1) > $y"),
        ("$x + 2 * $y == 7", "$x + (2 * $y) == 7"), ("$x - 1 - 2 > 0", "(($x - 1) - 2) > 0"),
        ("$x / 2 >= $y + 1", "($x / 2) >= ($y + 1)"), ("-$x * $y <= 1", "(-$x) * $y <= 1"),
        ("$x ?? 1 * 2 != 3", "($x ?? 1) * 2 != 3"), ("-$x ?? 1 > 2", "(-$x) ?? 1 > 2"),
        ("$x not in [1] and $a", "not ($x in [1]) and $a"),
        ("$x in [1] or $a", "($x in [1]) or $a"), ("not $x in [1]", "not ($x in [1])"),
        ("$x is known and $a", "($x is known) and $a"),
        ("not $x is known", "not ($x is known)"),
    ])
    // acceptance: S-90
    func `operators bind as documented`(written: String, meant: String) throws {
        func book(_ condition: String) throws -> RuleBook {
            let text = rule(condition.replacing("$", with: "transaction."))
            return try #require(compile(text, Payments.untyped).book, "\(condition)")
        }
        let (a, b) = (try book(written), try book(meant))
        #expect(a.rules == b.rules && a.predicates == b.predicates && a.fields == b.fields)
        let specification = try String(
            contentsOf: RuleSamples.project.appending(path: "docs/spec/rule-language.md"),
            encoding: .utf8)
        #expect(
            specification.contains(
                "From weak to strong: `or`, `and`, `not`, comparisons, `+ -`, `* /`, `??`, "
                    + "unary `-`"))
    }

    @Test(arguments: [
        "$text == \"a\\\"b\"", "$whole == 10_000", "$money == 10000.10", "$money == 10_000.1",
        "$money * 3 == 30000.3", "0.1 + 0.2 == 0.3", "$money - 0.1 == 10000",
        "$money < 10000.100000000000000001", "$large == 99999999999999999999.999999999999999999",
        "$yes == true", "$no == false", "$text in [\"x\", \"a\\\"b\"]", "$whole in [1, 10000]",
        "$money in [10000.1]", "$yes in [true]",
    ])
    // acceptance: S-91
    func `literals of all kinds, and money is exact`(condition: String) throws {
        func decimal(_ text: String) throws -> RecordValue { .number(try ExactDecimal(text)) }
        let record: RecordValue = [
            "text": "a\"b", "whole": 10_000, "money": try decimal("10000.1"),
            "large": try decimal("99999999999999999999.999999999999999999"), "yes": true,
            "no": false,
        ]
        #expect(try Evaluation(record: record).truth(condition) == .yes)
        // What has no exact value is no literal.
        for number in ["0.0000000000000000001", "999999999999999999999"] {
            #expect(codes(rule("transaction.amount > \(number)")) == ["ARKA-RULE-0008"])
        }
    }

    // acceptance: S-92
    @Test func `the expression of when is the condition and must be boolean`() throws {
        let text = rule("let limit = transaction.amount * 2\nlimit > 5")
        #expect(try #require(compile(text).book).predicates.count == 1)
        #expect(try #require(compile(rule("customer.pep")).book).rules.count == 1)
        for condition in [
            "transaction.amount", "\"x\"", "5", "24h", "transaction.channel",
            "transaction.amount + 1", "lower(transaction.channel)", "customer.pep and 5",
            "transaction.created_at",
        ] {
            #expect(codes(rule(condition)) == ["ARKA-RULE-0051"], "\(condition)")
            #expect(compile(rule(condition)).book == nil)
        }
        #expect(codes(rule("let limit = 5")).contains("ARKA-RULE-0021"))
    }

    // acceptance: S-94
    @Test func `reject rejects with its reason`() throws {
        let text = rule("transaction.amount > 5", then: "reject(reason: \"too \\(\"large\")\")")
        let decision = try decide(text, ["amount": 6])
        #expect(decision.status == .rejected)
        #expect(decision.actions.map(\.reason) == ["too large"])
        #expect(try decide(text, ["amount": 5]).status == .compliant)
        #expect(codes(rule("customer.pep", then: "reject()")) == ["ARKA-RULE-0027"])
        #expect(codes(rule("customer.pep", then: "reject(reason: 5)")) == ["ARKA-RULE-0028"])
    }

    // acceptance: S-95, S-96
    @Test func `flag_for_review flags, with or without a reason`() throws {
        for (action, reason) in [
            ("flag_for_review(reason: \"r\")", "r"), ("flag_for_review()", nil),
        ] as [(String, RecordValue?)] {
            let text = rule("transaction.amount > 5", then: action)
            let decision = try decide(text, ["amount": 6])
            #expect(decision.status == .flagged)
            #expect(decision.actions.map(\.reason) == [reason])
            #expect(try decide(text, ["amount": 5]).status == .compliant)
        }
    }

    // acceptance: S-97
    @Test func `require_manual_review carries details`() throws {
        let details = "[transaction.amount * 2, transaction.o, null, \"x\", transaction.none]"
        let text = rule(
            "transaction.amount > 5",
            then: "require_manual_review(reason: \"r\", details: \(details))")
        let decision = try decide(text, ["amount": 6, "o": ["a": [1]]])
        #expect(decision.status == .manualReview)
        #expect(decision.actions.map(\.reason) == ["r"])
        #expect(decision.actions.map(\.details) == [[12, ["a": [1]], nil, "x", nil]])
        let without = rule("customer.pep", then: "require_manual_review(reason: \"r\")")
        #expect(compile(without).book != nil)
        #expect(
            codes(rule("customer.pep", then: "require_manual_review(details: 5)"))
                == ["ARKA-RULE-0027"])
        #expect(
            codes(rule("customer.pep", then: "flag_for_review(details: 5)")) == ["ARKA-RULE-0026"])
    }

    // acceptance: S-98
    @Test func `several statements of then keep their order`() throws {
        let actions = """
            flag_for_review(reason: "1")
            plugin.lookup.note()
            reject(reason: "2")
            flag_for_review(reason: "3")
            require_manual_review(reason: "4")
            plugin.lookup.note()
            """
        let decision = try decide(rule("transaction.amount > 5", then: actions), ["amount": 6])
        #expect(
            decision.actions.map(\.name) == [
                "flag_for_review", "plugin.lookup.note", "reject", "flag_for_review",
                "require_manual_review", "plugin.lookup.note",
            ])
        #expect(decision.actions.compactMap(\.reason) == ["1", "2", "3", "4"])
        #expect(decision.status == .rejected)
        #expect(
            codes(rule("customer.pep", then: "flag_for_review() reject(reason: \"x\")"))
                == ["ARKA-RULE-0010"])
    }
}
