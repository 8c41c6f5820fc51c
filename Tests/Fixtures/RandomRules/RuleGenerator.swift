import ArkaModel
import ArkaRules

/// Makes random rules over untyped fields, calls and lists. Many are refused by the checker, which
/// is for the caller to see; those that are not use every form of the language.
public struct RuleGenerator {
    var random: SeededRandom
    /// Few names, so that equal predicates and contradicting types occur.
    private let paths = ["a", "b", "c", "o.a", "o.b", "p.q.a", "l[0]", "l", "t"]
    /// One in how many places is one in the answer of a call; 0 for none but those that stand where
    /// only calls do.
    public var callOdds = 0
    private var callDepth = 0

    /// Makes a generator; equal seeds give equal rules and records.
    public init(seed: UInt64) {
        random = SeededRandom(state: seed)
    }

    /// A rule with lets, a condition and actions.
    public mutating func rule(named name: String) -> String {
        var lines: [String] = []
        if roll(3) == 0 { lines.append("let n = \(numeric(1))") }
        if roll(3) == 0 { lines.append("let s = \(text(1))") }
        if roll(3) == 0 { lines.append("let y = \(condition(depth: 1))") }
        for line in lines where roll(3) > 0 {
            switch line.dropFirst(4).first {
            case "n": lines.append("n \(ordering()) \(numeric(1))")
            case "s": lines.append("s \(ordering()) \(text(1))")
            default: lines.append(pick("y", "not y"))
            }
        }
        lines.append(condition())
        let actions = (0...roll(2)).map { _ in action() }
        return """
            rule \(name) {
                when {
            \(lines.joined(separator: "\n"))
                }
                then {
            \(actions.joined(separator: "\n"))
                }
            }

            """
    }

    /// What the lists and constants of these rules are.
    public static let declarations = """
        const two = 2
        const word = "x"
        list words = ["x", "2026-01-31"]
        list texts from "texts.txt"
        list numbers from "numbers.txt"

        """

    /// The same with lists that need no files.
    public static let plainDeclarations = declarations.replacing(
        "from \"texts.txt\"", with: "= [\"x\"]"
    )
    .replacing("from \"numbers.txt\"", with: "= [1, 2]")

    // MARK: Conditions

