import ArkaJSON
import ArkaModel
import Testing

/// What is wrong with schemas is said when they are read, with its place.
@Suite struct SchemaReadingTests {
    @Test(arguments: [
        (##"{"$dynamicRef": "#node"}"##, "$dynamicRef"), (#"{"$vocabulary": {}}"#, "$vocabulary"),
        (##"{"$recursiveRef": "#"}"##, "$recursiveRef"), (#"{"definitions": {}}"#, "definitions"),
        (#"{"dependencies": {}}"#, "dependencies"), (#"{"nullable": true}"#, "nullable"),
        (#"{"format": "hostname"}"#, "hostname"),
        (#"{"$ref": "https://json-schema.org/draft/2020-12/schema"}"#, "$ref"),
        (#"{"$schema": "http://json-schema.org/draft-07/schema#"}"#, "$schema"),
    ])
    func `what is not supported is refused by its name`(text: String, name: String) {
        let refusals = refusals(of: text)
        #expect(refusals.map(\.code) == [.jsonSchemaUnsupported], "\(text)")
        #expect(refusals[0].message.contains("'\(name)'"), "\(refusals[0].message)")
        #expect(refusals[0].range.start > 0)
    }

    @Test func `an unknown keyword is refused with a near one and its place`() throws {
        let refusal = try #require(
            refusals(of: "{\n  \"properties\": {\"a\": {\"minLenght\": 3}}\n}").first)
        #expect(refusal.code == .jsonSchemaUnknownKeyword)
        #expect(refusal.suggestion == "minLength")
        #expect(refusal.position == SourcePosition(line: 2, column: 24))
    }

    @Test func `annotations pass, wherever they stand`() throws {
        _ = try schema(
            #"""
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": "c", "title": "t",
             "description": "d", "default": {"minLenght": 1}, "examples": [1], "deprecated": true,
             "readOnly": true, "writeOnly": false, "contentMediaType": "application/json",
             "contentEncoding": "base64", "contentSchema": {"type": "object"}}
            """#)
    }

    @Test(arguments: [
        #"{"type": "text"}"#, #"{"type": []}"#, #"{"enum": 1}"#, #"{"minLength": -1}"#,
        #"{"minLength": 1.5}"#, #"{"maxItems": "3"}"#, #"{"multipleOf": 0}"#,
        #"{"multipleOf": 1234567890123456789}"#, #"{"minimum": "1"}"#, #"{"required": "a"}"#,
        #"{"required": ["a", "a"]}"#, #"{"required": [1]}"#, #"{"allOf": []}"#, #"{"anyOf": {}}"#,
        #"{"properties": []}"#, #"{"items": []}"#, #"{"not": 3}"#, #"{"uniqueItems": 1}"#,
        ##"{"$id": "https://example.com/#part"}"##, #"{"$anchor": "1a"}"#, #"{"$anchor": 1}"#,
        #"{"dependentRequired": {"a": "b"}}"#, #"{"then": 1}"#,
        #"{"maximum": 1e999999999999999999}"#,
        "3",
    ])
    func `a value that a keyword cannot have is refused`(text: String) {
        #expect(refusals(of: text).map(\.code) == [.jsonSchemaValue], "\(text)")
    }

    @Test(arguments: [
        ##"{"$ref": "#/$defs/missing"}"##, ##"{"$ref": "#missing"}"##,
        ##"{"default": {"type": "string"}, "$ref": "#/default"}"##, ##"{"$ref": "#/%zz"}"##,
        ##"{"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}"##,
        ##"{"$defs": {"a": {"$id": "x"}, "b": {"$id": "x"}}}"##,
    ])
    func `a reference to no schema, and a name given twice, is refused`(text: String) {
        #expect(refusals(of: text).map(\.code) == [.jsonSchemaReference], "\(text)")
    }

    @Test(arguments: [
        (#"a(?=b)"#, "looking ahead"), (#"a(?!b)"#, "looking ahead"),
        (#"(?<=a)b"#, "looking behind"), (#"(a)\\1"#, "references to groups"),
        (#"(?<n>a)\\k<n>"#, "references to groups"), (#"(?i)a"#, "groups that begin"),
        (#"a{2000}"#, "repetition"), (#"\\p{Emoji}"#, "property"), (#"[b-a]"#, "range"),
        (#"(a"#, "not closed"), (#"a)"#, "not opened"), (#"[a"#, "not closed"), (#"*"#, "repeated"),
        (#"\\y"#, "escape"), (#"a**"#, "repeated"), (#"\\uD800"#, "escape"), (#"\\"#, "escape"),
    ])
    func `a pattern that cannot be tested in linear time, or is wrong, is refused`(
        pattern: String, reason: String
    ) {
        // The last one lacks what its backslash escapes.
        let written = pattern == #"\\"# ? #"\\u12"# : pattern
        let refusals = refusals(of: #"{"pattern": "\#(written)"}"#)
        #expect(refusals.map(\.code) == [.jsonSchemaPattern], "\(pattern)")
        #expect(
            refusals.first?.message.contains(reason) == true, "\(refusals.first?.message ?? "")")
        #expect(
            ArkaJSONTests.refusals(of: #"{"patternProperties": {"\#(written)": true}}"#).map(\.code)
                == [.jsonSchemaPattern])
    }

    @Test(arguments: [
        ##"{"$ref": "#"}"##, ##"{"allOf": [{"$ref": "#"}]}"##, ##"{"not": {"$ref": "#"}}"##,
        ##"{"if": {"$ref": "#"}}"##, ##"{"dependentSchemas": {"a": {"$ref": "#"}}}"##,
        ##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [true, {"$ref": "#/$defs/a"}]}}}"##,
        ##"{"properties": {"a": {"oneOf": [{"$ref": "#/properties/a"}]}}}"##,
    ])
    func `a reference that leads back for the same value is refused`(text: String) {
        let refusals = refusals(of: text)
        #expect(refusals.map(\.code) == [.jsonSchemaCycle], "\(text)")
        // The place is the reference's value.
        #expect(refusals.first.map { $0.source.utf8[$0.range.start + 1] } == UInt8(ascii: "#"))
    }

    @Test func `a reference from within a part of the value may lead back`() throws {
        let tree = try schema(##"{"type": "object", "additionalProperties": {"$ref": "#"}}"##)
        #expect(try accepts(tree, #"{"a": {"b": {}}}"#))
        #expect(try problems(tree, #"{"a": {"b": 1}}"#).map(\.pointer) == ["/a/b"])
    }

    @Test func `everything that is wrong is said at once`() {
        let refusals = refusals(
            of:
                ##"{"type": "x", "minimun": 1, "$ref": "#/a", "pattern": "(", "$dynamicRef": "#a"}"##
        )
        #expect(refusals.count == 5)
    }

    @Test func `a schema that is too large is refused`() {
        let few = SchemaLimits(subschemasMax: 3)
        #expect(
            refusals(of: #"{"allOf": [true, true, true, true]}"#, limits: few).map(\.code)
                == [.jsonSchemaTooLarge])
        let links = (0..<100).map { ##""s\##($0)": {"$ref": "#/$defs/s\##($0 + 1)"}"## }
        let chain = ##"{"$defs": {\##(links.joined(separator: ",")), "s100": true}}"##
        #expect(refusals(of: chain).map(\.code) == [.jsonSchemaTooLarge])
        #expect(refusals(of: #"{"a"#).map(\.code) == [.jsonIncomplete])
        let patterns = (0..<3_000).map { #""^a\#($0)": true"# }.joined(separator: ",")
        #expect(
            refusals(of: #"{"patternProperties": {\#(patterns)}}"#).map(\.code)
                == [.jsonSchemaTooLarge])
        let long = #"{"$comment": ""# + String(repeating: "x", count: 1 << 20) + #""}"#
        #expect(refusals(of: long).map(\.code) == [.jsonTooLarge])
        let deep = String(repeating: #"{"not":"#, count: 10_000)
        #expect(refusals(of: deep).map(\.code) == [.jsonTooDeep])
    }
}
