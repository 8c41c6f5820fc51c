import ArkaJSON
import ArkaModel
import Testing

/// The work that a schema may ask for is bounded, however it is written.
@Suite struct SchemaWorkTests {
    /// Doublings that would take 2⁴⁰ tests.
    private let doublings = (0..<40).map { level in
        ##""d\##(level)": {"allOf": [{"$ref": "#/$defs/d\##(level + 1)"}, {"$ref": "#/$defs/d\##(level + 1)"}]}"##
    }

    @Test func `references that double at each step are looked at once each`() throws {
        // 20 doublings in a row: one value is held against 20 schemas, not against a million.
        let few = doublings.prefix(20).joined(separator: ",")
        let text = ##"{"$ref": "#/$defs/d0", "$defs": {\##(few), "d20": {"type": "string"}}}"##
        let tight = try schema(text, limits: SchemaLimits(stepsMax: 200))
        #expect(try accepts(tight, #""a""#))
        #expect(try problems(tight, "1").map(\.keyword) == ["type"])
    }

    @Test func `a row of references that is too long is refused when the schema is read`() {
        let text =
            ##"{"$ref": "#/$defs/d0", "$defs": {\##(doublings.joined(separator: ",")), "d40": true}}"##
        #expect(refusals(of: text).map(\.code) == [.jsonSchemaTooLarge])
    }

    @Test func `doubling along the value takes schemas times values, not more`() throws {
        let text = ##"""
            {"anyOf": [{"properties": {"n": {"$ref": "#"}}, "required": ["x"]},
                       {"properties": {"n": {"$ref": "#"}}}]}
            """##
        let value =
            String(repeating: #"{"n":"#, count: 60) + "{}" + String(repeating: "}", count: 60)
        let tight = try schema(text, limits: SchemaLimits(stepsMax: 60 * 40))
        #expect(try accepts(tight, value))
    }

    @Test
    func `a value that needs more work than there may be is refused, whatever the schema says`()
        throws
    {
        let text = #"{"not": {"items": {"type": "string"}}}"#
        let value = "[" + Array(repeating: "\"\"", count: 1_000).joined(separator: ",") + "]"
        let tight = try schema(text, limits: SchemaLimits(stepsMax: 500))
        let found = try problems(tight, value)
        #expect(found.count == 1)
        #expect(found[0].description.contains("500 steps"))
        #expect(try !accepts(tight, value))
    }

    @Test func `a value nested too deeply for the stack is refused`() throws {
        let tree = try schema(##"{"items": {"allOf": [{"allOf": [{"$ref": "#"}]}]}}"##)
        let value = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try problems(tree, value).isEmpty)
        let deeper = try schema(
            ##"{"items": {"allOf": [{"allOf": [{"$ref": "#"}]}]}}"##,
            limits: SchemaLimits(depthMax: 100))
        #expect(try problems(deeper, value).map(\.path) == [[]])
    }

    @Test func `equal elements are found without comparing each with each`() throws {
        let unique = try schema(#"{"uniqueItems": true}"#, limits: SchemaLimits(stepsMax: 100_000))
        let numbers = (0..<20_000).map(String.init)
        #expect(try accepts(unique, "[" + numbers.joined(separator: ",") + "]"))
        #expect(try !accepts(unique, "[" + (numbers + ["7.0"]).joined(separator: ",") + "]"))
    }
}
