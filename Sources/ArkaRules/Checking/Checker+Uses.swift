import ArkaModel

/// What a place needs of an expression.
extension Checker {
    /// Makes an expression over others, unless it grows too high with its `let`s filled in.
    mutating func weighed(
        _ form: CheckedExpression.Form, _ range: SourceRange, _ children: [Weight],
        operations: Int = 1
    ) -> CheckedExpression? {
        let weight = Weight(over: children, operations: operations)
        guard weight.operations <= Limits.ruleOperationsMax else {
            report(
                .ruleTooLarge, "this is too large with its 'let's filled in",
                expected: "at most \(Limits.ruleOperationsMax) operations", at: range)
            return nil
        }
        guard weight.height <= Limits.expressionHeightMax else {
            report(
                .ruleTooLarge, "this is nested too deep with its 'let's filled in",
                expected: "at most \(Limits.expressionHeightMax) levels", at: range)
            return nil
        }
        return CheckedExpression(form, range, weight)
    }

    /// The expression as a condition; `nil` if it is none, which is reported.
    mutating func condition(_ checked: CheckedExpression) -> Logic? {
        switch checked.form {
        case .condition(let logic): return logic
        case .list: return plainValue(checked).map { .truth($0.0) }
        case .value(let value, let types):
            if types.contains(.boolean) { return .truth(value) }
            report(
                .notACondition, "\(words(for: value, types)) is not a condition",
                expected: "a comparison, or a boolean field", at: checked.range)
            return nil
        }
    }

    /// The expression as a value that is not a quotient, with its types.
    mutating func plainValue(_ checked: CheckedExpression) -> (Value, ValueTypes)? {
        switch checked.form {
        case .condition:
            report(
                .notAValue, "a condition is not a value", expected: "a field or a constant",
                at: checked.range)
            return nil
        case .list(let list):
            report(
                .notAValue, "'list.\(list.name)' is a list", expected: "it behind 'in' or 'not in'",
                at: checked.range)
            return nil
        case .value(.quotient, _):
            report(
                .division, "a quotient can only be compared or rounded, so that nothing is lost",
                expected:
                    "it alone on one side of a comparison, or round(…, decimals) around it",
                at: checked.range)
            return nil
        case .value(let value, let types):
            guard types.isEmpty else { return (value, types) }
            let isArray = checked.field.map { catalog.fields[$0].mayBeArray } ?? false
            report(
                .notAValue, "\(words(for: value, types)) is not a single value",
                expected: isArray
                    ? "one of its elements as in x[0], 'contains', or length(x)"
                    : "one of its properties", at: checked.range)
            return nil
        }
    }

    /// The expression as an operand of arithmetic: the value and what quantities it may be.
    mutating func quantity(_ checked: CheckedExpression) -> (Value, ValueTypes)? {
        guard let (value, types) = plainValue(checked) else { return nil }
        let quantities = types.intersection(.quantities)
        guard !quantities.isEmpty else {
            report(
                .unlikeTypes, "\(words(for: value, types)) is not a number", expected: "a number",
                at: checked.range)
            return nil
        }
        return (value, quantities)
    }

    /// The expression as a number.
    mutating func number(_ checked: CheckedExpression) -> Value? {
        typed(checked, as: .number, "a number")
    }

    /// The expression as a text.
    mutating func text(_ checked: CheckedExpression) -> Value? {
        typed(checked, as: .text, "a text")
    }

    /// The expression as a date and time, in seconds.
    mutating func moment(_ checked: CheckedExpression) -> Value? {
        typed(checked, as: .moment, "a date and time")?.asMoment
    }

    private mutating func typed(
        _ checked: CheckedExpression, as type: ValueTypes, _ words: String
    ) -> Value? {
        guard let (value, types) = plainValue(checked) else { return nil }
        guard types.contains(type) else {
            report(
                .unlikeTypes, "\(self.words(for: value, types)) is not \(words)", expected: words,
                at: checked.range)
            return nil
        }
        return value
    }

    /// Checks an expression whose fields do not decide the rule.
    mutating func check(unread syntax: ExpressionSyntax) -> CheckedExpression? {
        let outer = scope.takeReads()
        defer { scope.restore(outer) }
        return check(syntax)
    }

    mutating func reportUnlike(_ a: ValueTypes, _ b: ValueTypes, at range: SourceRange) {
        report(
            .unlikeTypes, "\(b.words) cannot stand beside \(a.words)",
            expected: a.words + hint(a, b), at: range)
    }

    /// How a text becomes a date and time, where that seems to be meant.
    private func hint(_ a: ValueTypes, _ b: ValueTypes) -> String {
        if a == .moment, b == .text { return ", such as timestamp(\"2026-01-31\")" }
        guard case .any = catalog.layout.schema, a == .number, b == .duration else { return "" }
        return "; timestamp(x) reads a field as a date and time"
    }

    /// A value in a message, such as `a number` or `an object`.
    func words(for value: Value, _ types: ValueTypes) -> String {
        if case .field(let field) = value {
            let field = catalog.fields[field]
            let words =
                field.isDateTime ? "a date and time" : field.types.subtracting(.null).words
            return "'\(field.name)' (\(words))"
        }
        return types.words
    }
}

extension Value {
    /// What says a date and time, as seconds since 1970. What is seconds already stays as it is.
    var asMoment: Value {
        switch self {
        case .field: .moment(self)
        case .alternatives(let values): .alternatives(values.map(\.asMoment))
        default: self
        }
    }
}
