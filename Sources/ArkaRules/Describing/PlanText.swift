import ArkaModel
import ArkaText

/// Writes what the planner made much as a rule would say it.
struct PlanText {
    private let book: RuleBook

    /// The constants of a list that are shown; a rule may have thousands.
    private static let constantsShown = 8

    init(_ book: RuleBook) {
        self.book = book
    }

    // MARK: Predicates

    func text(_ predicate: Predicate) -> String {
        switch predicate {
        case .number(let field, let comparison, let constant):
            "\(name(field)) \(comparison.symbol) \(number(constant, field))"
        case .numberIn(let field, let constants):
            "\(name(field)) in \(list(constants.map { number($0, field) }))"
        case .textIn(let field, let constants): text(name(field), isIn: constants)
        case .text(let field, let comparison, let constant):
            "\(name(field)) \(comparison.symbol) \(quoted(constant))"
        case .texts(let a, let comparison, let b): "\(name(a)) \(comparison.symbol) \(name(b))"
        case .isTrue(let field): name(field)
        case .booleansEqual(let a, let b): "\(name(a)) == \(name(b))"
        case .known(let field): "\(name(field)) is known"
        case .readable(let field, let uses):
            "\(name(field)) can be read as \(uses.words.joined(separator: " or "))"
        case .arithmetic(let a, let comparison, let b):
            "\(text(a)) \(comparison.symbol) \(text(b))"
        case .ratio(let a, let b, let comparison, let c):
            "\(text(a)) / \(operand(b)) \(comparison.symbol) \(text(c))"
        case .textTest(let subject, let test): text(subject, test)
        case .listed(let subject, let list):
            "\(text(subject)) in list.\(book.lists[list.index].name)"
        case .numberListed(let term, let list):
            "\(text(term)) in list.\(book.lists[list.index].name)"
        case .element(let field, let value): "\(text(value)) in \(name(field))"
        case .constant(let value): value ? "true" : "false"
        }
    }

    private func text(_ subject: TextTerm, _ test: TextTest) -> String {
        let subject = text(subject)
        return switch test {
        case .compared(let comparison, let other):
            "\(subject) \(comparison.symbol) \(text(other))"
        case .isIn(let constants): text(subject, isIn: constants)
        case .contains(let part): "\(subject) contains \(text(part))"
        case .startsWith(let part): "\(subject) starts_with \(text(part))"
        case .endsWith(let part): "\(subject) ends_with \(text(part))"
        case .matches(let pattern): "\(subject) matches \(quoted(pattern.pattern.source))"
        }
    }

    /// One constant in a list is an equality.
    private func text(_ subject: String, isIn constants: [[UInt8]]) -> String {
        if constants.count == 1 { return "\(subject) == \(quoted(constants[0]))" }
        return "\(subject) in \(list(constants.map(quoted)))"
    }

    private func text(_ value: ElementValue) -> String {
        switch value {
        case .text(let text): self.text(text)
        case .number(let term): text(term)
        case .constant(let value): value ? "true" : "false"
        case .boolean(let field): name(field)
        }
    }

    // MARK: Terms

    private func text(_ term: Term) -> String {
        switch term {
        case .constant(let value): value.description
        case .field(let field), .count(let field):
            if case .count = term { "length(\(name(field)))" } else { name(field) }
        case .negate(let term): "-\(operand(term))"
        case .add(let a, let b): "\(operand(a)) + \(operand(b))"
        case .subtract(let a, let b): "\(operand(a)) - \(operand(b))"
        case .multiply(let a, let b): "\(operand(a)) * \(operand(b))"
        case .either(let a, let b): "\(operand(a)) ?? \(operand(b))"
        case .magnitude(let term): "abs(\(text(term)))"
        case .extreme(let extreme, let terms):
            "\(extreme.rawValue)(\(terms.map { text($0) }.joined(separator: ", ")))"
        case .rounded(let term, let rounding, let decimals):
            "\(rounding.rawValue)(\(text(term)), \(decimals))"
        case .roundedQuotient(let a, let b, let rounding, let decimals):
            "\(rounding.rawValue)(\(operand(a)) / \(operand(b)), \(decimals))"
        case .length(let text): "length(\(self.text(text)))"
        case .moment(let text): "timestamp(\(self.text(text)))"
        case .part(let part, let term): "\(part.rawValue)(\(text(term)))"
        }
    }

    /// A term within another one: in brackets where it is made of two.
    private func operand(_ term: Term) -> String {
        switch term {
        case .add, .subtract, .multiply, .either, .negate: "(\(text(term)))"
        default: text(term)
        }
    }

    private func text(_ text: TextTerm) -> String {
        switch text {
        case .constant(let bytes): quoted(bytes)
        case .field(let field): name(field)
        case .changed(let change, let text): "\(change.rawValue)(\(self.text(text)))"
        case .joined(let pieces): self.text(pieces)
        case .either(let a, let b): "(\(self.text(a)) ?? \(self.text(b)))"
        }
    }

    // MARK: Calls

    func text(_ call: PlannedCall) -> String {
        let arguments = call.arguments.map { "\($0.name): \(text($0.value))" }
        return "\(call.function.path)(\(arguments.joined(separator: ", ")))"
    }

    private func text(_ value: OutputValue) -> String {
        switch value {
        case .json(let json): json
        case .field(let field): name(field)
        case .number(let term, _): text(term)
        case .text(let text): self.text(text)
        case .first(let values): values.map { text($0) }.joined(separator: " ?? ")
        case .truth(let condition): text(condition)
        case .joined(let pieces): text(pieces)
        case .list(let values): "[" + values.map { text($0) }.joined(separator: ", ") + "]"
        }
    }

    private func text(_ pieces: [OutputValue.OutputPiece]) -> String {
        let inner = pieces.map { piece in
            switch piece {
            case .text(let bytes): String(quoted(bytes).dropFirst().dropLast())
            case .value(let value): "\\(" + text(value) + ")"
            }
        }
        return "\"" + inner.joined() + "\""
    }

    private func text(_ condition: Condition) -> String {
        switch condition {
        case .leaf(let id, let negated):
            (negated ? "not " : "") + text(book.predicates[id.index])
        case .all(let parts): "(" + parts.map { text($0) }.joined(separator: " and ") + ")"
        case .any(let parts): "(" + parts.map { text($0) }.joined(separator: " or ") + ")"
        }
    }

    // MARK: Words

    private func name(_ field: FieldID) -> String { book.fields[field.index].name }

    /// A constant as the field that it is compared with is written.
    private func number(_ constant: ExactDecimal, _ field: FieldID) -> String {
        let isMoment = book.fields[field.index].uses.contains(.moment)
        guard isMoment, let text = NumberForm.moment.text(of: constant) else {
            return constant.description
        }
        return "timestamp(\"\(text)\")"
    }

    private func quoted(_ bytes: [UInt8]) -> String { RecordValue.string(bytes).jsonText }

    private func list(_ texts: [String]) -> String {
        let rest = texts.count - Self.constantsShown
        let shown = texts.prefix(Self.constantsShown) + (rest > 0 ? ["… \(rest) more"] : [])
        return "[" + shown.joined(separator: ", ") + "]"
    }
}
