import ArkaModel
import ArkaRules
import Testing

/// What functions answer in tests that do not say.
@Suite struct NeutralAnswerTests {
    private func answer(_ result: RecordSchema, _ conditions: String...) throws -> RecordValue {
        let function = FunctionSignature(
            plugin: "p", name: "f", kind: .enrichment, parameters: [.init("a", isRequired: false)],
            result: result)
        let text = conditions.enumerated().map {
            "rule r\($0.offset)(on_unknown: review) { when { \($0.element) } then { flag_for_review() } }\n"
        }
        let inputs = RuleInputs(
            layout: RecordLayout(roots: [.init(name: "t", path: [])]),
            functions: FunctionTable([function]))
        let interpreter = try #require(
            RuleInterpreter([SourceText(name: "test.pact", text: text.joined())], inputs))
        return interpreter.neutralAnswer(of: function)
    }

    @Test func `what nobody declared is what the rules read`() throws {
        let found = try answer(
            .any, "plugin.p.f().match == true", "plugin.p.f().deep.score > 0.5",
            "plugin.p.f().name starts_with \"x\"", "length(plugin.p.f().word) > 1 or t.b",
            "hour(timestamp(plugin.p.f().at)) > 3", "plugin.p.f().seen is known")
        #expect(
            found == [
                "match": false, "deep": ["score": 0], "name": "", "at": "1970-01-01T00:00:00Z",
                "word": "",
            ])
    }

    @Test func `what is declared has the neutral value of its type`() throws {
        let schema = RecordSchema.constrained(
            .init(
                types: .object,
                properties: [
                    .init("ok", isRequired: true, .constrained(.init(types: .boolean))),
                    .init("n", isRequired: false, .constrained(.init(types: [.integer, .null]))),
                    .init("s", isRequired: true, .constrained(.init(types: .string))),
                    .init("list", isRequired: true, .constrained(.init(types: .array))),
                    .init(
                        "level", isRequired: true,
                        .constrained(
                            .init(types: .string, allowed: [.string(Array("low".utf8))]))),
                    .init("any", isRequired: true, .any),
                ]))
        let found = try answer(schema, "plugin.p.f().any == 5 and plugin.p.f().ok")
        #expect(
            found == [
                "ok": false, "n": 0, "s": "", "list": [], "level": "low", "any": 0,
            ])
    }
}
