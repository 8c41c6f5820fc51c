import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Foundation
import Testing

/// The text of decisions.
struct DecisionTests {
    @Test func `a compliant decision of the workload has at most 330 bytes`() throws {
        let book = try Place.workloadBook(100)
        let layout = RecordLayout(eventTimePath: ["timestamp"])
        let plan = EvaluationPlan(
            book: book, layout: layout, rulebookName: "rules-100",
            rulebookDigest: "0123456789abcdef")
        let evaluator = BatchEvaluator(plan: plan)
        let batch = RecordBatch()
        for (index, message) in try Place.messages(256).enumerated() {
            message.withUnsafeBytes {
                batch.append(
                    payload: $0, key: nil, partition: 15, offset: 1_234_567 + Int64(index),
                    timestamp: 1_770_227_029_413)
            }
        }
        evaluator.evaluate(batch, origin: .topic("transactions"), evaluatedAt: 1_770_227_030_000)
        var largest = 0
        for case .decided(.compliant, _, let count) in batch.outcomes {
            largest = max(largest, count)
        }
        #expect(largest > 200)
        #expect(largest <= 330, "\(largest) bytes")
    }

    @Test func `a decision has its members in order`() {
        var book = BookBuilder()
        let a = book.field("a")
        book.rule(
            book.leaf(.number(a, .greater, .zero)),
            actions: [
                .decide(
                    .reject, reason: .json("\"say \\\"no\\\"\\u000a\\\\\""), details: nil),
                .decide(.requireManualReview, reason: nil, details: .json("{\"k\":[1]}")),
            ])
        book.rule(book.leaf(.known(book.field("b")), negated: true), actions: [])
        book.rule(book.leaf(.isTrue(book.field("c"))), onUnknown: .review)
        let result = Engine(book.book).evaluate("{\"id\":\"x\\\"y\",\"a\":1}")
        let expected = """
            {"schema":"arka.decision/1","decision_id":"topic/3/0/1770227029413",\
            "transaction_id":"x\\"y","status":"rejected","actions":[{"rule":"rule_0",\
            "action":"reject","reason":"say \\"no\\"\\u000a\\\\"},{"rule":"rule_0",\
            "action":"require_manual_review","details":{"k":[1]}}],"unknown":[{"rule":"rule_2",\
            "cause":"absent","error":"transaction.c is absent"}],"rulebook":{"name":"book",\
            "digest":"0123456789abcdef"},"source":"topic","event_time":"2026-02-04T17:43:49.413Z",\
            "evaluated_at":"2026-02-04T17:43:50.000Z"}
            """
        #expect(result.description == expected)
    }

    @Test func `a line of a file is identified by file and line`() {
        let engine = Engine()
        engine.origin = .file("in put\".jsonl")
        engine.timestamp = -1
        let text = engine.evaluate([Array("{\"id\":12.50}".utf8)], firstOffset: 7)[0].description
        #expect(text.contains("\"decision_id\":\"in put\\\".jsonl/7\",\"transaction_id\":12.50,"))
        #expect(text.contains("\"source\":\"in put\\\".jsonl\",\"evaluated_at\""))
        #expect(!text.contains("event_time"))
    }

    @Test(arguments: [
        ("{\"id\":null}", "null"), ("{}", "null"), ("{\"id\":[1]}", "null"),
        ("{\"id\":true}", "null"),
        ("{\"id\":\"a\",\"id\":\"b\"}", "null"), ("{\"id\":-1.5e3}", "-1.5e3"),
        ("{\"id\":\"\\u00e9é\"}", "\"\\u00e9é\""), ("{\"id\":\"\"}", "\"\""),
    ])
    func `the id is copied as it stands`(_ record: String, _ expected: String) {
        let text = Engine().evaluate(record).description
        #expect(text.contains("\"transaction_id\":\(expected),\"status\""), "\(text)")
    }

