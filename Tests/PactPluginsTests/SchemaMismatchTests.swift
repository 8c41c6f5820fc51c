import ArkaModel
import PactPlugins
import Testing

/// Values held against what is declared: arguments and answers alike.
@Suite struct SchemaMismatchTests {
    private static let schema = RecordSchema.constrained(
        .init(
            types: .object,
            properties: [
                .init("hit", isRequired: true, Bool.schema),
                .init(
                    "at", isRequired: false, .constrained(.init(types: .string, isDateTime: true))),
                .init(
                    "matches", isRequired: false,
                    .constrained(
                        .init(types: [.array, .null], items: .fields(["score": ExactDecimal.self])))
                ),
                .init("count", isRequired: false, Int.schema),
                .init(
                    "kind", isRequired: false,
                    .constrained(
                        .init(allowed: [.string(Array("person".utf8)), .number(.one), .null]))),
                .init("caf\u{E9}", isRequired: false, Bool.schema),
            ]))

    @Test(arguments: [
        #"{"hit":true}"#, #"{"hit":false,"more":"than declared"}"#,
        #"{"hit":true,"matches":[{"score":0.5}],"count":3.0,"kind":1}"#,
        #"{"hit":true,"matches":null,"kind":"person"}"#, #"{"hit":true,"kind":null}"#,
        #"{"hit":true,"at":"2026-02-04T18:30:29Z"}"#,
        // Names are compared byte by byte: this one is no declared property.
        #"{"hit":true,"cafe\u0301":"x"}"#,
    ])
    func `a value as declared has no mismatch`(_ json: String) throws {
        #expect(Self.schema.mismatch(of: try PluginValue(json: json)) == nil)
        #expect(RecordSchema.any.mismatch(of: try PluginValue(json: json)) == nil)
    }

    @Test(arguments: [
        ("[]", "", "an object", "a list"), ("{}", "hit", "true or false", "missing"),
        (#"{"hit":"secret"}"#, "hit", "true or false", "a text"),
        (#"{"hit":true,"matches":{}}"#, "matches", "a list or null", "an object"),
        (
            #"{"hit":true,"matches":[{"score":1},{"score":"secret"}]}"#, "matches[1].score",
            "a number", "a text"
        ),
        (#"{"hit":true,"matches":[{}]}"#, "matches[0].score", "a number", "missing"),
        (#"{"hit":true,"count":2.5}"#, "count", "a whole number", "a number with a fraction"),
        (
            #"{"hit":true,"kind":"secret"}"#, "kind", #"one of ["person", "1", "null"]"#,
            "another value"
        ),
        (
            #"{"hit":true,"at":"2026-02-04"}"#, "at", "a date and time as in RFC 3339",
            "another text"
        ),
        (#"{"hit":true,"at":1}"#, "at", "a text", "a number"),
        (#"{"hit":true,"café":1}"#, "café", "true or false", "a number"),
    ])
    func `a mismatch says the place, what was expected and the kind of what came`(
        _ json: String, place: String, expected: String, found: String
    ) throws {
        let mismatch = try #require(Self.schema.mismatch(of: try PluginValue(json: json)))
        #expect(mismatch.place == place)
        #expect(mismatch.expected == expected && mismatch.found == found)
        let shownPlace = place.isEmpty ? "the value" : place
        #expect(mismatch.description == "\(shownPlace) must be \(expected), not \(found)")
    }
}
