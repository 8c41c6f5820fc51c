import ArkaText
import Testing

@Suite struct PatternShapeTests {
    private func shape(_ pattern: String) throws -> PatternShape {
        let compiled = try TextPattern(utf8(pattern))
        #expect(compiled.shape == PatternShape.shape(of: utf8(pattern)))
        return compiled.shape
    }

    @Test(arguments: [
        ("", PatternShape.contains([])), ("abc", .contains(utf8("abc"))),
        ("^abc", .starts(utf8("abc"))), ("abc$", .ends(utf8("abc"))),
        ("^abc$", .equals(utf8("abc"))), (#"\Aabc\z"#, .equals(utf8("abc"))),
        ("^$", .equals([])), ("^", .starts([])), ("$", .ends([])),
        (".*abc.*", .contains(utf8("abc"))), ("^abc.*", .starts(utf8("abc"))),
        (".*?abc$", .ends(utf8("abc"))), (".*", .contains([])),
        (#"^a\.b\$$"#, .equals(utf8("a.b$"))), ("[.]com$", .ends(utf8(".com"))),
        (#"^\Qa.b\E$"#, .equals(utf8("a.b"))), ("Müller", .contains(utf8("Müller"))),
        ("^a{3}é{2}$", .equals(utf8("aaaéé"))), ("a{0}b", .contains(utf8("b"))),
        ("^a]b}", .starts(utf8("a]b}"))), ("a b", .contains(utf8("a b"))),
    ])
    func `a pattern of characters is a comparison`(pattern: String, shape: PatternShape) throws {
        #expect(try self.shape(pattern) == shape)
    }

    @Test func `a pattern of classes is a comparison byte by byte`() throws {
        let letters = ByteClass(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        let digits = ByteClass(UInt8(ascii: "0")...UInt8(ascii: "9"))
        let dash = ByteClass(utf8("-"))
        #expect(
            try shape("^[A-Z]{2}[0-9]{4}$")
                == .classes([letters, letters, digits, digits, digits, digits]))
        #expect(try shape(#"^\d-[A-Z]$"#) == .classes([digits, dash, letters]))
        #expect(try shape(#"^\d{2}"#) == .startsWithClasses([digits, digits]))
        let mixed = ByteClass(utf8("0123456789-.x"))
        #expect(try shape(#"^[\dx.-]$"#) == .classes([mixed]))
        #expect(try shape("^[-a]$") == .classes([ByteClass(utf8("-a"))]))
    }

    @Test(arguments: [
        "(?i)abc", "(?m)^abc$", "a|b", "^a|b$", "(abc)", "^(?:abc)$", "ab?", "ab*", "ab+", "a.c",
        "^.*abc", "abc.*$", "(?s).*abc", "^.$", "^[^a]$", "^[é]$", "^[a-é]$", #"^\D$"#, #"^\pL$"#,
        #"^\bab$"#, #"\101"#, #"\x41"#, #"\t"#, "^[[:alpha:]]$", "^a{1,2}$", "^a{2,}$", "a{02}",
        "a{,2}", "^[a-z]$|x", "[0-9]", "[0-9]$", "^é[0-9]$", "^^a", "a$$", "$a", "a^",
        "^[a-c-e]$", "^[]a]$", #"^[\d-x]$"#, #"\Q\E"#, #"\Qa"#, "^[0-9]{1000}[0-9]{25}$",
        String(repeating: "a", count: 65),
    ])
    func `what is more than that is searched for by RE2`(pattern: String) throws {
        #expect(try shape(pattern) == .general)
    }

    @Test func `long texts are compared where they have a place`() throws {
        let long = String(repeating: "a", count: 1_000)
        #expect(try shape("^" + long) == .starts(utf8(long)))
        #expect(try shape(long + "$") == .ends(utf8(long)))
        let contained = String(repeating: "a", count: 64)
        #expect(try shape(contained) == .contains(utf8(contained)))
    }

    @Test func `a byte class knows its members`() {
        let members: [UInt8] = [0, 31, 63, 64, 65, 127]
        let set = ByteClass(members)
        #expect((0...255).filter { set.contains($0) } == members)
        #expect(set.members == members)
        #expect(ByteClass([]).members == [])
    }
}