    @Test(arguments: [
        ("2026-02-04T18:30:29Z", "2026-02-04T18:30:29.000Z"),
        ("2026-02-04t18:30:29.4z", "2026-02-04T18:30:29.400Z"),
        ("2026-02-04T18:30:29.413999+01:00", "2026-02-04T17:30:29.413Z"),
        ("2026-01-01T00:30:00-05:45", "2026-01-01T06:15:00.000Z"),
        ("2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        // Not a time, or one that four digits cannot write: the record's timestamp.
        ("0000-01-01T00:00:00+01:00", "2026-02-04T17:43:49.413Z"),
        ("2026-02-29T00:00:00Z", "2026-02-04T17:43:49.413Z"),
        ("2026-02-04T24:00:00Z", "2026-02-04T17:43:49.413Z"),
        ("2026-02-04T18:30:60Z", "2026-02-04T17:43:49.413Z"),
        ("2026-02-04T18:30:29", "2026-02-04T17:43:49.413Z"),
        ("2026-02-04T18:30:29.Z", "2026-02-04T17:43:49.413Z"),
        ("2026-02-04T18:30:29.4:3Z", "2026-02-04T17:43:49.413Z"),
        ("2026-02-31T18:30:29.413Z", "2026-02-04T17:43:49.413Z"),
    ])
    func `the event time is the record's own, in UTC`(_ written: String, _ expected: String) {
        let engine = Engine(layout: RecordLayout(eventTimePath: ["meta", "at"]))
        let text = engine.evaluate("{\"meta\":{\"at\":\"\(written)\"}}").description
        #expect(text.contains("\"event_time\":\"\(expected)\""), "\(text)")
    }

    @Test func `random times are written as Foundation has them`() {
        var random = Seeded(3)
        let engine = Engine(layout: RecordLayout(eventTimePath: ["at"]))
        for _ in 0..<500 {
            let time = Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)
            let text = SlowEvaluator.stamp(time)
            #expect(
                engine.evaluate("{\"at\":\"\(text)\"}").description.contains(
                    "\"event_time\":\"\(text)\""))
            #expect(SlowSchema.milliseconds(text) == time)
        }
    }

    @Test func `a deterministic decision says the event time twice`() {
        let engine = Engine(
            layout: RecordLayout(eventTimePath: ["at"]),
            options: EvaluationOptions(deterministic: true))
        let text = engine.evaluate("{\"at\":\"2026-02-04T18:30:29Z\"}").description
        #expect(
            text.hasSuffix(
                "\"event_time\":\"2026-02-04T18:30:29.000Z\",\"evaluated_at\":\"2026-02-04T18:30:29.000Z\"}"
            ))
        engine.timestamp = -1
        #expect(!engine.evaluate("{}").description.contains("_at\""))
    }

    @Test func `a decision that is too large is a dead letter and the next one is not`() {
        let engine = Engine(options: EvaluationOptions(decisionBytesMax: 400))
        let long = String(repeating: "i", count: 300)
        let results = engine.evaluate(
            ["{\"id\":\"\(long)\"}", "{\"id\":\"\(long)\(long)\"}", "{\"id\":\"short\"}"].map {
                Array($0.utf8)
            })
        #expect(results.map(\.code) == [.decisionTooLarge, .decisionTooLarge, nil])
        #expect(results[2].members["transaction_id"] as? String == "short")
    }

    @Test func `decisions have the members that the schema file says`() throws {
        let file = try JSONSerialization.jsonObject(
            with: Data(Place.bytes("config/schema/arka.decision-1.schema.json")))
        let schema = try #require(file as? [String: Any])
        let book = RandomBook.make(seed: 8, rules: 30)
        let engine = Engine(book, layout: RecordLayout(eventTimePath: ["timestamp"]))
        for result in engine.evaluate(try Place.messages(200)) {
            #expect(SchemaChecker.problems(result.members, schema) == [], "\(result)")
        }
        #expect(!SchemaChecker.problems(["schema": "arka.decision/1"], schema).isEmpty)
    }
}

/// As much of JSON Schema as the decision's schema file uses.
enum SchemaChecker {
    static func problems(_ value: Any, _ schema: [String: Any], _ path: String = "$") -> [String] {
        var found: [String] = []
        if let constant = schema["const"] as? String, value as? String != constant {
            found.append("\(path) is not \(constant)")
        }
        if let allowed = schema["enum"] as? [String], !allowed.contains(value as? String ?? "") {
            found.append("\(path) is none of \(allowed)")
        }
        if let pattern = schema["pattern"] as? String, let text = value as? String,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(path) does not match \(pattern)")
        }
        let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { matches(value, $0) }) {
            found.append("\(path) is no \(types)")
        }
        if let members = value as? [String: Any] {
            let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
            for name in schema["required"] as? [String] ?? [] where members[name] == nil {
                found.append("\(path).\(name) is missing")
            }
            for (name, member) in members {
                if let property = properties[name] {
                    found += problems(member, property, "\(path).\(name)")
                } else if schema["additionalProperties"] as? Bool == false {
                    found.append("\(path).\(name) is not foreseen")
                }
            }
        }
        if let elements = value as? [Any], let items = schema["items"] as? [String: Any] {
            for (index, element) in elements.enumerated() {
                found += problems(element, items, "\(path)[\(index)]")
            }
        }
        return found
    }

    private static func matches(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "null": value is NSNull
        case "number", "integer": value is NSNumber
        default: false
        }
    }
}
