import ArkaModel
import ArkaText

/// Writes what the checker made of a rule as a rule again, with its `let`s filled in and no brackets
/// but those that it needs.
struct RuleText {
    let fields: [CatalogField]
    let calls: [CheckedCall]
    let lists: [BookList]

    /// The constants of a list that are shown; a rule may have thousands.
    private static let constantsShown = 8

    init(_ interpreter: RuleInterpreter) {
        fields = interpreter.fields
        calls = interpreter.calls
        lists = interpreter.lists
    }

    /// How tightly forms bind, loosest first.
    enum Level: Int, Comparable {
        case or, and, not, comparison, sum, product, fallback, unary, operand

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    // MARK: Conditions

    func text(_ logic: Logic, within outer: Level = .or) -> String {
        let (text, level) = written(logic)
        return level < outer ? "(\(text))" : text
    }

    private func written(_ logic: Logic) -> (String, Level) {
        switch logic {
        case .truth(let value): return (text(value, .plain, within: .comparison), .comparison)
        case .compare(let a, let comparison, let b, _):
            let unit = unit(of: a, b)
            let sides = [a, b].map { text($0, unit, within: .sum) }
            return ("\(sides[0]) \(comparison.symbol) \(sides[1])", .comparison)
        case .member(let value, let constants, _):
            return (text(value) + " in " + text(constants, unit(of: value)), .comparison)
        case .listed(let value, let list, _):
            return ("\(text(value)) in list.\(lists[list].name)", .comparison)
        case .textTest(let a, let test, let b):
            return ("\(text(a)) \(test.rawValue) \(text(b))", .comparison)
        case .matches(let value, let pattern):
            let source = Constant.text(pattern.pattern.source).jsonText(.plain)
            return ("\(text(value)) matches \(source)", .comparison)
        case .element(let field, let value, _):
            return ("\(text(value)) in \(fields[field].name)", .comparison)
        case .known(let field): return ("\(fields[field].name) is known", .comparison)
        case .either(_, let first, _): return written(first)
        case .not(let inner): return written(not: inner)
        case .all(let parts):
            return (parts.map { text($0, within: .not) }.joined(separator: " and "), .and)
        case .any(let parts):
            return (parts.map { text($0, within: .and) }.joined(separator: " or "), .or)
        }
    }

    private func written(not inner: Logic) -> (String, Level) {
        switch inner {
        case .known(let field): return ("\(fields[field].name) is unknown", .comparison)
        case .member(let value, let constants, _):
            return (text(value) + " not in " + text(constants, unit(of: value)), .comparison)
        case .listed(let value, let list, _):
            return ("\(text(value)) not in list.\(lists[list].name)", .comparison)
        default: return ("not " + text(inner, within: .not), .not)
        }
    }

    private func text(_ constants: [Constant], _ unit: NumberForm?) -> String {
        let shown = constants.prefix(Self.constantsShown).map { text($0, unit ?? .plain) }
        let rest = constants.count - shown.count
        return "[" + (shown + (rest > 0 ? ["… \(rest) more"] : [])).joined(separator: ", ") + "]"
    }

    // MARK: Values

    /// A value as an operand of a comparison.
    private func text(_ value: Value) -> String { text(value, unit(of: value), within: .sum) }

    func text(_ value: Value, _ unit: NumberForm?, within outer: Level = .sum) -> String {
        let (text, level) = written(value, unit ?? .plain)
        return level < outer ? "(\(text))" : text
    }

    private func written(_ value: Value, _ unit: NumberForm) -> (String, Level) {
        switch value {
        case .constant(let constant):
            let text = text(constant, unit)
            return (text, text.hasPrefix("-") ? .unary : .operand)
        case .field(let field), .moment(.field(let field)): return (fields[field].name, .operand)
        case .negate(let operand): return ("-" + text(operand, unit, within: .operand), .unary)
        case .arithmetic(let symbol, let a, let b): return written(a, symbol, b, unit)
        case .quotient(let a, let b): return written(a, .divide, b, unit)
        case .roundedQuotient(let a, let b, let rounding, let decimals):
            let quotient = written(a, .divide, b, unit).0
            return (function(rounding, quotient, decimals), .operand)
        case .rounded(let operand, let rounding, let decimals):
            return (function(rounding, text(operand, unit), decimals), .operand)
        case .magnitude(let operand): return ("abs(\(text(operand, unit)))", .operand)
        case .extreme(let extreme, let values):
            let list = values.map { text($0, unit) }.joined(separator: ", ")
            return ("\(extreme.rawValue)(\(list))", .operand)
        case .length(let operand): return ("length(\(text(operand)))", .operand)
        case .count(let field): return ("length(\(fields[field].name))", .operand)
        case .moment(let operand): return ("timestamp(\(text(operand)))", .operand)
        case .part(let part, let operand): return ("\(part.rawValue)(\(text(operand)))", .operand)
        case .cased(let change, let operand):
            return ("\(change.rawValue)(\(text(operand)))", .operand)
        case .joined(let pieces): return (text(pieces), .operand)
        case .alternatives(let values):
            let list = values.map { text($0, unit, within: .unary) }
            return (list.joined(separator: " ?? "), .fallback)
        }
    }

    private func function(_ rounding: Rounding, _ operand: String, _ decimals: Int) -> String {
        "\(rounding.rawValue)(\(operand)\(decimals == 0 ? "" : ", \(decimals)"))"
    }

    /// What stands on the right of `-` and `/` needs brackets where it binds no tighter.
    private func written(
        _ a: Value, _ symbol: ArithmeticOperator, _ b: Value, _ unit: NumberForm
    ) -> (String, Level) {
        let level: Level = symbol == .add || symbol == .subtract ? .sum : .product
        let right = Level(rawValue: level.rawValue + 1) ?? .operand
        let units = operandUnits(a, symbol, b, unit)
        let left = text(a, units.0, within: level)
        return ("\(left) \(symbol.rawValue) \(text(b, units.1, within: right))", level)
    }

    private func text(_ constant: Constant, _ unit: NumberForm) -> String {
        guard case .number(let number) = constant, let text = unit.text(of: number) else {
            return constant.jsonText(.plain)
        }
        return unit == .moment ? "timestamp(\"\(text)\")" : text
    }

    // MARK: What comes out

    func text(_ output: Output) -> String {
        switch output {
        case .null: "null"
        case .constant(let constant, let unit): text(constant, unit.form)
        case .field(let field): fields[field].name
        case .value(let value, let unit): text(value, unit.form)
        case .first(let outputs): outputs.map { text($0) }.joined(separator: " ?? ")
        case .truth(let logic): text(logic)
        case .text(let pieces): text(pieces)
        case .list(let outputs): "[" + outputs.map { text($0) }.joined(separator: ", ") + "]"
        }
    }

    private func text(_ pieces: [OutputPiece]) -> String {
        let inner = pieces.map { piece in
            switch piece {
            case .text(let bytes):
                String(Constant.text(bytes).jsonText(.plain).dropFirst().dropLast())
            case .value(let output): "\\(" + text(output) + ")"
            }
        }
        return "\"" + inner.joined() + "\""
    }

    func text(call index: CallIndex) -> String {
        let call = calls[index]
        let arguments = call.arguments.map { "\($0.name): \(text($0.value))" }
        return "\(call.function.path)(\(arguments.joined(separator: ", ")))"
    }
}

extension Comparison {
    /// As a rule writes it.
    var symbol: String {
        switch self {
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}
