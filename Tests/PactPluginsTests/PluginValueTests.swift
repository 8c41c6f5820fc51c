import ArkaModel
import PactPlugins
import Testing

@Suite struct PluginValueTests {
    @Test func `literals make every kind of value, and absent ones are null`() throws {
        let absent: PluginValue? = nil
        let value: PluginValue = [
            "a": 1, "b": 0.1, "c": "x\(2)", "d": [true, nil], "e": ["f": absent],
        ]
        #expect(value.jsonText == #"{"a":1,"b":0.1,"c":"x2","d":[true,null],"e":{"f":null}}"#)
        #expect(value["b"]?.number == (try ExactDecimal("0.1")))
    }

    @Test func `names computed at run time may meet in a literal, and the last counts`() {
        let name = "a"
        let value: PluginValue = [name: 1, "b": 2, name: 3]
        #expect(value.jsonText == #"{"a":3,"b":2}"#)
    }

    @Test func `members are read, replaced, added and removed by name, bytes compared`() {
        var value: PluginValue = ["e\u{301}": 1]
        #expect(value["\u{E9}"] == nil)
        value["\u{E9}"] = 2
        value["e\u{301}"] = nil
        value["z"] = 3
        value["z"] = 4
        #expect(value.jsonText == "{\"\u{E9}\":2,\"z\":4}")
        #expect(value["missing", default: 7] == 7)
        #expect((["a": nil] as PluginValue)["a", default: 7] == 7)
    }

    @Test func `elements are read by position, and nothing else has any`() {
        let list: PluginValue = ["a", "b"]
        #expect(list[1] == "b")
        #expect(list[2] == nil)
        #expect(list[-1] == nil)
        #expect(("text" as PluginValue)[0] == nil)
    }

    @Test(
        arguments: [
            "null", "true", "-12.345", "0.000000000000000001", "170000000000000000000",
            #""quotes \" and \\ and \n and é""#, "[]", "{}", #"{"b":1,"a":[{"c":null}]}"#,
        ])
    func `JSON comes back as it was, numbers exact and members in order`(_ text: String) throws {
        #expect(try PluginValue(json: text).jsonText == text)
    }

    @Test(
        arguments: [
            ("{\"a\":1,\n\"a\":2}", "2:1"), ("[1,]", "1:4"), ("", "1:1"), ("1 2", "1:3"),
            ("[0.1234567890123456789]", "1:2"), ("1e300", "1:1"),
        ])
    func `JSON that is broken, says a name twice, or has no exact value is refused with its place`(
        _ text: String, place: String
    ) {
        let refusal = #expect(throws: JSONRefusal.self) { try PluginValue(json: text) }
        #expect(refusal?.description.contains(place) == true, "\(refusal?.description ?? "")")
    }

    @Test func `inexact numbers are rounded only where that is asked for`() throws {
        let text = "[1.2345678901234567e-05]"
        #expect(throws: JSONRefusal.self) { try PluginValue(json: text) }
        let value = try PluginValue(json: text, inexactNumbers: .rounded)
        #expect(value.jsonText == "[0.000012345678901235]")
        #expect(throws: JSONRefusal.self) {
            try PluginValue(json: "1e300", inexactNumbers: .rounded)
        }
    }

    @Test func `approximations become the shortest decimal, or null if there is none`() {
        #expect(PluginValue(0.1 + 0.2).jsonText == "0.30000000000000004")
        #expect(PluginValue(1.5e-20).jsonText == "0")
        #expect(PluginValue(-1.26e-17).jsonText == "-0.000000000000000013")
        for value in [Double.nan, .infinity, 1e30] { #expect(PluginValue(value) == .null) }
    }

    @Test func `Swift types come back from what they give`() throws {
        func expectRoundTrip<T: PluginArgument & Equatable>(_ value: T) throws {
            #expect(try T(pluginValue: value.pluginValue) == value)
        }
        try expectRoundTrip("text")
        try expectRoundTrip(true)
        try expectRoundTrip(Int.min)
        try expectRoundTrip(try ExactDecimal("-1.25"))
        try expectRoundTrip(["a", "b"])
        try expectRoundTrip(Int?.none)
        try expectRoundTrip([1, nil])
        try expectRoundTrip(["a": [true]])
        try expectRoundTrip(["a": 1] as PluginValue)
    }

    @Test func `a value of another type is refused with the way to it and without itself`() {
        func mismatch<T: PluginArgument>(_ type: T.Type, _ value: PluginValue) -> String {
            do throws(ArgumentMismatch) {
                _ = try T(pluginValue: value)
                return "accepted"
            } catch {
                return error.description
            }
        }
        #expect(mismatch(String.self, 1) == "the value must be a text, not a number")
        #expect(mismatch(Int.self, "1") == "the value must be a whole number, not a text")
        #expect(mismatch(Int.self, 1.5).hasSuffix("not a number with a fraction"))
        #expect(mismatch(Int.self, 170_000_000_000_000_000_000.0).hasSuffix("not a larger one"))
        #expect(mismatch(Bool.self, "true") == "the value must be true or false, not a text")
        #expect(mismatch([String].self, ["secret", 1]) == "[1] must be a text, not a number")
        #expect(mismatch([String].self, "a") == "the value must be a list of texts, not a text")
        #expect(mismatch([String: [Int]].self, ["a": [1, "b"]]).hasPrefix("a[1] must be"))
        let twice = PluginValue.object([.init("caf\u{E9}", 1), .init("cafe\u{301}", 2)])
        #expect(mismatch([String: Int].self, twice).contains("the only member of this name"))
        #expect(mismatch(String.self, .null) == "the value must be a text, not null")
        #expect(mismatch(Int?.self, .null) == "accepted")
    }

    @Test func `values are equal if their bytes are`() {
        let (one, two): (PluginValue, PluginValue) = ("caf\u{E9}", "cafe\u{301}")
        #expect(one == "caf\u{E9}" && one != two && [one] as PluginValue != [two])
        #expect(PluginValue.object([.init("a", one)]) != .object([.init("a", two)]))
        #expect(PluginValue.object([.init("caf\u{E9}", 1)]) != .object([.init("cafe\u{301}", 1)]))
        #expect(Set([one, two, one]).count == 2)
        #expect(PluginValue.null != false && 0 as PluginValue != false && "1" as PluginValue != 1)
    }

    @Test func `reading a member says where it is missing, and optional types accept that`() throws
    {
        let value: PluginValue = ["a": ["b": 1], "n": nil]
        #expect(try value.read("a", as: PluginValue.self)["b"] == 1)
        #expect(try value.read("x", as: Int?.self) == nil)
        #expect(try value.read("n", default: 3) == 3)
        let missing = #expect(throws: ArgumentMismatch.self) { try value.read("x", as: Int.self) }
        #expect(missing?.description == "x must be a whole number, not nothing")
        #expect(throws: ArgumentMismatch.self) { try value.read("a", default: 3) }
    }

    @Test func `types say what rules may give`() {
        #expect(Int.schema == .constrained(.init(types: .integer)))
        #expect(String?.schema == .constrained(.init(types: [.string, .null])))
        #expect([Bool].schema == .constrained(.init(types: .array, items: Bool.schema)))
        #expect(PluginValue.schema == .any)
    }
}
