import ArkaJSON
import ArkaModel
import Testing

@Suite struct JSONWriterTests {
    @Test func `commas and nesting come out right`() {
        var json = JSONWriter()
        json.beginObject()
        json.name("a")
        json.beginArray()
        json.integer(1)
        json.boolean(false)
        json.null()
        json.beginObject()
        json.endObject()
        json.beginArray()
        json.endArray()
        json.word("1.50")
        json.endArray()
        json.name("b")
        json.string("x")
        json.endObject()
        let text = String(decoding: json.bytes, as: UTF8.self)
        #expect(text == #"{"a":[1,false,null,{},[],1.50],"b":"x"}"#)
    }

    @Test func `every scalar value is read back as it was written`() throws {
        let scalars = (0...0x2FF).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{FFFF}", "😀"]
        let text = String(String.UnicodeScalarView(scalars))
        var bytes: [UInt8] = []
        bytes.append(jsonString: text)
        #expect(!bytes.contains { $0 < 0x20 || $0 == 0x7F })
        let root = try #require(parseJSON(SourceText(name: "a", utf8: bytes)).root)
        #expect(root.kind == .string(text))
    }
}
