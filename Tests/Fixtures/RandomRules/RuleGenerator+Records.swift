import ArkaModel
public import ArkaRules

/// What the random rules are evaluated on.
extension RuleGenerator {
    /// A transaction.
    public mutating func inputs() -> RecordInputs {
        var context: [RuleContext: RecordValue] = [:]
        if roll(4) > 0 { context[.eventTime] = .number(ExactDecimal(Int64(roll(3)) * 900_000_000)) }
        if roll(4) > 0 { context[.topology] = pick("x", "y") == "x" ? "x" : "Y" }
        if roll(2) > 0 { context[.offset] = 2 }
        if roll(4) == 0 { context[.jurisdiction] = "x" }
        return RecordInputs(record(), context: context)
    }

    /// What a call comes to: an answer, or one of the causes of having none.
    public mutating func answer() -> CallAnswer {
        let causes = UnknownCause.allCases.filter(UnknownCause.ofCalls.contains)
        guard roll(3) > 0 else { return .unknown(causes[roll(causes.count)]) }
        let answer: RecordValue = [
            "name": value(), "score": value(), "tags": array(), "hit": value(),
        ]
        return .value(roll(4) == 0 ? value() : answer)
    }

    private mutating func record() -> RecordValue {
        let inner: RecordValue = ["q": ["a": value()]]
        return [
            "a": value(), "b": value(), "c": value(), "l": array(), "t": time(),
            "o": roll(8) == 0 ? value() : ["a": value(), "b": value()],
            "p": roll(8) == 0 ? value() : inner,
        ]
    }

    private mutating func array() -> RecordValue {
        roll(6) == 0 ? value() : .array((0..<roll(4)).map { _ in value() })
    }

    private mutating func time() -> RecordValue {
        switch roll(5) {
        case 0: value()
        case 1: "2026-01-31"
        case 2: "2024-12-30T23:59:60Z"
        case 3: "0001-01-01T00:00:00+12:00"
        default: "1969-07-20T20:17:40.25Z"
        }
    }

    private mutating func value() -> RecordValue {
        switch roll(13) {
        case 0: .null
        case 1: .duplicate
        case 2: .outOfRange
        case 3: ["z": 1, "y": [.duplicate, .outOfRange]]
        case 4: [1, "x"]
        case 5, 6: pick("x", "y", "") == "x" ? "x" : "y"
        case 7: roll(2) == 0 ? true : false
        case 8: .number(ExactDecimal(scaled: 1))
        case 9: roll(2) == 0 ? " Xé\"\n" : "2026-01-31"
        default: .number(ExactDecimal([0, 1, -1, 2, 100_000_000_000][roll(5)]))
        }
    }
}
