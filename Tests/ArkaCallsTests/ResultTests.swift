import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Testing

@testable import ArkaCalls

struct ResultTests {
    private static let schema = RecordSchema.constrained(
        .init(
            types: .object,
            properties: [
                .init("is_match", isRequired: true, .constrained(.init(types: .boolean))),
                .init(
                    "listed_at", isRequired: false,
                    .constrained(.init(types: .string, isDateTime: true))),
                .init(
                    "matches", isRequired: false,
                    .constrained(
                        .init(
                            types: [.array, .null],
                            items: .constrained(
                                .init(
                                    types: .object,
                                    properties: [
                                        .init(
                                            "score", isRequired: true,
                                            .constrained(.init(types: .number)))
                                    ]))))),
                .init("count", isRequired: false, .constrained(.init(types: .integer))),
                .init(
                    "kind", isRequired: false,
                    .constrained(
                        .init(allowed: [.string(Array("person".utf8)), .number(.one), .null]))),
            ]))

    @Test(arguments: [
        (#"{"is_match":true}"#, nil),
        (#"{"is_match":true,"more":"than declared"}"#, nil),
        (#"{"is_match":true,"matches":[{"score":0.5}],"count":3.0,"kind":1}"#, nil),
        (#"{"is_match":true,"matches":null,"kind":"person"}"#, nil),
        (#"{"is_match":true,"listed_at":"2026-02-04T18:30:29Z"}"#, nil),
        ("[]", "the value must be an object, not a list"),
        ("{}", "is_match must be true or false, not missing"),
        (#"{"is_match":"secret"}"#, "is_match must be true or false, not a text"),
        (
            #"{"is_match":true,"matches":{}}"#,
            "matches must be a list or null, not an object"
        ),
        (
            #"{"is_match":true,"matches":[{"score":1},{"score":"secret"}]}"#,
            "matches[1].score must be a number, not a text"
        ),
        (
            #"{"is_match":true,"count":2.5}"#,
            "count must be a whole number, not a number with a fraction"
        ),
        (
            #"{"is_match":true,"kind":"secret"}"#,
            #"kind must be one of ["person", "1", "null"], not another value"#
        ),
        (
            #"{"is_match":true,"listed_at":"2026-02-04"}"#,
            "listed_at must be a date and time as in RFC 3339, not another text"
        ),
    ])
    func `An answer other than declared is a failure that names the place and both kinds, no value`(
        _ json: String, _ expectation: String?
    ) throws {
        let value = try PluginValue(json: json)
        let world = try World(
            RegisteredFunction(
                signature("check", result: Self.schema), FunctionSettings(),
                .immediate { _ in FunctionAnswer(value: value) }))
        let settled = try #require(world.lane().ask("ACME")[0].settled)
        if let expectation {
            #expect(settled.shown == "failed failed")
            #expect(
                settled.trace.error
                    == "the answer of plugin.sanctions_list.check is not as declared: "
                    + expectation)
        } else {
            #expect(settled.shown == "answered \(String(decoding: value.json, as: UTF8.self))")
        }
    }

    @Test func `Answers that are too deep or too large are failures`() throws {
        var deep = PluginValue.array([])
        for _ in 0..<CallLimits.answerDepthMax { deep = .array([deep]) }
        let large = PluginValue.string(String(repeating: "x", count: CallLimits.answerBytesMax))
        for value in [deep, large] {
            let world = try World(
                RegisteredFunction(
                    signature("check"), FunctionSettings(),
                    .immediate { _ in FunctionAnswer(value: value) }))
            let settled = world.lane().ask("ACME")[0].settled
            #expect(settled?.shown == "failed failed")
            #expect(settled?.trace.error?.contains("is not usable: it has more than") == true)
        }
    }

    @Test func `Metadata travels with the answer; too much of it is left out, with a warning`()
        throws
    {
        var deep = PluginValue.array([])
        for _ in 0..<CallLimits.answerDepthMax { deep = .array([deep]) }
        let large = PluginValue.string(
            String(repeating: "x", count: CallLimits.metadataBytesMax - 1))
        let most = PluginValue.string(
            String(repeating: "x", count: CallLimits.metadataBytesMax - 2))
        for (metadata, isKept) in [
            (["version": 7], true), (most, true), (large, false), (deep, false),
        ] {
            let world = try World(
                RegisteredFunction(
                    signature("check"), FunctionSettings(),
                    .immediate { _ in FunctionAnswer(metadata: metadata, warnings: ["w"]) }))
            guard case .answer(let reply) = world.lane().ask("ACME")[0].settled?.value else {
                Issue.record("there is an answer")
                return
            }
            #expect(reply.metadata == (isKept ? metadata.json : []))
            #expect(reply.warnings.first == "w" && reply.warnings.count == (isKept ? 1 : 2))
        }
    }

    @Test func `Warnings are bounded in number and length, and say so`() throws {
        let limit = CallLimits.warningsMax
        let long = String(repeating: "x", count: CallLimits.textScalarsMax + 1)
        for (given, last) in [
            (limit, "w"), (limit + 1, "1 more warnings are left out"),
            (100_000, "\(100_000 - limit) more warnings are left out"),
        ] {
            let world = try World(
                RegisteredFunction(
                    signature("check"), FunctionSettings(),
                    .immediate { _ in
                        FunctionAnswer(
                            warnings: [long] + Array(repeating: "w", count: given - 1))
                    }))
            guard case .answer(let reply) = world.lane().ask("ACME")[0].settled?.value else {
                Issue.record("there is an answer")
                return
            }
            #expect(reply.warnings.count == min(given, limit + 1))
            #expect(reply.warnings[0] == long.dropLast() + "…")
            #expect(reply.warnings.last == last)
        }
    }

    @Test func `Warnings travel with the answer, from the cache too`() throws {
        let world = try World(
            RegisteredFunction(
                signature("check"), FunctionSettings(cacheTTL: .seconds(1)),
                .immediate { _ in FunctionAnswer(warnings: ["the list is a day old"]) }))
        let lane = world.lane()
        for _ in 0..<2 {
            guard case .answer(let reply) = lane.ask("ACME")[0].settled?.value else {
                Issue.record("there is an answer")
                return
            }
            #expect(reply.warnings == ["the list is a day old"])
        }
    }

    @Test(arguments: [
        "null", "true", #""a\"\\\n\u0001é😀""#, "-0.000000000000000001", "170141183460469231731",
        #"{"b":[1,2.5,{}],"a":{"c":[]}}"#,
    ])
    func `Values survive the way to JSON and back, members in their order`(_ text: String) throws {
        let value = try PluginValue(json: text)
        #expect(try PluginValue(json: value.json) == value)
    }
}
