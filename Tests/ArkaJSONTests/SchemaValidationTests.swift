import ArkaJSON
import ArkaModel
import Testing

/// What is wrong with values.
@Suite struct SchemaValidationTests {
    @Test func `all problems are told at once, with their places and keywords, never with values`()
        throws
    {
        let config = try schema(
            #"""
            {"type": "object", "required": ["api_key", "lists"], "additionalProperties": false,
             "properties": {
               "api_key": {"type": "string", "minLength": 40},
               "lists": {"type": "array", "items": {"enum": ["OFAC", "UN"]}, "uniqueItems": true},
               "timeout": {"type": "integer", "minimum": 1, "maximum": 60}, "region": {"const": "eu"}}}
            """#)
        let secret = "sk_live_4242"
        let found = try problems(
            config,
            #"{"api_key": "\#(secret)", "timout": 1, "lists": ["OFAC", 7], "timeout": 0.5, "region": "\#(secret)"}"#
        )
        #expect(
            found.map(\.description) == [
                "api_key must have at least 40 characters, not 12",
                "timout is not known here; did you mean 'timeout'?",
                "lists[1] must be one of 'OFAC', 'UN'",
                "timeout must be a whole number, not a number with a fraction",
                "timeout must be at least 1", "region must be 'eu'",
            ])
        #expect(
            found.map(\.keyword) == [
                "minLength", "additionalProperties", "enum", "type", "minimum", "const",
            ])
        #expect(found.map(\.pointer)[2] == "/lists/1")
        #expect(found.allSatisfy { !$0.description.contains(secret) })
        #expect(
            try problems(config, "{}").map(\.description) == [
                "api_key is missing", "lists is missing",
            ])
        #expect(
            try problems(config, "[]").map(\.description) == [
                "the value must be an object, not a list"
            ])
    }

    @Test func `problems are bounded`() throws {
        let texts = try schema(#"{"items": {"type": "string"}}"#)
        let many = "[" + Array(repeating: "1", count: 5_000).joined(separator: ",") + "]"
        #expect(try problems(texts, many).count == SchemaLimits().problemsMax)
    }

    @Test func `a way that is no name is a pointer with escapes`() throws {
        let none = try schema(#"{"additionalProperties": {"items": false}}"#)
        #expect(try problems(none, #"{"a/b~c": [1]}"#).map(\.pointer) == ["/a~1b~0c/0"])
    }

    @Test(arguments: [
        (#"{"const": 1}"#, "1.000", true), (#"{"const": 1}"#, "10e-1", true),
        (#"{"const": 100000000000000000000000001}"#, "100000000000000000000000000", false),
        (#"{"type": "integer"}"#, "1e400", true), (#"{"type": "integer"}"#, "1e-1", false),
        (#"{"type": "integer"}"#, "10e-1", true), (#"{"maximum": 1e400}"#, "1e400", true),
        (#"{"exclusiveMaximum": 1e400}"#, "1e400", false),
        (#"{"maximum": 0.1}"#, "0.10000000000000000000000000000000000001", false),
        (#"{"minimum": -0.3}"#, "-0.30000000000000000000000000000000000001", false),
        (#"{"minimum": 0}"#, "-0.0", true), (#"{"enum": [0]}"#, "-0e7", true),
        (#"{"multipleOf": 0.01}"#, "19.99", true), (#"{"multipleOf": 0.01}"#, "19.995", false),
        (#"{"multipleOf": 0.0001}"#, "123456789012345678901234567890.1234", true),
        (#"{"multipleOf": 7}"#, "1e400", false), (#"{"multipleOf": 7}"#, "7e400", true),
        (#"{"multipleOf": 1e-300}"#, "3", true),
        (#"{"multipleOf": 3}"#, "1e99999999999999999", false),
        (#"{"multipleOf": 2}"#, "1e99999999999999999", true),
        (#"{"uniqueItems": true}"#, "[1, 1.0]", false),
        (#"{"type": "number"}"#, "1e100000000000000000000", false),
    ])
    func `numbers are compared exactly`(text: String, json: String, isValid: Bool) throws {
        #expect(try accepts(try schema(text), json) == isValid, "\(text) \(json)")
    }

    @Test func `texts are as long as they have scalars, and equal if their bytes are`() throws {
        #expect(try accepts(try schema(#"{"maxLength": 1}"#), #""\ud83d\udca9""#))
        // A letter with its accent behind it is two scalars, and another text than the letter with it.
        #expect(try !accepts(try schema(#"{"maxLength": 1}"#), #""e\u0301""#))
        #expect(try !accepts(try schema(#"{"const": "\u00e9"}"#), #""e\u0301""#))
        #expect(try accepts(try schema(#"{"uniqueItems": true}"#), #"["\u00e9", "e\u0301"]"#))
        let named = try schema(
            #"{"properties": {"\u00e9": false}, "required": ["e\u0301"], "additionalProperties": true}"#
        )
        #expect(try accepts(named, #"{"e\u0301": 1}"#))
        #expect(try problems(named, #"{"\u00e9": 1}"#).map(\.keyword) == ["required", "false"])
    }

    @Test func `objects are equal whatever the order of their members`() throws {
        let object = try schema(#"{"const": {"a": [1, {"b": null}], "c": false}}"#)
        #expect(try accepts(object, #"{"c": false, "a": [1.0, {"b": null}]}"#))
        #expect(try !accepts(object, #"{"c": false, "a": [{"b": null}, 1]}"#))
        #expect(try !accepts(object, #"{"c": 0, "a": [1, {"b": null}]}"#))
    }

    @Test(arguments: [
        ("date-time", "2026-02-04T18:30:29.413+01:00", "2026-02-04 18:30"),
        ("date", "2024-02-29", "2023-02-29"), ("time", "18:30:29Z", "18:30:29"),
        ("duration", "P1DT12H", "P1H"), ("ipv4", "10.0.0.1", "10.0.0.256"),
        ("ipv6", "2001:db8::1", "2001:db8::1::"),
        ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380"),
        ("uri", "https://user@example.com:443/a?b#c", "/relative"),
        ("json-pointer", "/a~1b", "a"),
    ])
    func `a format is checked unless it is a remark`(format: String, good: String, bad: String)
        throws
    {
        let text = #"{"format": "\#(format)"}"#
        #expect(try accepts(try schema(text), #""\#(good)""#))
        #expect(try problems(try schema(text), #""\#(bad)""#).map(\.keyword) == ["format"])
        #expect(try accepts(try schema(text), "1"))
        #expect(try accepts(try schema(text, formats: .annotations), #""\#(bad)""#))
    }

    @Test(arguments: [
        (#"^.$"#, #"\n"#, false), (#"^.$"#, "é", true), (#"^\\s$"#, #"\u00a0"#, true),
        (#"^\\S$"#, #"\ufeff"#, false), (#"^[^\\s]$"#, #"\u2003"#, false), (#"^\\d$"#, "٣", false),
        (#"a$"#, #"a\n"#, false), (#"^[\\w-]+$"#, "a-b_1", true), (#"^\\cA$"#, #"\u0001"#, true),
        (#"^\\u{1f600}|\\ud83d\\ude01$"#, #"\ud83d\ude01"#, true), (#"^[[:a]$"#, "[", true),
        (#"^\\Q$"#, "Q", false), (#"^(?<year>\\d{4})-\\d{2}?$"#, "2026-02", true),
        (#"^[^]$"#, #"\n"#, true),
        (#"[]"#, "a", false), (#"^\\p{Script=Greek}+$"#, "πα", true), (#"^\\P{Lu}$"#, "A", false),
        (#"^\\/\\-\\.$"#, "/-.", true), (#"^[\\b]$"#, #"\b"#, true), (#"^\\0$"#, #"\u0000"#, true),
        (#"^[\\]a\\\\-z]$"#, "]", true),
    ])
    func `patterns mean what ECMA-262 says`(pattern: String, text: String, isValid: Bool) throws {
        let reading = JSONSchema.read(
            SourceText(name: "schema.json", text: #"{"pattern": "\#(pattern)"}"#))
        guard let schema = reading.schema else {
            // Only what ECMA-262 does not have either.
            #expect(pattern.contains(#"\\Q"#), "\(pattern): \(reading.diagnostics)")
            return
        }
        #expect(try accepts(schema, #""\#(text)""#) == isValid, "\(pattern) \(text)")
    }
}
