import ArkaModel

/// What a place needs of an expression.
extension Checker {
    /// Makes an expression over others, unless it grows too high with its `let`s filled in.
    mutating func weighed(
        _ form: CheckedExpression.Form, _ range: SourceRange, _ children: [Weight],
        operations: Int = 1
    ) -> CheckedExpression? {
        let weight = Weight(over: children, operations: operations)
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
        guard case .value(let value, let types) = checked.form else {
            report(
                .notAValue, "a condition is not a value", expected: "a field or a constant",
                at: checked.range)
            return nil
        }
        if checked.isQuotient {
            report(
                .division, "a quotient can only be compared, so that nothing is rounded",
                expected: "it alone on one side of a comparison; or multiply the other side",
                at: checked.range)
            return nil
        }
        guard !types.isEmpty else {
            report(
                .notAValue, "\(words(for: value, types)) is not a single value",
                expected: "one of its properties", at: checked.range)
            return nil
        }
        return (value, types)
    }

    /// The expression as an operand of arithmetic.
    mutating func number(_ checked: CheckedExpression) -> Value? {
        guard let (value, types) = plainValue(checked) else { return nil }
        guard types.contains(.number) else {
            report(
                .unlikeTypes, "\(words(for: value, types)) is not a number", expected: "a number",
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
            .unlikeTypes, "\(b.words) cannot stand beside \(a.words)", expected: a.words,
            at: range)
    }

    /// A value in a message, such as `a number` or `an object`.
    func words(for value: Value, _ types: ValueTypes) -> String {
        if case .field(let field) = value {
            let field = catalog.fields[field]
            return "'\(field.name)' (\(field.types.subtracting(.null).words))"
        }
        return types.words
    }
}