    /// A condition.
    public mutating func condition(depth: Int = 3) -> String {
        switch depth == 0 ? roll(13) : roll(18) {
        case 0: return "\(numeric(2)) \(ordering()) \(numeric(2))"
        case 1: return "\(text(2)) \(ordering()) \(text(1))"
        case 2: return "\(path()) \(pick("==", "!=")) \(boolean())"
        case 3: return "\(pick(path(), path(), call())) is \(pick("known", "unknown"))"
        case 4:
            return "\(pick(path(), numeric(1), "(\(path()) ?? 2)")) \(membership()) [\(numbers())]"
        case 5: return "\(pick(text(1), "(\(path()) ?? \"x\")")) \(membership()) [\(texts())]"
        case 6: return "\(path()) \(ordering()) \(pick(path(), "(\(path()) ?? \(path()))"))"
        case 7: return "\(numeric(1)) / \(numeric(1)) \(ordering()) \(numeric(1))"
        case 8: return "\(text(1)) \(pick("contains", "starts_with", "ends_with")) \(text(1))"
        case 9: return "\(text(1)) matches \(pick("\"x|y\"", "\"^[0-9]+-\"", "\"^x$\"", "\"1\""))"
        case 10: return listed()
        case 11: return element()
        case 12: return time()
        case 13: return "not (\(condition(depth: depth - 1)))"
        case 14: return boolean()
        case 15: return "(\(condition(depth: 0))) == \(pick("true", "false"))"
        case 16: return group("and", depth)
        default: return group("or", depth)
        }
    }

    private mutating func group(_ word: String, _ depth: Int) -> String {
        let parts = (0..<(2 + roll(3))).map { _ in condition(depth: depth - 1) }
        return "(" + parts.joined(separator: " \(word) ") + ")"
    }

    private mutating func listed() -> String {
        pick(
            "\(text(1)) \(membership()) list.texts", "\(text(1)) \(membership()) list.words",
            "(\(numeric(1)) + 0) \(membership()) list.numbers")
    }

    private mutating func element() -> String {
        let value = pick(path(), "\"x\"", "1", "true", "(\(numeric(1)) + 1)", "lower(\(path()))")
        return pick(
            "\(path()) contains \(value)", "\(value) \(membership()) \(path())",
            "\(value) in \(call()).tags")
    }

    private mutating func time() -> String {
        pick(
            "\(moment(1)) \(ordering()) \(moment(1))",
            "\(duration(1)) \(ordering()) \(duration(1))",
            "\(duration(1)) \(membership()) [1h, 24h, -30m]",
            "\(duration(1)) / \(pick("1h", "7d", duration(0))) \(ordering()) \(numeric(1))",
            "(\(path()) ?? context.event_time) \(ordering()) context.event_time",
            "context.event_time \(ordering()) \(path())")
    }

    // MARK: Values

    mutating func numeric(_ depth: Int) -> String {
        switch depth == 0 ? roll(3) : roll(16) {
        case 0: path()
        case 1: pick("0", "1", "two", "-1", "1.5", "100000000000", "0.000000000001")
        case 2: pick("context.offset", "context.partition", "\(call()).score", path())
        case 3: "(\(numeric(depth - 1)) ?? \(numeric(depth - 1)))"
        case 4: "-\(path())"
        case 5: "length(\(pick(path(), text(1))))"
        case 6: "abs(\(numeric(depth - 1)))"
        case 7: "\(pick("min", "max"))(\(numeric(depth - 1)), \(numeric(0)))"
        case 8: "\(rounding())(\(numeric(depth - 1)), \(roll(4)))"
        case 9: "\(rounding())(\(numeric(0)) / \(numeric(0)), \(roll(4)))"
        case 10: "\(part())(\(moment(1)))"
        case 11: "\(part())(\(path()))"
        default: "(\(path()) \(pick("+", "-", "*")) \(numeric(depth - 1)))"
        }
    }

    private mutating func moment(_ depth: Int) -> String {
        switch depth == 0 ? roll(3) : roll(6) {
        case 0: "timestamp(\(path()))"
        case 1: "context.event_time"
        case 2: pick("timestamp(\"2026-01-31\")", "timestamp(\"2026-01-31T12:00:00.5+01:00\")")
        case 3: "(\(moment(0)) \(pick("+", "-")) \(pick("1h", "36500d", "3000000d")))"
        case 4: "\(pick("min", "max"))(\(moment(0)), \(moment(0)))"
        default: "timestamp(\(text(1)))"
        }
    }

    private mutating func duration(_ depth: Int) -> String {
        switch depth == 0 ? roll(2) : roll(5) {
        case 0: pick("1h", "24h", "500ms", "-30m")
        case 1: "(\(moment(0)) - \(moment(0)))"
        case 2: "(\(duration(0)) * \(numeric(0)))"
        case 3: "abs(\(duration(0)))"
        default: "round(\(duration(0)) / 3, 1)"
        }
    }

    mutating func text(_ depth: Int) -> String {
        switch depth == 0 ? roll(3) : roll(9) {
        case 0: path()
        case 1: pick("\"x\"", "\"Y\"", "word", "\" x\"", "\"2026-01-31\"")
        case 2: pick("context.topology", "context.jurisdiction", "\(call()).name", path())
        case 3: "(\(path()) ?? \"y\")"
        case 4: "(\(text(depth - 1)) ?? \(text(0)))"
        case 5, 6: "\(pick("lower", "upper", "trim"))(\(text(depth - 1)))"
        default: template(depth)
        }
    }

    private mutating func template(_ depth: Int) -> String {
        let value = pick(
            path(), numeric(0), moment(0), duration(0), "(\(path()) ?? 1)", "\(path()) is known",
            "lower(\(path()))", "(\(path()) + 1 ?? \(path()))")
        return "\"\(pick("", "x", "a "))\\(\(value))\(pick("", "y"))\""
    }

    private mutating func boolean() -> String {
        pick(
            "true", "false", path(), "(\(path()) ?? true)", "(\(path()) ?? \(path()) ?? false)",
            "\(call()).hit")
    }

    /// A call: equal ones occur, and ones that take the answers of others.
    private mutating func call() -> String {
        if callOdds > 0 { return richCall() }
        let inner = roll(4) == 0 ? "plugin.p.look(key: \(path())).name" : path()
        let argument = pick(inner, "\"x\"", "1", "\(path()) is known", "\"\\(\(path()))!\"", "null")
        return "plugin.p.look(key: \(argument))"
    }

    /// A call of one of two functions, with everything that an argument may be.
    private mutating func richCall() -> String {
        callDepth += 1
        defer { callDepth -= 1 }
        if callDepth > 3 { return "plugin.p.look(key: \(path()))" }
        if roll(2) == 0 { return "plugin.p.look(key: \(argument()))" }
        let more = roll(2) == 0 ? "" : ", more: \(argument())"
        return "plugin.p.find(key: \(argument())\(more))"
    }

    private mutating func argument() -> String {
        switch roll(12) {
        case 0: pick("\"x\"", "1", "null", "24h", "[]")
        case 1: "\(path()) is \(pick("known", "unknown"))"
        case 2: "\"\\(\(path()))!\""
        case 3: "(\(path()) ?? \(path()))"
        case 4: "(\(condition(depth: 1)))"
        case 5: "[\(path()), \(path())]"
        case 6: numeric(1)
        case 7: text(1)
        default: path()
        }
    }

    /// A member of a call's answer, or all of it.
    private mutating func answered() -> String {
        let call = call()
        return switch roll(9) {
        case 0: call
        case 1: "\(call).tags[0]"
        case 2, 3: "\(call).name"
        case 4: "\(call).hit"
        case 5: "\(call).tags"
        default: "\(call).score"
        }
    }

    // MARK: Actions

    private mutating func action() -> String {
        switch roll(5) {
        case 0: "flag_for_review()"
        case 1: "reject(reason: \(pick(template(1), "\"r\"", "lower(\(path()))")))"
        case 2: "plugin.p.act(what: \(output(1)), how: [\(output(1)), \(output(0))])"
        default: "require_manual_review(reason: \(template(1)), details: \(output(2)))"
        }
    }

    private mutating func output(_ depth: Int) -> String {
        switch depth == 0 ? roll(4) : roll(11) {
        case 0: path()
        case 1: pick("null", "\"x\\n\"", "1.50", "true", "24h", "[]")
        case 2: call()
        case 3: "\(call()).name"
        case 4: numeric(1)
        case 5: text(1)
        case 6: condition(depth: 0)
        case 7: moment(1)
        case 8: duration(1)
        case 9: "(\(path()) ?? \(path()) ?? \(pick("1", "\"x\"", "lower(\(path()))")))"
        default: "[\(output(depth - 1)), \(output(depth - 1))]"
        }
    }

    // MARK: Words

    private mutating func numbers() -> String {
        (0..<roll(4)).map { _ in "\(roll(4) - 1)" }.joined(separator: ", ")
    }

    private mutating func texts() -> String {
        (0..<roll(4)).map { _ in pick("\"x\"", "\"y\"", "\"\"") }.joined(separator: ", ")
    }

    private mutating func membership() -> String { pick("in", "not in") }
    private mutating func rounding() -> String { pick("round", "floor", "ceil", "trunc") }
    private mutating func part() -> String {
        let parts = CivilPart.allCases
        return parts[roll(parts.count)].rawValue
    }
    private mutating func ordering() -> String { pick("==", "!=", "<", "<=", ">", ">=") }

    mutating func path() -> String {
        if callOdds > 0, callDepth < 3, roll(callOdds + 2 * callDepth) == 0 { return answered() }
        return "transaction." + paths[roll(paths.count)]
    }

    /// A whole number from zero up to before a bound.
    public mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

    /// The choices are made before one of them is taken: what they cost of the random numbers does
    /// not matter.
    mutating func pick(_ choices: String...) -> String { choices[roll(choices.count)] }
}
