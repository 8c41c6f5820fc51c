import ArkaModel
import ArkaRules
import ArkaText

/// Texts, what is asked of them, and what comes out of rules.
extension RandomBook {
    private static let patterns: [RulePattern] = [
        "^txn-", "e", "[0-9]{4}$", "^[A-Z]{2}$", "^[a-z][0-9]", "(?i)maria|gmbh", "^.{3,5}$", "ü",
    ].compactMap { try? TextPattern(Array($0.utf8)) }.map { RulePattern($0) }
    private static let parts = ["a", "e", "txn", "5", "IT", "", "rd", " ", "ü", "Z"]

    private mutating func part() -> [UInt8] { Array(random.pick(Self.parts).utf8) }

    mutating func text(_ depth: Int) -> TextTerm {
        if depth <= 0 || random.oneIn(3) {
            return random.oneIn(6) ? .constant(word()) : .field(field(Self.texts))
        }
        switch random.below(4) {
        case 0, 1: return .changed(random.pick(TextTransform.allCases), text(depth - 1))
        case 2: return .either(text(depth - 1), text(depth - 1))
        default: return .joined(pieces(depth - 1))
        }
    }

    private mutating func other() -> TextTerm {
        random.oneIn(4) ? text(1) : .constant(random.oneIn(4) ? word() : part())
    }

    mutating func textTest() -> TextTest {
        switch random.below(6) {
        case 0: return .compared(random.pick(Comparison.allCases), other())
        case 1:
            let list = Set((0...random.below(5)).map { _ in word() })
            return .isIn(list.sorted { $0.lexicographicallyPrecedes($1) })
        case 2: return .contains(other())
        case 3: return .startsWith(other())
        case 4: return .endsWith(other())
        default: return .matches(random.pick(Self.patterns))
        }
    }

    mutating func elementValue() -> ElementValue {
        switch random.below(4) {
        case 0: .constant(random.oneIn(2))
        case 1: .boolean(field(Self.booleans))
        case 2: .number(term(1))
        default: .text(text(1))
        }
    }

    private mutating func pieces(_ depth: Int) -> [OutputValue.OutputPiece] {
        (0...random.below(4)).map { _ in
            random.oneIn(2) ? .text(word()) : .value(output(depth))
        }
    }

    mutating func output(_ depth: Int) -> OutputValue {
        let all = Self.numbers + Self.texts + Self.booleans + Self.others
        if depth <= 0 || random.oneIn(4) { return .field(field(all)) }
        switch random.below(8) {
        case 0:
            return .json(random.pick(["\"a \\\"b\\u00e9\"", "1.5", "null", "{\"a\":[1,2]}"]))
        case 1: return .number(term(1), .plain)
        case 2: return .number(random.oneIn(2) ? .field(moment()) : term(1), .moment)
        case 3: return .number(term(1), .duration)
        case 4: return .text(text(depth - 1))
        case 5: return .first((0...random.below(3)).map { _ in output(depth - 1) })
        case 6: return .joined(pieces(depth - 1))
        default:
            return random.oneIn(3)
                ? .truth(condition(depth: 1))
                : .list((0..<random.below(3)).map { _ in output(depth - 1) })
        }
    }

    /// The checker lets nothing but texts through.
    mutating func reason() -> OutputValue {
        random.oneIn(3) ? .json("\"a \\\"reason\\\"\"") : .joined(pieces(2))
    }

    mutating func call() -> PlannedAction {
        .call(
            PlannedCall(
                FunctionSignature(plugin: "alert_system", name: "send", kind: .action),
                [PlannedCall.Argument("text", output(1))]))
    }
}
