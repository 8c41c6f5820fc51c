import ArkaModel
import ArkaRules
import Testing

/// Calls of plugins' functions.
struct CallTests {
    private func book(_ text: String) throws -> RuleBook {
        let result = compile(text)
        return try #require(result.book, "\(result.diagnostics.map { $0.rendered() }.joined())")
    }

    private let sanctioned = """
        let answer = plugin.sanctions_list.check_sanctions(
            entity_id: customer.id, entity_type: "individual"
        )

        """

    @Test func `a call is planned with its arguments, and its members are fields`() throws {
        let book = try book(rule(sanctioned + "answer.is_sanctioned\nanswer.match_score > 0.8"))
        let call = try #require(book.calls.first)
        #expect(call.function.path == "plugin.sanctions_list.check_sanctions")
        #expect(call.arguments.map(\.name) == ["entity_id", "entity_type"])
        #expect(call.arguments[0].value == .field(FieldID(0)))
        #expect(call.arguments[1].value == .json("\"individual\""))
        #expect(
            book.fields == [
                Field(path: ["customer", "id"], name: "customer.id", uses: .raw),
                Field(
                    origin: .call(CallID(0)), path: ["is_sanctioned"],
                    name: "plugin.sanctions_list.check_sanctions.is_sanctioned", uses: .boolean),
                Field(
                    origin: .call(CallID(0)), path: ["match_score"],
                    name: "plugin.sanctions_list.check_sanctions.match_score", uses: .number),
            ])
    }

    @Test func `equal calls are one, whatever the order of their arguments`() throws {
        let swapped =
            "plugin.sanctions_list.check_sanctions(entity_type: \"individual\", entity_id: customer.id)"
        let book = try book(
            rule(sanctioned + "answer.is_sanctioned", name: "a")
                + rule("\(swapped).match_score > 1", name: "b")
                + rule(
                    "plugin.sanctions_list.check_sanctions(entity_id: transaction.id, "
                        + "entity_type: \"individual\").is_sanctioned", name: "c"))
        #expect(book.calls.count == 2)
    }

    @Test func `a call may take the answer of another one, which stands before it`() throws {
        let text = rule(
            """
            let region = plugin.geo_enrichment.enrich_geography(country_code: customer.country).region
            plugin.lookup.any(key: region, second: [region, "x", null, 24h]).known is known
            """)
        let book = try book(text)
        #expect(book.calls.map(\.function.name) == ["enrich_geography", "any"])
        #expect(book.calls[1].arguments[0].value == .field(FieldID(1)))
        #expect(book.fields[1].origin == .call(CallID(0)))
    }

    // acceptance: S-82
    @Test func `a let of when is used in then, and in no other rule`() throws {
        let book = try book(
            rule(
                sanctioned + "let limit = transaction.amount * 2\nanswer.is_sanctioned\nlimit > 5",
                then: "require_manual_review(reason: \"above \\(limit)\", details: answer.details)")
        )
        guard case .decide(_, let reason, let details) = book.rules[0].actions[0] else {
            Issue.record("the action was lost")
            return
        }
        let amount = try #require(book.fields.firstIndex { $0.path == ["amount"] })
        #expect(
            reason
                == .joined([
                    .text(Array("above ".utf8)),
                    .value(
                        .number(
                            .multiply(.field(FieldID(amount)), .constant(ExactDecimal(2))), .plain)),
                ]))
        let field = try #require(book.fields.firstIndex { $0.path == ["details"] })
        #expect(details == .field(FieldID(field)))
        let other = compile(
            rule("let limit = 5\ntransaction.amount > limit") + rule("limit > 5", name: "b"))
        #expect(other.diagnostics.map(\.code.description) == ["ARKA-RULE-0040"])
    }

    @Test func `actions of plugins take values of the transaction`() throws {
        let book = try book(
            rule(
                "transaction.amount > 5",
                then: "plugin.alert_system.send_alert(channels: [\"a\", transaction.channel], "
                    + "severity: \"high\", message: \"\\(transaction.id): \\(transaction.fee)\")"))
        guard case .call(let call) = book.rules[0].actions[0] else {
            Issue.record("the action was lost")
            return
        }
        #expect(call.function.name == "send_alert")
        #expect(call.arguments.map(\.name) == ["severity", "message", "channels"])
        #expect(book.rules[0].actions[0].status == .compliant)
    }

    @Test func `what is unknown on its way out needs no test`() throws {
        let reasons = [
            "\"\\(transaction.fee)\"", "\"\\(transaction.merchant.country)\"",
            "transaction.note ?? \"x\"",
        ]
        for reason in reasons {
            #expect(
                compile(rule("transaction.amount > 5", then: "reject(reason: \(reason))"))
                    .diagnostics.map { $0.rendered() } == [])
        }
        let call = "plugin.lookup.any(key: transaction.fee).x is known"
        #expect(compile(rule(call)).diagnostics.map { $0.rendered() } == [])
    }

    @Test(arguments: [
        (
            "plugin.sanctions_list.check_sanctions(entity_id: customer.id, entity_type: \"individual\")",
            ".listed_since == \"x\""
        ),
        ("plugin.lookup.any(key: 1)", ".x == 5"),
    ])
    func `a member that an answer may lack is an optional field`(call: String, rest: String) {
        let isDeclared = call.contains("sanctions")
        let codes = compile(rule(call + rest)).diagnostics.map(\.code.description)
        #expect(codes == (isDeclared ? ["ARKA-RULE-0043"] : []))
    }

    @Test func `an answer as a whole is an object, whether its members are declared or not`() {
        func codes(_ condition: String) -> [String] {
            compile(rule(condition)).diagnostics.map(\.code.description)
        }
        #expect(codes("plugin.lookup.any(key: 1)") == ["ARKA-RULE-0051"])
        #expect(codes("plugin.lookup.any(key: 1) == true") == ["ARKA-RULE-0052"])
        #expect(codes("plugin.lookup.any(key: 1).x") == [])
        #expect(codes("plugin.lookup.any(key: 1) is known") == [])
    }
}
