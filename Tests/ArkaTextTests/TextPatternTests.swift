import ArkaText
import Testing

@Suite struct TextPatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        try TextPattern(utf8(pattern)).matches(utf8(text))
    }

    @Test(arguments: [
        ("bc", "abcd"), ("^ab", "abcd"), ("cd$", "abcd"), ("", ""), ("", "x"), ("^$", ""),
        ("a.c", "xaéc"), ("(?i)straße", "STRAßE"), ("^[A-Z]{2}[0-9]{2}", "DE89 3704"),
        (#"\bGmbH\b"#, "Muster GmbH & Co"), ("(?m)^b$", "a\nb"), ("[^0-9]", "12é"),
        (#"\x{20AC}"#, "5 €"), (#"\pL"#, "Ж"), ("a|b|", "zzz"), ("^a{2,3}$", "aaa"),
        (#"\."#, "1.5"), (#"(\d{4}-){3}\d{4}"#, "4111-1111-1111-1111"),
    ])
    func `a pattern is searched for anywhere`(pattern: String, text: String) throws {
        #expect(try matches(pattern, text))
    }

    @Test(arguments: [
        ("bc", "cb"), ("^b", "ab"), ("a$", "ab"), ("^$", "x"), ("a$", "a\n"), ("^b", "a\nb"),
        ("a.c", "a\nc"), ("straße", "STRASSE"), ("^a{2,3}$", "aaaa"), ("[^0-9]", "123"),
        ("é", "e\u{301}"), ("x", ""), (#"\d"#, "٣"), (#"\w"#, "é"),
    ])
    func `and does not match what only resembles it`(pattern: String, text: String) throws {
        #expect(try !matches(pattern, text))
    }

    @Test(arguments: [("(a+)+$", "!"), ("(a|aa)+$", "!"), ("(.*)*x", ""), ("(a?){50}a{50}$", "b")])
    func `patterns that others take for ever are answered`(pattern: String, end: String) throws {
        let text = String(repeating: "a", count: 100_000) + end
        #expect(try !matches(pattern, text))
    }

    @Test func `NUL is a byte like any other`() throws {
        #expect(try matches("a\0b", "xa\0b"))
        #expect(try !matches("^a$", "a\0"))
        #expect(try matches(#"[\x00-\x1F]"#, "a\0"))
    }

    @Test func `bytes that are not UTF-8 match no character`() throws {
        let any = try TextPattern(utf8("^(?s:.)$"))
        #expect(any.matches(utf8("é")))
        #expect(!any.matches([0xE9]))
        #expect(!any.matches([0xC3]))
        #expect(try !TextPattern(utf8("^[^x]+$")).matches([0x61, 0xFF]))
        // Around them the search goes on.
        #expect(try TextPattern(utf8("b(c|d)")).matches([0xFF, 0x62, 0x63]))
        #expect(try TextPattern(utf8("bc")).matches([0xC3, 0x62, 0x63]))
    }

    @Test func `a lone surrogate is a character`() throws {
        #expect(try TextPattern(utf8("^(?s:.)$")).matches([0xED, 0xA0, 0x80]))
        #expect(try TextPattern(utf8("^[^a-z]$")).matches([0xED, 0xBF, 0xBF]))
    }

    @Test(arguments: ["", "^$", "^a", "a", "[a-c]+", "x*", "(a|b)*$", "^[0-9]{0}$", "^[0-9]{0}"])
    func `an empty text without an address is an empty text`(pattern: String) throws {
        let pattern = try TextPattern(utf8(pattern))
        let nowhere = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        #expect(pattern.matches(nowhere) == pattern.matches([]))
    }

    @Test func `a part of a buffer is tested alone`() throws {
        let text = utf8("xabcx")
        let pattern = try TextPattern(utf8("^abc$"))
        let general = try TextPattern(utf8("^(abc)$"))
        let part = text.withUnsafeBufferPointer { buffer in
            let part = UnsafeBufferPointer(rebasing: buffer[1..<4])
            return (pattern.matches(part), general.matches(part))
        }
        #expect(part == (true, true))
        #expect(!pattern.matches(text))
    }

    @Test func `threads share a pattern`() async throws {
        let pattern = try TextPattern(utf8("(a|b)+c[0-9]+x?$"))
        let found = await withTaskGroup(of: Int.self) { group in
            for lane in 0..<4 {
                group.addTask {
                    (0..<2_000).count { pattern.matches(utf8("zab\(lane)abc\($0)")) }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(found == 8_000)
    }

    @Test func `many parentheses and long alternatives are no danger`() throws {
        let deep =
            String(repeating: "(", count: 20_000) + "a" + String(repeating: ")", count: 20_000)
        #expect(try matches(deep, "a"))
        let names = (0..<5_000).map { "name\($0 * 7_919)" }.joined(separator: "|")
        #expect(try matches(names, "x name7919 x"))
        #expect(try !matches(names, "name7918"))
    }
}
