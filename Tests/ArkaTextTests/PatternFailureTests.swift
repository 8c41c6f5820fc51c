import ArkaModel
import ArkaText
import Testing

@Suite struct PatternFailureTests {
    private func refusal(_ pattern: [UInt8]) -> PatternFailure? {
        do throws(PatternFailure) {
            _ = try TextPattern(pattern)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("a(?=b)", "looking ahead with '(?=' is not taken", 1, 4),
        ("(?!b)", "looking ahead with '(?!' is not taken", 0, 3),
        ("(?<=a)b", "looking behind and named groups with '(?<' are not taken", 0, 3),
        ("[(?=](?=a)", "looking ahead with '(?=' is not taken", 5, 8),
        ("(?>a)", "atomic groups are not taken", 0, 3),
        ("(?#c)a", "groups that begin with '(?#' are not taken", 0, 3),
        (#"(a)\1"#, #"references to groups such as '\1' are not taken"#, 3, 5),
        (#"\\1\1"#, #"references to groups such as '\1' are not taken"#, 3, 5),
        (#"a\Z"#, #"the escape '\Z' is not taken"#, 1, 3),
        (#"[\h]"#, #"the escape '\h' is not taken"#, 1, 3),
        (#"\u00e9"#, #"the escape '\u' is not taken"#, 0, 2),
        (#"\Qa\C\E\C"#, #"'\C' matches a byte, and patterns match characters"#, 7, 9),
        (#"é\C"#, #"'\C' matches a byte, and patterns match characters"#, 2, 4),
        (#"\p{Letter}"#, #"there is no property of characters called '\p{Letter}'"#, 0, 10),
        (#"[^\pX]"#, #"there is no property of characters called '\pX'"#, 2, 5),
    ])
    func `forms that RE2 lacks are named with their place`(
        pattern: String, message: String, start: Int, end: Int
    ) throws {
        let failure = try #require(refusal(utf8(pattern)))
        #expect(failure.code == .patternUnsupported)
        #expect(failure.message == message)
        #expect(failure.place == SourceRange(start, end))
        #expect(failure.expectation != nil)
    }

    @Test(arguments: [
        ("a(b", "a group is not closed", 1, 2), ("((a)", "a group is not closed", 0, 1),
        ("[(](\\(", "a group is not closed", 3, 4),
        ("a)b)", "a group is closed that was not opened", 1, 2),
        ("[)])", "a group is closed that was not opened", 3, 4),
        ("a[b", "a class is not closed", 1, 3), ("[a][]", "a class is not closed", 3, 5),
        ("a\\", "nothing follows the last backslash", 1, 2),
        ("[z-a]", "the range 'z-a' ends before it begins", 1, 4),
        ("[[:foo:]]", "there is no class called '[:foo:]'", 1, 8),
        (#"\y"#, #"the escape '\y' does not exist"#, 0, 2),
        (#"\\y[\y]"#, #"the escape '\y' does not exist"#, 4, 6),
        ("*a", "nothing stands before '*' that could be repeated", 0, 1),
        ("a**", "'**' repeats a repetition", 1, 3), ("a+b++", "'++' repeats a repetition", 3, 5),
        ("[**]a**", "'**' repeats a repetition", 5, 7),
        ("(?P<a b>x)", "'(?P<a b>' is no name of a group", 0, 8),
    ])
    func `what is malformed is named with its place`(
        pattern: String, message: String, start: Int, end: Int
    ) throws {
        let failure = try #require(refusal(utf8(pattern)))
        #expect(failure.code == .patternSyntax)
        #expect(failure.message == message)
        #expect(failure.place == SourceRange(start, end))
        #expect(failure.expectation != nil)
    }

    @Test(arguments: [
        ("a*|*", "nothing stands before '*' that could be repeated"),
        (#"\d[a-\d]"#, #"a range cannot end with '\d'"#),
    ])
    func `where the place is in doubt none is named`(pattern: String, message: String) throws {
        let failure = try #require(refusal(utf8(pattern)))
        #expect(failure.message == message)
        #expect(failure.place == nil)
    }

    @Test(arguments: [
        "a{1001}", "((a{100}){100}){100}", "(?i)\\pL{1000}", "a{3,2}",
        String(repeating: "a", count: (64 << 10) + 1),
    ])
    func `what is too large is refused`(pattern: String) {
        #expect(refusal(utf8(pattern))?.code == .patternTooLarge)
    }

    @Test func `a pattern of the greatest length is taken`() {
        #expect(refusal([UInt8](repeating: UInt8(ascii: "a"), count: 64 << 10)) == nil)
    }

    @Test(arguments: [
        ([0x61, 0xE9], 1, 2), ([0xC3, 0x28], 0, 1), ([0x61, 0xED, 0xA0, 0x80], 1, 2),
        ([UInt8](#"\Q"#.utf8) + [0xFF], 2, 3),
    ])
    func `a pattern is UTF-8`(pattern: [UInt8], start: Int, end: Int) throws {
        let failure = try #require(refusal(pattern))
        #expect(failure.code == .patternEncoding)
        #expect(failure.place == SourceRange(start, end))
    }

    @Test func `messages never carry control characters`() throws {
        let failure = try #require(refusal(utf8("[[:\u{1B}[2J:]]")))
        #expect(!failure.message.utf8.contains(0x1B))
    }

    @Test func `no failure of a bent pattern lies outside of it`() {
        let samples = [
            #"^(?:[A-Z]{2}|\d+)[^x\]]\Q.\E(?P<n>a*?)$"#, #"[[:alpha:]\-é]{2,3}\x{20AC}|\pL"#,
        ].map(utf8)
        let strangers = utf8("()[]{}*+?|^$\\.-:CQEPpxn19,<=!é")
        var random = Seeded(11)
        var refused = 0
        for _ in 0..<iterations {
            var pattern = random.pick(samples)
            for _ in 0...random.below(3) {
                let at = random.below(pattern.count)
                if random.oneIn(2) {
                    pattern[at] = random.pick(strangers)
                } else {
                    pattern.remove(at: at)
                }
                pattern.insert(random.pick(strangers), at: at)
            }
            guard let failure = refusal(pattern) else { continue }
            refused += 1
            if let place = failure.place {
                #expect(
                    place.start >= 0 && place.start < place.end && place.end <= pattern.count,
                    "\(readable(pattern))")
            }
        }
        #expect(refused > iterations / 4 && refused < iterations)
    }
}
