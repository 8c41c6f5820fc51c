import ArkaModel

/// As what the rules of a book read each field: the first use that leaves one type counts.
struct FieldTypes {
    /// Read as an array.
    static let array = ValueTypes(rawValue: 32)
    private var types: [FieldIndex: ValueTypes] = [:]

    init(_ interpreter: RuleInterpreter) {
        for rule in interpreter.rules {
            note(rule.condition)
            for output in rule.actions.flatMap(\.outputs) { note(output) }
        }
        for argument in interpreter.calls.flatMap(\.arguments) { note(argument.value) }
    }

    /// The type of a field; `nil` where no use leaves one.
    subscript(field: FieldIndex) -> ValueTypes? { types[field] }

    private mutating func note(_ field: FieldIndex, _ use: ValueTypes) {
        let type = use == [.text, .moment] ? .text : use
        let isOne = type.rawValue.nonzeroBitCount == 1
        if isOne, types[field] == nil { types[field] = type }
    }

    private mutating func note(_ logic: Logic) {
        switch logic {
        case .truth(let value): note(value, .boolean)
        case .member(let value, _, let types), .listed(let value, _, let types):
            note(value, types)
        case .compare(let a, _, let b, let types):
            note(a, types)
            note(b, types)
        case .textTest(let a, _, let b):
            note(a, .text)
            note(b, .text)
        case .matches(let value, _): note(value, .text)
        case .element(let field, let value, let types):
            note(field, Self.array)
            note(value, types)
        case .known: return
        case .either(_, let first, let second):
            note(first)
            note(second)
        case .not(let inner): note(inner)
        case .all(let parts), .any(let parts):
            for part in parts { note(part) }
        }
    }

    private mutating func note(_ value: Value, _ use: ValueTypes) {
        switch value {
        case .constant: return
        case .field(let field): note(field, use)
        case .count(let field): note(field, Self.array)
        case .moment(.field(let field)): note(field, .moment)
        case .length(let operand), .moment(let operand), .cased(_, let operand):
            note(operand, .text)
        case .negate(let operand), .rounded(let operand, _, _), .magnitude(let operand),
            .part(_, let operand):
            note(operand, .number)
        case .arithmetic(_, let a, let b), .quotient(let a, let b),
            .roundedQuotient(let a, let b, _, _):
            note(a, .number)
            note(b, .number)
        case .extreme(_, let values):
            for value in values { note(value, .number) }
        case .joined(let pieces): note(pieces)
        case .alternatives(let values):
            for value in values { note(value, use) }
        }
    }

    private mutating func note(_ output: Output) {
        switch output {
        case .null, .constant, .field: return
        case .value(let value, _): note(value, value.isText ? .text : .number)
        case .truth(let logic): note(logic)
        case .text(let pieces): note(pieces)
        case .first(let outputs), .list(let outputs):
            for output in outputs { note(output) }
        }
    }

    private mutating func note(_ pieces: [OutputPiece]) {
        for case .value(let output) in pieces { note(output) }
    }
}
