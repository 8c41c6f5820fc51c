import ArkaModel
import ArkaRules
import Testing

/// What the functions of the language answer, and what is computed with moments and durations.
struct FunctionTests {
    private let evaluation = Evaluation(
        record: [
            "n": nil, "x": "  Straße \t\n", "y": "ÄÖ", "e": "e\u{301}", "f": "👩‍👩‍👧",
            "list": [1, "a", nil],
            "none": [], "m": "2026-01-01T00:30:00+01:00", "d": "2026-02-28", "one": 1,
            "minus": .number(ExactDecimal(-7)), "o": ["a": 1], "huge": .outOfRange,
        ],
        context: [.eventTime: .number(ExactDecimal(1_767_225_600))])

    @Test(arguments: [
        "lower($y) == \"äö\"", "upper(\"straße\") == \"STRASSE\"", "lower(\"İ\") != \"i\"",
        "trim($x) == \"Straße\"", "trim(\"\\u{A0}x\") == \"\\u{A0}x\"", "trim(\" \") == \"\"",
        "upper(trim($x)) starts_with \"STRASSE\"", "lower(upper(\"aß\")) == \"ass\"",
    ])
    func `texts change as Unicode says`(condition: String) throws {
        #expect(try evaluation.truth(condition) == .yes)
    }

    @Test(arguments: [
        ("length($y)", 2), ("length($e)", 2), ("length($f)", 5), ("length(\"\")", 0),
        ("length(\"a\\u{1F600}\")", 2), ("length($list)", 3), ("length($none)", 0),
        ("length(trim($x))", 6),
    ])
    func `length counts Unicode scalars, or elements`(call: String, count: Int) throws {
        #expect(try evaluation.truth("\(call) == \(count)") == .yes)
    }

    @Test(arguments: [
        ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(2.449, 1)", "2.4"),
        ("round(2.45, 1)", "2.5"), ("round(-2.45, 1)", "-2.5"), ("floor(-2.1)", "-3"),
        ("ceil(-2.9)", "-2"), ("trunc(-2.9)", "-2"), ("trunc(2.99, 1)", "2.9"),
        ("floor(2.99, 1)", "2.9"), ("ceil(2.91, 1)", "3"), ("round(10 / 3, 2)", "3.33"),
        ("round($one / 3, 18)", "0.333333333333333333"), ("round($minus / 2)", "-4"),
        ("floor($minus / 2)", "-4"), ("ceil($minus / 2)", "-3"), ("trunc($minus / 2)", "-3"),
        ("abs($minus)", "7"), ("abs(-0.5)", "0.5"), ("min($one, $minus, 3)", "-7"),
        ("max($one, $minus)", "1"), ("min(1, 2)", "1"),
    ])
    func `numbers are rounded once, a half away from zero`(call: String, value: String) throws {
        #expect(try evaluation.truth("\(call) == \(value)") == .yes)
    }

    @Test(arguments: [
        ("year($m)", 2025), ("month($m)", 12), ("day($m)", 31), ("hour($m)", 23),
        ("minute($m)", 30), ("second($m)", 0), ("weekday($m)", 3), ("day_of_year($m)", 365),
        ("week($m)", 1), ("week(timestamp(\"2027-01-01\"))", 53),
        ("week(timestamp(\"2024-12-30\"))", 1), ("weekday(timestamp(\"2026-02-01\"))", 7),
        ("day_of_year(timestamp(\"2024-12-31\"))", 366),
        ("hour(timestamp(\"1969-12-31T23:59:59.5Z\"))", 23),
        ("second(timestamp(\"1969-12-31T23:59:59.5Z\"))", 59), ("year(context.event_time)", 2026),
    ])
    func `parts of a moment are those of UTC and ISO 8601`(call: String, value: Int) throws {
        #expect(try evaluation.truth("\(call) == \(value)") == .yes)
    }

    @Test(arguments: [
        "timestamp($d) - timestamp($m) == 58d + 30m", "timestamp($m) + 30m == context.event_time",
        "context.event_time > $m", "$m < context.event_time", "context.event_time - 30m == $m",
        "timestamp($d) in [timestamp(\"2026-02-28\"), timestamp(\"2026-02-28T01:00:00Z\")]",
        "24h == 1d", "7d == 1w", "1.5h == 90m", "500ms + 500ms == 1s", "0.5s == 500ms",
        "2 * 12h == 1d", "1d * 0.5 == 12h", "1d / 2 == 12h", "36h / 1d == 1.5", "-(1h) < 0s",
        "abs(-1h) == 60m", "max(1h, 2h) == 2h", "1h in [60m, 2h]", "round(1h / 7, 0) == 514s",
        "round(100m / 1h) == 2",
        "max(timestamp($m), context.event_time) == context.event_time",
        "timestamp(\"2026-01-01T12:00:00+02:00\") == timestamp(\"2026-01-01T10:00:00Z\")",
        "timestamp(\"2016-12-31T23:59:60Z\") == timestamp(\"2017-01-01\")",
        "(timestamp($d) - timestamp($m)) / 1d > 58", "(timestamp($d) - timestamp($m)) / 2 < 30d",
    ])
    func `moments and durations are computed exactly`(condition: String) throws {
        #expect(try evaluation.truth(condition) == .yes)
    }

    @Test(arguments: [
        ("lower($n) == \"x\"", UnknownCause.null, "n"), ("lower($one) == \"x\"", .otherType, "one"),
        ("length($one) == 1", .otherType, "one"), ("length($n) == 1", .null, "n"),
        ("length($o) == 1", .otherType, "o"), ("hour($x) == 1", .otherType, "x"),
        ("timestamp($one) > context.event_time", .otherType, "one"),
        ("timestamp(lower($x)) > context.event_time", .otherType, ""),
        ("abs($huge) > 1", .outOfRange, "huge"),
        ("round(1 / ($one - 1), 2) > 1", .dividedByZero, ""),
        ("min($one, $n, $huge) > 1", .null, "n"),
        ("year(context.event_time + 3000000d) == 1", .outOfRange, ""),
        ("context.jurisdiction == \"DE\"", .absent, "context.jurisdiction"),
        ("round($one * 170000000000000000000, 0) * $one * 2 > 1", .overflow, ""),
        ("$list[2] == 1", .null, "list[2]"), ("$list[3] == 1", .absent, "list[3]"),
        ("$o[0] == 1", .absent, "o[0]"), ("$list.a == 1", .absent, "list.a"),
    ])
    func `what cannot be computed is unknown`(
        condition: String, cause: UnknownCause, field: String
    ) throws {
        let result = try evaluation.result(condition)
        #expect(result.truth == .unknown)
        #expect(result.cause == cause)
        let isContext = field.hasPrefix("context.")
        #expect(result.field == (field.isEmpty ? nil : (isContext ? "" : "transaction.") + field))
    }
}
