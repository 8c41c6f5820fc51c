import ArkaModel
import Foundation
import Testing

@testable import ArkaRules

/// The rules that the plugin guide prints, as they are printed.
struct GuideTests {
    private static func object(_ properties: [RecordSchema.Property]) -> RecordSchema {
        Payments.object(properties)
    }

    private static func nested(
        _ name: String, _ properties: [RecordSchema.Property]
    ) -> RecordSchema.Property {
        .init(name, isRequired: true, object(properties))
    }

    /// A schema with the paths that the guide's rules name.
    private static let layout = RecordLayout(
        schema: object([
            Payments.property("id", .string), Payments.property("amount", .number),
            nested("sender", [Payments.property("id", .string)]),
            nested("destination", [Payments.property("country", .string)]),
            nested(
                "customer",
                [
                    Payments.property("document_type", .string),
                    Payments.property("document", .object),
                ]),
        ]))

    private static let check = FunctionSignature(
        plugin: "my_plugin", name: "check_entity", kind: .dataSource,
        parameters: [
            .init("entity_id", Payments.of(.string)),
            .init("check_type", Payments.of(.string), isRequired: false, defaultValue: "\"full\""),
        ],
        result: object([Payments.property("match", .boolean)]))

    private static let inputs = RuleInputs(
        layout: layout, functions: FunctionTable(Payments.functions.functions + [check]))

    private func source(_ name: String) throws -> SourceText {
        try RuleSamples.source(RuleSamples.corpus.appending(path: "guide/\(name)"))
    }

    private static let record: RecordValue = [
        "id": "txn-123", "amount": 10_001, "sender": ["id": "s-1"],
        "destination": ["country": "IR"],
        "customer": ["document_type": "passport", "document": ["image": "…"]],
    ]

    /// Decides the record with these answers of all functions.
    private func decide(
        _ file: String, _ answers: [String: RecordValue], _ record: RecordValue = record
    ) throws -> DecidedTransaction {
        let source = try source(file)
        #expect(compileRules([source], Self.inputs).diagnostics.map { $0.rendered() } == [])
        let interpreter = try #require(RuleInterpreter([source], Self.inputs))
        return interpreter.decide(RecordInputs(record)) { requests in
            requests.map { request in
                answers[request.function.name].map(CallAnswer.value) ?? .unknown(.callFailed)
            }
        }
    }

    private static let harmless: [String: RecordValue] = [
        "check_sanctions": ["is_sanctioned": false, "match_score": 0, "details": [:]],
        "enrich_geography": ["geo_risk_score": 80],
        "validate_identity_document": [
            "valid": true, "score": .number(ExactDecimal(scaled: 800_000_000_000_000_000)),
            "details": [:],
        ],
        "check_entity": ["match": false],
    ]

    private func answers(_ name: String, _ answer: RecordValue) -> [String: RecordValue] {
        Self.harmless.merging([name: answer]) { $1 }
    }

