import ArkaModel

/// Computed values.
extension Planner {
    /// A value that is read as a number.
    mutating func term(_ value: Value) -> Term {
        switch value {
        case .constant(.number(let number)): .constant(number)
        case .field(let field): .field(use(field, as: .number))
        case .moment(.field(let field)): .field(use(field, as: .moment))
        case .moment(let text): .moment(self.text(text))
        case .negate(let operand): .negate(term(operand))
        case .arithmetic(let symbol, let a, let b): Self.term(symbol, term(a), term(b))
        case .roundedQuotient(let a, let b, let rounding, let decimals):
            Self.quotient(term(a), term(b), rounding, decimals)
        case .rounded(let operand, let rounding, let decimals):
            .rounded(term(operand), rounding, decimals: decimals)
        case .magnitude(let operand): .magnitude(term(operand))
        case .extreme(let extreme, let values): .extreme(extreme, values.map { term($0) })
        case .length(let text): .length(self.text(text))
        case .count(let field): .count(use(field, as: .raw))
        case .part(let part, let operand): .part(part, term(operand))
        case .alternatives(let values): either(values[...])
        case .constant, .quotient, .cased, .joined:
            preconditionFailure("the checker keeps them out of arithmetic")
        }
    }

    /// Static, because a method would hold a copy of the tables while its arguments grow them.
    private static func term(_ symbol: ArithmeticOperator, _ a: Term, _ b: Term) -> Term {
        switch symbol {
        case .add: .add(a, b)
        case .subtract: .subtract(a, b)
        case .multiply: .multiply(a, b)
        case .divide: preconditionFailure("the checker keeps quotients out of arithmetic")
        }
    }

    private static func quotient(
        _ a: Term, _ b: Term, _ rounding: Rounding, _ decimals: Int
    ) -> Term {
        .roundedQuotient(a, b, rounding, decimals: decimals)
    }

    private mutating func either(_ values: ArraySlice<Value>) -> Term {
        let first = term(values[values.startIndex])
        return values.count == 1 ? first : .either(first, either(values.dropFirst()))
    }

    /// A value that is read as a text.
    mutating func text(_ value: Value) -> TextTerm {
        switch value {
        case .constant(.text(let bytes)): .constant(bytes)
        case .field(let field): .field(use(field, as: .bytes))
        case .cased(let change, let operand): .changed(change, text(operand))
        case .joined(let pieces): .joined(joined(pieces))
        case .alternatives(let values): eitherText(values[...])
        default: preconditionFailure("the checker keeps numbers out of texts")
        }
    }

    private mutating func eitherText(_ values: ArraySlice<Value>) -> TextTerm {
        let first = text(values[values.startIndex])
        return values.count == 1 ? first : .either(first, eitherText(values.dropFirst()))
    }
}
