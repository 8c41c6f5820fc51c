import ArkaModel
import ArkaRules
import Testing

/// What conditions mean, one by one.
struct InterpreterTests {
    private let record: RecordValue = [
        "t": true, "f": false, "n": nil, "one": 1, "two": 2, "x": "x", "y": "y", "empty": "",
        "twice": .duplicate, "huge": .outOfRange, "o": ["a": 5, "n": nil], "list": [1, 2],
    ]

    private func result(_ condition: String) throws -> RuleResult {
        let fields = condition.replacing(/\$(\w)/) { "transaction.\($0.1)" }
        let source = SourceText(name: "test.pact", text: rule(fields))
        let interpreter = try #require(
            RuleInterpreter([source], layout: Payments.untyped, onUnknown: nil), "\(fields)")
        return try #require(interpreter.evaluate(record).first)
    }

    @Test(arguments: [
        ("$t and $t", Truth.yes), ("$t and $f", .no), ("$t and $n", .unknown),
        ("$f and $n", .no), ("$n and $f", .no), ("$n and $t", .unknown), ("$n and $n", .unknown),
        ("$t or $n", .yes), ("$n or $t", .yes), ("$f or $n", .unknown), ("$n or $f", .unknown),
        ("$f or $f", .no), ("not $t", .no), ("not $f", .yes), ("not $n", .unknown),
    ])
    func `and, or and not are Kleene's`(condition: String, expected: Truth) throws {
        #expect(try result(condition).truth == expected)
    }

    @Test(arguments: [
        ("$one == 1", Truth.yes), ("$one == 1.0", .yes), ("$one != 1", .no), ("$one < 2", .yes),
        ("$one <= 1", .yes), ("$one > 1", .no), ("$one >= 1", .yes), ("2 > $one", .yes),
        ("$one + 0.1 == 1.1", .yes), ("1.1 * 3 == 3.3", .yes), ("$one - 3 == -$two", .yes),
        ("-$one * -$two == $two", .yes), ("$one + $two * 3 == 7", .yes),
        ("($one + $two) * 3 == 9", .yes), ("10 - 3 - 2 == 5", .yes), ("8 / 4 / 2 == 1", .yes),
        ("$one / 3 > 0.333333333333333333", .yes), ("$one / 3 < 0.333333333333333334", .yes),
        ("0.5 == $one / $two", .yes), ("0.4 > $one / $two", .no), ("$one / -2 < 0", .yes),
    ])
    func `numbers are compared exactly`(condition: String, expected: Truth) throws {
        #expect(try result(condition).truth == expected)
    }

    @Test(arguments: [
        ("$x == \"x\"", Truth.yes), ("$x != \"x\"", .no), ("$x < \"y\"", .yes),
        ("$x > \"X\"", .yes), ("$empty < \"a\"", .yes), ("$x < $y", .yes),
        ("\"\\u{e9}\" == \"e\\u{301}\"", .no), ("\"é\" == \"\\u{E9}\"", .yes),
        ("\"z\" < \"é\"", .yes), ("\"\u{FFFF}\" < \"😀\"", .yes),
        ("$t == true", .yes), ("$t != true", .no), ("$f == false", .yes), ("$t == $f", .no),
        ("$t != $f", .yes), ("($one > 0) == true", .yes), ("false == ($one > 0)", .no),
    ])
    func `texts are compared by bytes, booleans by value`(
        condition: String, expected: Truth
    ) throws {
        #expect(try result(condition).truth == expected)
    }

    @Test(arguments: [
        ("$one in [1, 2]", Truth.yes), ("$one not in [1, 2]", .no), ("$one in []", .no),
        ("$n in []", .no), ("$n not in []", .yes), ("$n in [1]", .unknown),
        ("$n not in [1]", .unknown), ("$x in [\"y\", \"x\",]", .yes), ("$t in [false]", .no),
        ("$n in [true, false]", .unknown), ("$one + 1 in [2]", .yes), ("$one / 2 in [0.5]", .yes),
        ("$one in [2 - 1]", .yes), ("$x in [1]", .unknown),
    ])
    func `a value is in a list if it equals an element`(
        condition: String, expected: Truth
    ) throws {
        #expect(try result(condition).truth == expected)
    }

    @Test(arguments: [
        ("$one is known", true), ("$n is known", false), ("$none is known", false),
        ("$twice is known", false), ("$huge is known", false), ("$o is known", true),
        ("$list is known", true), ("$o.a is known", true), ("$o.n is unknown", true),
        ("$x.a is unknown", true), ("$none is unknown", true),
    ])
    func `is known is never unknown`(condition: String, expected: Bool) throws {
        #expect(try result(condition).truth == Truth(expected))
    }

    @Test(arguments: [
        ("($n ?? 5) == 5", Truth.yes), ("($one ?? 5) == 1", .yes), ("($x ?? 5) == 5", .yes),
        ("($n ?? $none ?? 7) == 7", .yes), ("$n ?? 5 + 1 == 6", .yes), ("$one ?? 5 + 1 == 2", .yes),
        ("($huge ?? 0) == 0", .yes), ("($twice ?? \"d\") == \"d\"", .yes), ("$n ?? true", .yes),
        ("$f ?? true", .no), ("($n ?? $none) == 1", .unknown), ("($o.n ?? $o.a) == 5", .yes),
        ("($one + $n ?? 2) == 3", .yes), ("(($one + $n) ?? 2) == 2", .yes),
        ("($n ?? $x) == $x", .yes), ("-$n ?? -3 == -3", .yes),
    ])
    func `a default stands in for whatever is unknown`(condition: String, expected: Truth) throws {
        #expect(try result(condition).truth == expected)
    }

    @Test(arguments: [
        ("$none == 1", UnknownCause.absent, "none"), ("$n == 1", .null, "n"),
        ("$twice == 1", .duplicate, "twice"), ("$huge == 1", .outOfRange, "huge"),
        ("$huge == \"x\"", .otherType, "huge"), ("$x == 1", .otherType, "x"),
        ("$o == 1", .otherType, "o"), ("$list == 1", .otherType, "list"),
        ("$one", .otherType, "one"),
        ("$x.a == 1", .absent, "x.a"), ("$n.a == 1", .absent, "n.a"),
        ("$twice.a == 1", .duplicate, "twice.a"),
        ("$one * 100000000000 * 100000000000 > 1", .overflow, ""),
        ("$one * 0.000000000001 * 0.000000000001 > 1", .inexact, ""),
        ("$one / ($two - 2) > 1", .dividedByZero, ""),
        ("$n + $none > 1", .null, "n"), ("$none + $n > 1", .absent, "none"),
        ("$none > $n", .absent, "none"), ("$one > $n", .null, "n"),
        ("$n > 1 and $none > 1", .null, "n"), ("$t and $none > 1", .absent, "none"),
        ("$none > 1 or $n > 1", .absent, "none"), ("not ($none > 1 or $n > 1)", .absent, "none"),
        ("$f or ($t and $huge > 1)", .outOfRange, "huge"), ("($n ?? $none) > 1", .absent, "none"),
        ("$n > $one / $none", .absent, "none"), ("$one == $x", .otherType, "x"),
    ])
    func `the cause is that of the first unknown part`(
        condition: String, cause: UnknownCause, field: String
    ) throws {
        let result = try result(condition)
        #expect(result.truth == .unknown)
        #expect(result.cause == cause)
        // Where arithmetic fails, no single field is to blame.
        #expect(result.field == (field.isEmpty ? nil : "transaction.\(field)"))
    }

    @Test func `lets are filled in, and all lines must hold`() throws {
        let lines = """
            let inner = transaction.o
            let sum = inner.a + transaction.one
            let large = sum > 5
            large
            sum == 6 // a comment
            """
        #expect(try result(lines).truth == .yes)
        #expect(try result(lines + "\nnot large").truth == .no)
    }

    @Test func `rules with errors have no interpreter`() {
        let source = SourceText(name: "test.pact", text: rule("5"))
        #expect(RuleInterpreter([source], layout: Payments.untyped, onUnknown: nil) == nil)
    }

    @Test func `a record made of literals keeps a repeated key as one without a value`() {
        #expect(["a": 1, "a": 2] as RecordValue == ["a": .duplicate])
    }
}
