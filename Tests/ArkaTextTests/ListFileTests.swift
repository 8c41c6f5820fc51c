import ArkaModel
import ArkaText
import Testing

@Suite struct ListFileTests {
    private func read(
        _ text: String, column: String? = nil, _ limits: ListLimits = ListLimits()
    ) -> ListReading<TextList> {
        ListFile(SourceText(name: "l.csv", text: text), column: column, limits: limits).texts()
    }

    private func numbers(_ text: String, column: String? = nil) -> ListReading<NumberList> {
        ListFile(SourceText(name: "l.csv", text: text), column: column).numbers()
    }

    // MARK: What is taken

    @Test(arguments: [
        ("DE\nIT\n", ["DE", "IT"]), ("DE\r\nIT\r\n", ["DE", "IT"]), ("DE\nIT", ["DE", "IT"]),
        ("DE\r\nIT\r", ["DE", "IT"]), ("\u{FEFF}DE\n", ["DE"]),
        ("\n\n DE\n \t\n\r\nIT\n\n", [" DE", "IT"]),
        ("# DE\n#\n", ["# DE", "#"]), (#""DE""#, ["DE"]), ("\"a,b\"\n", ["a,b"]),
        ("\"a\nb\"\nc\n", ["a\nb", "c"]), ("\"a\r\nb\"\r\nc", ["a\r\nb", "c"]),
        (#""Joe ""Red"" S""#, [#"Joe "Red" S"#]), (#""""""#, [#"""#]), ("ÅÄÖ\n€\n", ["ÅÄÖ", "€"]),
        ("a;b\n", ["a;b"]), ("a\tb\n", ["a\tb"]), ("\" x \"\n", [" x "]), ("DE\nDE\n", ["DE"]),
    ])
    func `lines and quoted fields are entries`(text: String, entries: [String]) throws {
        let list = try #require(read(text).list)
        #expect(list.count == entries.count)
        for entry in entries { #expect(list.contains(utf8(entry)), "\(entry)") }
    }

    @Test func `a column is taken by its name in the header`() throws {
        let text = "name,\"iso2\",n\r\n\"Korea, Rep.\",KR,1\r\n\r\nItaly,\"IT\",2\r\n"
        let reading = read(text, column: "iso2")
        #expect(reading.diagnostics == [])
        let list = try #require(reading.list)
        #expect(list.count == 2 && list.contains(utf8("KR")) && list.contains(utf8("IT")))
        #expect(!list.contains(utf8("iso2")))
        let names = try #require(read(text, column: "name").list)
        #expect(names.contains(utf8("Korea, Rep.")))
        #expect(try #require(numbers(text, column: "n").list).contains(ExactDecimal(2)))
    }

    @Test func `a single column may have a header too`() throws {
        let list = try #require(read("iso2\nDE\n", column: "iso2").list)
        #expect(list.count == 1 && list.contains(utf8("DE")))
    }

    @Test func `a header's name may hold what must be quoted`() {
        #expect(read("\"a \"\"b\"\", c\",d\n1,2\n", column: #"a "b", c"#).list?.count == 1)
    }

    @Test func `numbers are read exactly`() throws {
        let list = try #require(numbers("5411\n-0.10\n\"1e3\"\n0\n").list)
        #expect(list.count == 4)
        for number in ["5411", "-0.1", "1000", "0"] {
            #expect(list.contains(try ExactDecimal(number)), "\(number)")
        }
    }

    // MARK: What is not

    @Test(arguments: [
        ("a\nb,c\n", nil, "ARKA-LIST-0006", 2, 1, "this row has 2 fields"),
        ("a\nb,\n", nil, "ARKA-LIST-0006", 2, 1, "this row has 2 fields"),
        ("a\n\"b\n", nil, "ARKA-LIST-0004", 2, 1, "this quote is not closed"),
        ("a\nx\"b\"\n", nil, "ARKA-LIST-0004", 2, 2, "a quote stands within a field"),
        (
            "\"a\"b\n", nil, "ARKA-LIST-0004", 1, 4,
            "a closing quote is followed by more than a comma or line end"
        ),
        (
            "\"a\" \n", nil, "ARKA-LIST-0004", 1, 4,
            "a closing quote is followed by more than a comma or line end"
        ),
        ("é\rb\n", nil, "ARKA-LIST-0005", 1, 2, "a carriage return stands without a line feed"),
        ("\"a\"\rb\n", nil, "ARKA-LIST-0005", 1, 4, "a carriage return stands without a line feed"),
        ("a\n\"\"\n", nil, "ARKA-LIST-0009", 2, 1, "this entry is empty"),
        ("a,b\n1,2\n3,\n", "b", "ARKA-LIST-0009", 3, 3, "this entry is empty"),
        (
            "a,b\n1,2\n3\n", "b", "ARKA-LIST-0008", 3, 1, "this row has 1 fields, and the header 2"
        ),
        (
            "a,b\n1,2,3\n", "b", "ARKA-LIST-0008", 2, 1, "this row has 3 fields, and the header 2"
        ),
        ("a,b\n", "c", "ARKA-LIST-0007", 1, 1, "this list has no column 'c'"),
        ("a,b,a\n", "a", "ARKA-LIST-0007", 1, 5, "two columns are called 'a'"),
        ("", "a", "ARKA-LIST-0007", 1, 1, "this list has no header that could name a column"),
        ("\"a\n", "a", "ARKA-LIST-0004", 1, 1, "this quote is not closed"),
        ("a\n\0\n", nil, "ARKA-LIST-0001", 2, 1, "this list holds a NUL byte"),
    ])
    func `faults are named with their place`(
        text: String, column: String?, code: String, line: Int, at columnNumber: Int,
        message: String
    ) {
        let reading = read(text, column: column)
        #expect(reading.list == nil)
        #expect(reading.diagnostics.map(\.code.description) == [code])
        let found = reading.diagnostics.first
        #expect(found?.message == message)
        #expect(found?.position == SourcePosition(line: line, column: columnNumber))
        #expect(found?.expectation != nil)
    }

    @Test func `all faults are reported at once, in the order of the file`() {
        let text = "iso2,name\nDE,\"Germany\nIT,b\"x\n,Nowhere\nFR,France,3\nE\"S,Spain\n"
        #expect(
            read(text, column: "iso2").diagnostics.map { $0.position.line } == [3, 4, 5, 6])
    }

    @Test func `a near column is suggested`() {
        let found = read("iso2,name\nDE,Germany\n", column: "iso_2").diagnostics.first
        #expect(found?.suggestion == "iso2")
        #expect(found?.expectation == "one of 'iso2', 'name'")
        let rendered = found?.rendered() ?? ""
        #expect(
            rendered == """
                l.csv:1:1: error: this list has no column 'iso_2' [ARKA-LIST-0007]
                iso2,name
                ^~~~~~~~~
                  expected one of 'iso2', 'name'; did you mean 'iso2'?

                """)
    }

    @Test func `names of columns are equal by their bytes`() {
        #expect(read("e\u{301}\nx\n", column: "\u{E9}").list == nil)
    }

    @Test func `semicolons are recognised where commas belong`() {
        let found = read("iso2;name\nDE;Germany\n", column: "iso2").diagnostics.first
        #expect(found?.expectation == "columns separated by commas")
    }

    @Test func `an unknown column does not hide faults of rows`() {
        let codes = read("a,b\n1\n2,\"x\n", column: "c").diagnostics.map(\.code)
        #expect(codes == [.listUnknownColumn, .listFieldCount, .listQuote])
    }

    @Test func `each line that is not UTF-8 is named once`() {
        let bytes =
            utf8("Z\nM") + [0xFC] + utf8("l") + [0xFC] + utf8("\nok\n\"") + [0xC3, 0x28]
            + utf8("\"\n")
        let reading = ListFile(SourceText(name: "l", utf8: bytes)).texts()
        #expect(reading.list == nil)
        #expect(reading.diagnostics.map(\.code) == [.listEncoding, .listEncoding])
        #expect(reading.diagnostics.map { $0.position.line } == [2, 4])
        #expect(reading.diagnostics.map(\.range.start) == [3, 11])
    }

    @Test(
        arguments: [[0xFF, 0xFE, 0x44, 0x00, 0x0A, 0x00], [0xFE, 0xFF, 0x00, 0x44]] as [[UInt8]])
    func `UTF-16 is recognised`(bytes: [UInt8]) {
        let reading = ListFile(SourceText(name: "l", utf8: bytes)).texts()
        #expect(reading.list == nil)
        #expect(reading.diagnostics.map(\.message) == ["this list is UTF-16"])
    }

    @Test func `an entry that is no exact number is named`() {
        let reading = numbers("5411\n+5\n05\n1,5\n\"1,000\"\n 7\n1e30\nabc\u{1B}\n")
        #expect(reading.list == nil)
        #expect(
            reading.diagnostics.filter { $0.severity == .error }.map(\.message) == [
                "'+5' is not a number", "'05' is not a number", "this row has 2 fields",
                "'1,000' is not a number", "' 7' is not a number", "'1e30' has no exact value here",
                "'abc\u{FFFD}' is not a number",
            ])
        #expect(reading.diagnostics.first?.position == SourcePosition(line: 2, column: 1))
    }

    // MARK: Warnings

    @Test func `spaces around entries are kept, and one warning counts them`() throws {
        let reading = read("DE\nIT \n\tFR\n\" x \"\n")
        let list = try #require(reading.list)
        #expect(list.contains(utf8("IT ")) && !list.contains(utf8("IT")))
        #expect(reading.diagnostics.map(\.code) == [.listPadding])
        #expect(reading.diagnostics.first?.severity == .warning)
        #expect(reading.diagnostics.first?.position.line == 2)
        #expect(reading.diagnostics.first?.message.hasPrefix("2 entries begin or end") == true)
    }

    @Test(arguments: [("", nil), ("\n \n", nil), ("\u{FEFF}", nil), ("iso2\n", "iso2")])
    func `a list without entries is taken with a warning`(text: String, column: String?) {
        let reading = read(text, column: column)
        #expect(reading.list?.count == 0)
        #expect(reading.diagnostics.map(\.code) == [.listIsEmpty])
        #expect(reading.diagnostics.first?.severity == .warning)
    }
}