    // acceptance: S-99
    @Test func `sanctions_screening as printed`() throws {
        let hit: RecordValue = ["is_sanctioned": true, "match_score": 1, "details": [:]]
        let decision = try decide("printed.pact", answers("check_sanctions", hit))
        #expect(decision.fired == ["sanctions_screening"])
        #expect(decision.status == .rejected)
        #expect(
            decision.actions.map(\.name) == ["plugin.alert_system.send_alert", "reject"])
        #expect(
            decision.actions[0].arguments == [
                .init("severity", "critical"), .init("message", "Sanctioned entity detected"),
                .init("channels", ["slack", "pagerduty"]),
            ])
        #expect(decision.actions[1].reason == "Entity on sanctions list")
        let call = decision.calls.first { $0.request.function.name == "check_sanctions" }
        #expect(
            call?.request.arguments == [
                .init("entity_id", "s-1"), .init("entity_type", "individual"),
            ])
        #expect(try decide("printed.pact", Self.harmless).status == .compliant)
    }

    // acceptance: S-100
    @Test func `high_risk_geography as printed`() throws {
        let risky = answers("enrich_geography", ["geo_risk_score": 81])
        let decision = try decide("printed.pact", risky)
        #expect(decision.fired == ["high_risk_geography"])
        #expect(decision.status == .flagged)
        #expect(decision.actions.map(\.reason) == ["High risk geography"])
        guard case .object(var members) = Self.record else { return }
        members[Array("amount".utf8)] = 10_000
        #expect(try decide("printed.pact", risky, .object(members)).status == .compliant)
        #expect(try decide("printed.pact", Self.harmless).status == .compliant)
    }

    // acceptance: S-101
    @Test func `kyc_document_check as printed`() throws {
        for (valid, score) in [(false, 900), (true, 799)] {
            let answer: RecordValue = [
                "valid": .boolean(valid),
                "score": .number(ExactDecimal(scaled: Int128(score) * 1_000_000_000_000_000)),
                "details": ["page": 2],
            ]
            let decision = try decide(
                "printed.pact", answers("validate_identity_document", answer))
            #expect(decision.fired == ["kyc_document_check"])
            #expect(decision.status == .manualReview)
            #expect(decision.actions.map(\.reason) == ["Document validation failed"])
            #expect(decision.actions.map(\.details) == [["page": 2]])
        }
        #expect(try decide("printed.pact", Self.harmless).status == .compliant)
    }

    // acceptance: S-102
    @Test func `test_rule as printed`() throws {
        let decision = try decide("test-rule.pact", answers("check_entity", ["match": true]))
        #expect(decision.status == .flagged)
        #expect(decision.actions.map(\.reason) == [nil])
        #expect(try decide("test-rule.pact", Self.harmless).status == .compliant)
    }

    // acceptance: S-87
    @Test(arguments: [
        ("transaction.sender.id", "== 5"), ("transaction.destination.country", "> 5"),
        ("transaction.amount", "== \"x\""), ("transaction.id", "+ 1 > 2"),
    ])
    func `paths into the transaction are typed by the schema`(path: String, unlike: String) throws {
        let isNumber = path.hasSuffix("amount")
        let sound = rule(path + (isNumber ? " > 10.5" : " == \"x\""))
        let book = try #require(
            compileRules([SourceText(name: "a", text: sound)], Self.inputs).book)
        #expect(
            book.fields.map(\.path)
                == [path.split(separator: ".").dropFirst().map { .property(String($0)) }])
        #expect(book.fields.map(\.uses) == [isNumber ? .number : .text])
        #expect(codes(path + " " + unlike) == ["ARKA-RULE-0050"])
        #expect(codes(path + "s == 5") == ["ARKA-RULE-0041"])
        #expect(codes(path + ".more == 5") == ["ARKA-RULE-0042"])
    }

    // acceptance: S-88
    @Test func `paths into the customer are a second root`() throws {
        let text = rule(
            "customer.document_type == \"passport\" and customer.document is known")
        let book = try #require(
            compileRules([SourceText(name: "a", text: text)], Self.inputs).book)
        #expect(
            book.fields.map(\.path) == [["customer", "document_type"], ["customer", "document"]])
        #expect(codes("customer.document_type == 5") == ["ARKA-RULE-0050"])
        #expect(codes("customer.document == \"x\"") == ["ARKA-RULE-0052"])
        #expect(codes("customer.documents is known") == ["ARKA-RULE-0041"])
        #expect(codes("client.document is known") == ["ARKA-RULE-0040"])
    }

    // acceptance: S-89
    @Test func `members of results are typed by what the plugin exports`() throws {
        let call =
            "let r = plugin.sanctions_list.check_sanctions(entity_id: transaction.id, "
            + "entity_type: \"individual\")\n"
        #expect(codes(call + "r.is_sanctioned\nr.match_score > 0.5\nr.details is known") == [])
        #expect(codes(call + "r.is_sanctioned > 5") == ["ARKA-RULE-0050"])
        #expect(codes(call + "r.is_sanctioned == \"true\"") == ["ARKA-RULE-0050"])
        #expect(codes(call + "r.match_score") == ["ARKA-RULE-0051"])
        #expect(codes(call + "r.details == \"x\"") == ["ARKA-RULE-0052"])
        #expect(codes(call + "r.is_sanctoned") == ["ARKA-RULE-0041"])
    }

    private func codes(_ condition: String) -> [String] {
        compileRules([SourceText(name: "a", text: rule(condition))], Self.inputs).diagnostics
            .map(\.code.description)
    }
}
