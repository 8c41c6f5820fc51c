import ArkaModel
import ArkaRules
import Testing

/// What is asked of texts and of arrays.
struct TextAndArrayTests {
    private let evaluation = Evaluation(record: [
        "t": "Hello, World", "empty": "", "part": "World", "one": 1, "n": nil, "w": "World",
        "texts": ["a", "World", nil], "numbers": [1, .number(ExactDecimal(2)), .outOfRange],
        "mixed": [true, "1", 1, ["World"]], "none": [], "deep": [["a": [7, 8]]],
    ])

    @Test(arguments: [
        ("$t contains \"lo, W\"", Truth.yes), ("$t contains $part", .yes),
        ("$t contains \"\"", .yes),
        ("$t contains \"hello\"", .no), ("$empty contains \"a\"", .no),
        ("$t starts_with \"Hello\"", .yes), ("$t starts_with \"ello\"", .no),
        ("$t starts_with \"\"", .yes), ("$part starts_with $t", .no),
        ("$t ends_with $part", .yes), ("$t ends_with \"world\"", .no),
        ("lower($t) ends_with lower($part)", .yes), ("not ($t contains \"x\")", .yes),
        ("$t contains $n", .unknown), ("$one starts_with \"1\"", .unknown),
        ("\"xWorldx\" contains $part", .yes),
    ])
    func `a text is asked for parts, byte by byte`(condition: String, expected: Truth) throws {
        #expect(try evaluation.truth(condition) == expected)
    }

    @Test(arguments: [
        (#"$t matches "W.r""#, Truth.yes), (#"$t matches "^World""#, .no),
        (#"$t matches "(?i)^HELLO""#, .yes), (#"$t matches "\\bWorld$""#, .yes),
        (#"$empty matches "^$""#, .yes), (#"$one matches "1""#, .unknown),
        (#"upper($t) matches "^[A-Z, ]+$""#, .yes), (#"$t matches "^Hello, World$""#, .yes),
        (#"($n ?? "abc") matches "b""#, .yes), (#"not ($t matches "x")"#, .yes),
    ])
    func `a pattern is found anywhere in a text`(condition: String, expected: Truth) throws {
        #expect(try evaluation.truth(condition) == expected)
    }

    @Test(arguments: [
        ("$texts contains \"a\"", Truth.yes), ("$texts contains $part", .yes),
        ("$texts contains \"A\"", .no), ("$part in $texts", .yes), ("$part not in $texts", .no),
        ("$numbers contains 1.0", .yes), ("$numbers contains 3", .no), ("2 in $numbers", .yes),
        ("$mixed contains true", .yes), ("$mixed contains \"1\"", .yes),
        ("$mixed contains false", .no), ("$mixed contains \"World\"", .no),
        ("$one in $mixed", .yes), ("$none contains 1", .no), ("$n contains 1", .unknown),
        ("$texts contains $n", .unknown), ("$one contains 1", .unknown),
        ("$numbers contains $one + 1", .yes), ("lower(\"A\") in $texts", .yes),
        ("$n in $none", .unknown), ("1 in $t", .unknown),
    ])
    func `an array is asked for an element of the same type and value`(
        condition: String, expected: Truth
    ) throws {
        #expect(try evaluation.truth(condition) == expected)
    }

    @Test(arguments: [
        "$texts[1] == $part", "$deep[0].a[1] == 8", "$mixed[0]", "length($deep[0].a) == 2",
        "$mixed[3] contains \"World\"", "$texts[2] is unknown", "$texts[9] is unknown",
        "$texts[0] is known", "$numbers[2] is unknown", "$deep[0] is known",
        "($texts[2] ?? \"x\") == \"x\"",
    ])
    func `elements are counted from zero`(condition: String) throws {
        #expect(try evaluation.truth(condition) == .yes)
    }

    @Test func `without a schema the record says whether a text or an array is asked`() throws {
        #expect(try evaluation.truth("$w contains \"or\" and $texts contains \"World\"") == .yes)
        #expect(try evaluation.truth("$w contains $part and $texts contains $part") == .yes)
    }

    @Test(arguments: [
        (#""a\($one)b" == "a1b""#, Truth.yes), (#""\($t)!" ends_with "World!""#, .yes),
        (#""\($n)" == "unknown""#, .unknown), (#""\($n ?? "x")" == "x""#, .yes),
        (#""\(1 + 1) \(true) \(90m)" == "2 true 1h30m""#, .yes),
        (#""\($none) \($deep)" == "[] [{\"a\":[7,8]}]""#, .yes),
        (#""\("\($one)")\("x")" == "1x""#, .yes), (#""\("\($n)")" == "unknown""#, .unknown),
        (#""\($one == 1)" == "true""#, .yes), (#""\($n == 1)" == "x""#, .unknown),
        (#""\(timestamp("2026-01-31"))" == "2026-01-31T00:00:00Z""#, .yes),
        (#"length("\($t)") == 12"#, .yes), (#""\($one)" in ["1", "2"]"#, .yes),
    ])
    func `a text with values in it is unknown if one of them is`(
        condition: String, expected: Truth
    ) throws {
        #expect(try evaluation.truth(condition) == expected)
    }
}
