import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Testing

/// What is accepted depends on the standard and the schema, never on the rules.
struct AcceptanceTests {
    @Test func `bent messages are accepted alike under three rule books`() throws {
        let messages = try Place.messages(500)
        var mutator = MessageMutator(random: Seeded(99))
        for schema in [RecordSchema.any, .workload] {
            let layout = RecordLayout(schema: schema)
            let engines = [
                Engine(layout: layout), Engine(try Place.workloadBook(100), layout: layout),
                Engine(RandomBook.make(seed: 5, rules: 20), layout: layout),
            ]
            for _ in 0..<10 {
                let payloads = (0..<100).map { _ in mutator.mutate(mutator.random.pick(messages)) }
                let results = engines.map { $0.evaluate(payloads) }
                for row in payloads.indices {
                    let accepted = results.map { $0[row].isAccepted }
                    #expect(Set(accepted).count == 1, "\(results.map { $0[row] })")
                    #expect(Set(results.map { $0[row].code }).count == 1)
                }
            }
        }
    }

    @Test func `the message generator makes all kinds of outcomes`() throws {
        let messages = try Place.messages(500)
        var mutator = MessageMutator(random: Seeded(7))
        let engine = Engine(
            RandomBook.make(seed: 9, rules: 20), layout: RecordLayout(schema: .workload))
        var codes: [String: Int] = [:]
        for _ in 0..<20 {
            let payloads = (0..<200).map { _ in mutator.mutate(mutator.random.pick(messages)) }
            for result in engine.evaluate(payloads) {
                codes[result.code?.rawValue ?? "decided", default: 0] += 1
            }
        }
        for code in [
            "decided", "malformed_json", "invalid_utf8", "wrong_type", "missing_property",
            "duplicate_property", "value_not_allowed", "invalid_date_time", "number_out_of_range",
        ] {
            #expect(codes[code, default: 0] > 0, "no \(code) in \(codes)")
        }
        #expect(codes["decided", default: 0] > 400, "\(codes)")
    }

    static let violations: [(String, String, String)] = [
        ("\"amount\":1", "\"amount\":\"1\"", "wrong_type $.amount"),
        ("\"amount\":1", "\"amount\":null", "wrong_type $.amount"),
        ("\"amount\":1", "\"amount\":1e400", "number_out_of_range $.amount"),
        ("\"amount\":1", "\"amount\":1,\"amount\":1", "duplicate_property $.amount"),
        ("\"amount\":1", "\"amount\":1,\"\\u0061mount\":1", "duplicate_property $.amount"),
        ("\"amount\":1", "\"amoun\":1", "missing_property $.amount"),
        ("\"country\":\"DE\"", "\"x\":1", "missing_property $.sender.country"),
        ("\"risk\":3", "\"risk\":3.5", "wrong_type $.sender.risk"),
        ("\"risk\":3", "\"risk\":3.0000001", "wrong_type $.sender.risk"),
        ("\"risk\":3", "\"risk\":[]", "wrong_type $.sender.risk"),
        ("\"risk\":3", "\"risk\":3,\"risk\":3", "duplicate_property $.sender.risk"),
        ("\"web\"", "\"fax\"", "value_not_allowed $.channel"),
        ("\"web\"", "7", "wrong_type $.channel"),
        ("2026-02-04T18:30:29Z", "2026-02-29T18:30:29Z", "invalid_date_time $.timestamp"),
        ("2026-02-04T18:30:29Z", "2026-02-04 18:30:29Z", "invalid_date_time $.timestamp"),
        ("[\"a\"]", "[\"a\",\"b\",3]", "wrong_type $.metadata.tags[2]"),
        ("[\"a\"]", "{}", "wrong_type $.metadata.tags"),
        ("null", "5", "wrong_type $.merchant"),
        ("null", "{}", "missing_property $.merchant.mcc"),
        ("null", "{\"mcc\":1}", "wrong_type $.merchant.mcc"),
    ]
    static let valid = """
        {"id":"a","timestamp":"2026-02-04T18:30:29Z","amount":1,"currency":"EUR","channel":"web",\
        "sender":{"country":"DE","risk":3},"merchant":null,"metadata":{"tags":["a"]},"free":1e999}
        """

    @Test(arguments: violations)
    func `what breaks the schema is a dead letter with its place`(
        _ found: String, _ replacement: String, _ expected: String
    ) throws {
        for book in [0, 10] {
            let rules =
                book == 0 ? RandomBook.make(seed: 3, rules: 5) : try Place.workloadBook(book)
            let engine = Engine(rules, layout: RecordLayout(schema: .workload))
            #expect(engine.evaluate(Self.valid).isAccepted, "\(engine.evaluate(Self.valid))")
            let result = engine.evaluate(Self.valid.replacing(found, with: replacement))
            guard case .deadLetter(let code, let path, _) = result else {
                Issue.record("accepted: \(result)")
                continue
            }
            #expect("\(code.rawValue) \(path)" == expected)
        }
    }

    @Test(arguments: [
        ("\"risk\":3", "\"risk\":3.0"), ("\"risk\":3", "\"risk\":30e-1"),
        ("\"risk\":3", "\"risk\":null"),
        ("\"web\"", "null"), ("\"web\"", "\"\\u0077eb\""),
        ("2026-02-04T18:30:29Z", "2024-02-29t23:59:60z"),
        ("2026-02-04T18:30:29Z", "2026-02-04T18:30:29.123456789+05:30"),
        ("null", "{\"mcc\":\"1\"}"),
        ("\"free\":1e999", "\"free\":1,\"free\":{\"free\":2,\"free\":3}"),
        ("\"currency\"", "\"\\u0063urrency\""),
    ])
    func `what the schema allows is accepted`(_ found: String, _ replacement: String) {
        let engine = Engine(layout: RecordLayout(schema: .workload))
        let result = engine.evaluate(Self.valid.replacing(found, with: replacement))
        #expect(result.isAccepted, "\(result)")
    }

    @Test func `reasons and paths name no value of the record`() throws {
        let engine = Engine(layout: RecordLayout(schema: .workload))
        let secret = "s3cr3t"
        for text in [
            "{\"id\":\"\(secret)\"", "{\"\(secret)\":1,}", "{\"amount\":\"\(secret)\"}",
            "{\"channel\":\"\(secret)\"}", "{\"timestamp\":\"\(secret)\"}", "\"\(secret)\"",
            "{\"a\":\(secret)}",
        ] {
            let result = engine.evaluate(text)
            #expect(result.code != nil)
            #expect(!result.description.contains(secret), "\(result)")
        }
    }

    @Test func `broken JSON outweighs a broken schema`() {
        let engine = Engine(layout: RecordLayout(schema: .workload))
        #expect(engine.evaluate("{\"amount\":\"x\"}").code == .wrongType)
        #expect(engine.evaluate("{\"amount\":\"x\"").code == .malformedJSON)
        // The violation of one record is forgotten with it.
        #expect(engine.evaluate(Self.valid).isAccepted)
    }
}
