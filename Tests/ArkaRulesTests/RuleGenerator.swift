import ArkaModel
import ArkaRules

/// Makes random conditions over untyped fields and random records for them.
struct RuleGenerator {
    private var random: SeededRandom
    /// Few names, so that equal predicates and contradicting types occur.
    private let paths = ["a", "b", "c", "o.a", "o.b", "p.q.a"]

    init(seed: UInt64) {
        random = SeededRandom(state: seed)
    }

    // MARK: Conditions

    mutating func condition(depth: Int = 4) -> String {
        switch depth == 0 ? Int.random(in: 0...5, using: &random) : roll(12) {
        case 0: return "\(numeric(2)) \(ordering()) \(numeric(2))"
        case 1: return "\(text()) \(ordering()) \(text())"
        case 2: return "\(path()) \(pick("==", "!=")) \(boolean())"
        case 3: return "\(path()) is \(pick("known", "unknown"))"
        case 4:
            return
                "\(pick(path(), numeric(1), "(\(path()) ?? 2)")) \(pick("in", "not in")) [\(numbers())]"
        case 5:
            return "\(pick(path(), "(\(path()) ?? \"x\")")) \(pick("in", "not in")) [\(texts())]"
        case 6: return "\(path()) \(ordering()) \(pick(path(), "(\(path()) ?? \(path()))"))"
        case 7: return "\(numeric(1)) / \(numeric(1)) \(ordering()) \(numeric(1))"
        case 8: return "not (\(condition(depth: depth - 1)))"
        case 9: return boolean()
        case 10: return group("and", depth)
        default: return group("or", depth)
        }
    }

    private mutating func group(_ word: String, _ depth: Int) -> String {
        let parts = (0..<(2 + roll(3))).map { _ in condition(depth: depth - 1) }
        return "(" + parts.joined(separator: " \(word) ") + ")"
    }

    private mutating func numeric(_ depth: Int) -> String {
        switch depth == 0 ? roll(2) : roll(7) {
        case 0: path()
        case 1: pick("0", "1", "2", "-1", "1.5", "100000000000", "0.000000000001")
        case 2: "(\(numeric(depth - 1)) ?? \(numeric(depth - 1)))"
        case 3: "-\(path())"
        default: "(\(path()) \(pick("+", "-", "*")) \(numeric(depth - 1)))"
        }
    }

    private mutating func text() -> String {
        pick(path(), "\"x\"", "\"y\"", "(\(path()) ?? \"y\")", "(\(path()) ?? \(path()))")
    }

    private mutating func boolean() -> String {
        pick("true", "false", path(), "(\(path()) ?? true)", "(\(path()) ?? \(path()) ?? false)")
    }

    private mutating func numbers() -> String {
        (0..<roll(4)).map { _ in "\(roll(4) - 1)" }.joined(separator: ", ")
    }

    private mutating func texts() -> String {
        (0..<roll(4)).map { _ in pick("\"x\"", "\"y\"", "\"\"") }.joined(separator: ", ")
    }

    private mutating func ordering() -> String { pick("==", "!=", "<", "<=", ">", ">=") }
    private mutating func path() -> String { "transaction." + paths[roll(paths.count)] }

    // MARK: Records

    mutating func record() -> RecordValue {
        let inner: RecordValue = ["q": ["a": value()]]
        return [
            "a": value(), "b": value(), "c": value(),
            "o": roll(8) == 0 ? value() : ["a": value(), "b": value()],
            "p": roll(8) == 0 ? value() : inner,
        ]
    }

    private mutating func value() -> RecordValue {
        switch roll(12) {
        case 0: .null
        case 1: .duplicate
        case 2: .outOfRange
        case 3: ["z": 1]
        case 4: [1]
        case 5, 6: pick("x", "y", "") == "x" ? "x" : "y"
        case 7: roll(2) == 0 ? true : false
        case 8: .number(ExactDecimal(scaled: 1))
        default: .number(ExactDecimal([0, 1, -1, 2, 100_000_000_000][roll(5)]))
        }
    }

    private mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

    private mutating func pick(_ choices: String...) -> String { choices[roll(choices.count)] }
}

/// SplitMix64: small, fast and the same everywhere.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
