import ArkaModel

/// Computed values.
extension TreeWalk {
    func evaluate(_ value: Value, as types: ValueTypes) -> Outcome<Constant> {
        switch value {
        case .constant(let constant): return .known(constant)
        case .field(let field): return read(field, as: types)
        case .alternatives(let values): return alternatives(values, as: types)
        case .cased(let change, let operand):
            return text(operand).map { .text(change.apply($0)) }
        case .joined(let pieces): return joined(pieces).map { .text($0) }
        case .quotient: preconditionFailure("quotients are compared as a whole")
        default: return quantity(value).map { .number($0) }
        }
    }

    private func alternatives(_ values: [Value], as types: ValueTypes) -> Outcome<Constant> {
        var result = evaluate(values[0], as: types)
        for value in values.dropFirst() {
            guard case .unknown = result else { return result }
            result = evaluate(value, as: types)
        }
        return result
    }

    /// What has a number as its value and nothing else.
    private func quantity(_ value: Value) -> Outcome<ExactDecimal> {
        switch value {
        case .negate(let operand):
            return number(operand).flatMap { exact($0.negated) }
        case .arithmetic(let symbol, let a, let b):
            return number(a).flatMap { x in number(b).flatMap { y in compute(x, symbol, y) } }
        case .roundedQuotient(let a, let b, let rounding, let decimals):
            return number(a).flatMap { x in
                number(b).flatMap { y in
                    guard y != .zero else { return .unknown(Reason(cause: .dividedByZero)) }
                    return exact(x.divided(by: y, rounding, decimals: decimals))
                }
            }
        case .rounded(let operand, let rounding, let decimals):
            return number(operand).flatMap { exact($0.rounded(rounding, decimals: decimals)) }
        case .magnitude(let operand):
            return number(operand).flatMap { $0 < .zero ? exact($0.negated) : .known($0) }
        case .extreme(let extreme, let values): return self.extreme(extreme, values)
        case .length(let text):
            return self.text(text).map { text in
                ExactDecimal(
                    Int64(String(decoding: text, as: UTF8.self).unicodeScalars.count))
            }
        case .count(let field): return array(field).map { ExactDecimal(Int64($0.count)) }
        case .moment(let operand): return moment(operand)
        case .part(let part, let operand):
            return number(operand).flatMap { seconds in
                guard let time = CivilTime(secondsSince1970: seconds) else {
                    return .unknown(Reason(cause: .outOfRange))
                }
                return .known(ExactDecimal(Int64(part.value(of: time))))
            }
        case .constant, .field, .alternatives, .cased, .joined, .quotient:
            preconditionFailure("not a computed number")
        }
    }

    func number(_ value: Value) -> Outcome<ExactDecimal> {
        evaluate(value, as: .number).map { constant in
            guard case .number(let number) = constant else {
                preconditionFailure("read as a number")
            }
            return number
        }
    }

    func text(_ value: Value) -> Outcome<[UInt8]> {
        evaluate(value, as: .text).map { constant in
            guard case .text(let text) = constant else { preconditionFailure("read as a text") }
            return text
        }
    }

    private func extreme(_ extreme: Extreme, _ values: [Value]) -> Outcome<ExactDecimal> {
        number(values[0]).flatMap { first in
            values.dropFirst().reduce(.known(first)) { result, value in
                result.flatMap { best in
                    number(value).map { extreme == .min ? min(best, $0) : max(best, $0) }
                }
            }
        }
    }

    private func moment(_ value: Value) -> Outcome<ExactDecimal> {
        if case .field(let field) = value, fields[field].isContextTime {
            return read(field, as: .number).map { constant in
                guard case .number(let seconds) = constant else {
                    preconditionFailure("read as a number")
                }
                return seconds
            }
        }
        return text(value).flatMap { text in
            guard let seconds = Timestamp.seconds(text) else {
                guard case .field(let field) = value else {
                    return .unknown(Reason(cause: .otherType))
                }
                return unknown(.otherType, field)
            }
            return .known(seconds)
        }
    }

    private func compute(
        _ a: ExactDecimal, _ symbol: ArithmeticOperator, _ b: ExactDecimal
    ) -> Outcome<ExactDecimal> {
        do throws(ArithmeticFailure) {
            return .known(try symbol.apply(a, b))
        } catch {
            return .unknown(Reason(cause: error == .overflow ? .overflow : .inexact))
        }
    }

    private func exact(_ value: ExactDecimal?) -> Outcome<ExactDecimal> {
        value.map { .known($0) } ?? .unknown(Reason(cause: .overflow))
    }
}

extension ArithmeticOperator {
    /// The exact result. Divisors must not be zero.
    func apply(
        _ a: ExactDecimal, _ b: ExactDecimal
    ) throws(ArithmeticFailure) -> ExactDecimal {
        switch self {
        case .add:
            guard let sum = a.adding(b) else { throw .overflow }
            return sum
        case .subtract:
            guard let difference = a.subtracting(b) else { throw .overflow }
            return difference
        case .multiply: return try a.multiplied(by: b)
        case .divide: return try a.divided(by: b)
        }
    }
}
