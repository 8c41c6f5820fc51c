import ArkaModel

/// What can be computed with what, in the order in which it is tried: where no schema says what a
/// field holds, a number is the first guess.
private let quantityRules: [ArithmeticOperator: [(ValueTypes, ValueTypes, ValueTypes)]] = [
    .add: [
        (.number, .number, .number), (.moment, .duration, .moment), (.duration, .moment, .moment),
        (.duration, .duration, .duration),
    ],
    .subtract: [
        (.number, .number, .number), (.moment, .moment, .duration), (.moment, .duration, .moment),
        (.duration, .duration, .duration),
    ],
    .multiply: [
        (.number, .number, .number), (.duration, .number, .duration),
        (.number, .duration, .duration),
    ],
    .divide: [
        (.number, .number, .number), (.duration, .duration, .number),
        (.duration, .number, .duration),
    ],
]

extension Checker {
    mutating func check(
        negated operand: ExpressionSyntax, _ range: SourceRange
    ) -> CheckedExpression? {
        guard let checked = check(operand), let (value, types) = quantity(checked) else {
            return nil
        }
        guard let type = [.number, .duration].first(where: types.contains) as ValueTypes? else {
            report(
                .unlikeTypes, "a date and time has no sign", expected: "a number or a duration",
                at: checked.range)
            return nil
        }
        return computed(.negate(value), type, range, [checked.weight])
    }

    mutating func check(
        _ left: ExpressionSyntax, _ symbol: ArithmeticOperator, _ right: ExpressionSyntax,
        _ range: SourceRange
    ) -> CheckedExpression? {
        if symbol == .subtract, reportDashes(left, right) { return nil }
        let checked = (check(left), check(right))
        guard let a = checked.0, let b = checked.1 else { return nil }
        let operands = (quantity(a), quantity(b))
        guard let (x, xTypes) = operands.0, let (y, yTypes) = operands.1 else { return nil }
        let rule = quantityRules[symbol]?.first { rule in
            xTypes.contains(rule.0) && yTypes.contains(rule.1)
        }
        guard let (xType, yType, type) = rule else {
            report(
                .unlikeTypes,
                "\(xTypes.words) and \(yTypes.words) cannot be joined by '\(symbol.rawValue)'",
                expected: "numbers, or a date and time or duration with a duration", at: range)
            return nil
        }
        let (m, n) = (
            xType == .moment ? x.asMoment : x, yType == .moment ? y.asMoment : y
        )
        if symbol == .divide, case .constant(.number(.zero)) = n {
            report(.constantFailure, "this divides by zero", at: b.range)
            return nil
        }
        let value: Value = isQuotient(m, symbol, n) ? .quotient(m, n) : .arithmetic(symbol, m, n)
        return computed(value, type, range, [a.weight, b.weight])
    }

    /// Whether a quotient stays one: of constants only where it has no exact value, which `round` and
    /// comparisons need not have.
    private func isQuotient(_ a: Value, _ symbol: ArithmeticOperator, _ b: Value) -> Bool {
        guard symbol == .divide else { return false }
        guard case .constant(.number(let x)) = a, case .constant(.number(let y)) = b else {
            return true
        }
        return (try? x.divided(by: y)) == nil
    }

    /// An expression over others; what the rule's author could have computed is computed here.
    mutating func computed(
        _ value: Value, _ type: ValueTypes, _ range: SourceRange, _ weights: [Weight],
        operations: Int = 1
    ) -> CheckedExpression? {
        guard value.operands.allSatisfy(\.isConstant), !value.operands.isEmpty, !value.isQuotient
        else {
            return weighed(.value(value, type), range, weights, operations: operations)
        }
        switch TreeWalk.constant(value) {
        case .known(.number(let seconds))
        where type == .moment && !CivilTime.range.contains(seconds):
            return reportFailure(.outOfRange, range)
        case .known(let constant): return CheckedExpression(constant, range, type)
        case .unknown(let reason): return reportFailure(reason.cause, range)
        }
    }

    /// Reports why something constant cannot be computed.
    mutating func reportFailure(
        _ cause: UnknownCause, _ range: SourceRange
    ) -> CheckedExpression? {
        switch cause {
        case .overflow:
            report(
                .constantFailure, "this is too large", expected: "less than 1.7 × 10²⁰", at: range)
        case .inexact:
            report(
                .constantFailure, "this has no exact value", expected: "at most 18 decimals",
                at: range)
        case .dividedByZero:
            report(.constantFailure, "this divides by zero", at: range)
        case .outOfRange:
            report(
                .constantFailure, "this moment has no year that four digits write",
                expected: "a moment from the year 0000 to 9999", at: range)
        default:
            report(
                .constantFailure, "this is no date and time",
                expected: "a text such as \"2026-01-31\" or \"2026-01-31T12:00:00Z\"", at: range)
        }
        return nil
    }
}

extension Value {
    /// Whether it is `a / b`.
    var isQuotient: Bool {
        guard case .quotient = self else { return false }
        return true
    }

    /// The values that it is made of, if it computes something of them alone.
    var operands: [Value] {
        switch self {
        case .constant, .field, .count, .joined, .alternatives: []
        case .negate(let a), .magnitude(let a), .length(let a), .moment(let a): [a]
        case .rounded(let a, _, _), .part(_, let a), .cased(_, let a): [a]
        case .arithmetic(_, let a, let b), .quotient(let a, let b): [a, b]
        case .roundedQuotient(let a, let b, _, _): [a, b]
        case .extreme(_, let values): values
        }
    }
}
