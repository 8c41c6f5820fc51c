import ArkaConfig
import ArkaModel
import Testing

@Suite struct RecordSchemaTests {
    private func read(_ text: String) throws -> RecordSchema {
        let loaded = readRecordSchema(SourceText(name: "s.json", text: text))
        #expect(rendered(loaded.diagnostics) == "")
        return try #require(loaded.value)
    }

    @Test func `every keyword that is taken arrives`() throws {
        let schema = try read(
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x", "title": "t",
             "description": "d", "$comment": "c", "examples": [1], "default": {}, "type": "object",
             "additionalProperties": true, "required": ["b", "z"],
             "properties": {
               "a": {"type": ["integer", "null"]}, "b": {"type": "string", "format": "date-time"},
               "c": {"enum": ["x", 1.50, true, null]}, "d": true, "e": {},
               "f": {"type": "array", "items": {"type": "number"}}}}
            """)
        let number = try #require(try? ExactDecimal("1.5"))
        #expect(
            schema
                == .constrained(
                    .init(
                        types: .object,
                        properties: [
                            .init(
                                "a", isRequired: false,
                                .constrained(.init(types: [.integer, .null]))),
                            .init(
                                "b", isRequired: true,
                                .constrained(.init(types: .string, isDateTime: true))),
                            .init(
                                "c", isRequired: false,
                                .constrained(
                                    .init(allowed: [
                                        .string(Array("x".utf8)), .number(number), .boolean(true),
                                        .null,
                                    ]))),
                            .init("d", isRequired: false, .any),
                            .init("e", isRequired: false, .any),
                            .init(
                                "f", isRequired: false,
                                .constrained(
                                    .init(
                                        types: .array,
                                        items: .constrained(.init(types: .number))))),
                            .init("z", isRequired: true, .any),
                        ])))
    }

    @Test(arguments: ["true", "{}", "{\"title\": \"anything\"}"])
    func `a schema that says nothing allows anything`(text: String) throws {
        #expect(try read(text) == .any)
    }

    @Test(arguments: ["false", "1", "\"object\"", "{\"type\": \"string\"}", "[]", "", "{"])
    func `what no record can follow is refused`(text: String) {
        let loaded = readRecordSchema(SourceText(name: "s", text: text))
        #expect(loaded.value == nil)
        #expect(loaded.diagnostics.count == 1)
    }

    @Test func `no keyword of JSON Schema is passed over in silence`() {
        // Core, applicator, unevaluated, validation and content vocabularies of 2020-12, less what is taken.
        let keywords = [
            "$vocabulary", "$anchor", "$dynamicAnchor", "$ref", "$dynamicRef", "$defs",
            "prefixItems",
            "contains", "patternProperties", "propertyNames", "if", "then", "else", "allOf",
            "anyOf",
            "oneOf", "not", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties",
            "const",
            "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
            "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains",
            "minContains", "maxProperties", "minProperties", "dependentRequired", "contentEncoding",
            "contentMediaType", "contentSchema", "x-own", "",
        ]
        for keyword in keywords {
            let text = "{\"type\": \"object\", \"properties\": {\"a\": {\"\(keyword)\": 1}}}"
            let loaded = readRecordSchema(SourceText(name: "s", text: text))
            #expect(loaded.diagnostics.map(\.code) == [.schemaKeyword], "\(keyword)")
        }
    }

    @Test func `very many required names are read`() throws {
        let names = (0..<20_000).map { "\"p\($0)\"" }
        let text = """
            {"type": "object", "required": [\(names.joined(separator: ","))],
             "properties": {\(names.map { $0 + ": true" }.joined(separator: ","))}}
            """
        guard case .constrained(let constraint) = try read(text) else { return }
        #expect(constraint.properties.count == 20_000)
        #expect(constraint.properties.filter { !$0.isRequired } == [])
    }

    @Test func `a schema with very many faults is cut off`() {
        let properties = (0..<1_000).map { "\"p\($0)\": {\"x\": 1}" }.joined(separator: ",")
        let loaded = readRecordSchema(
            SourceText(name: "s", text: "{\"type\": \"object\", \"properties\": {\(properties)}}"))
        #expect(loaded.diagnostics.count == 100)
    }
}
