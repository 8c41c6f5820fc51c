import ArkaModel

extension Checker {
    /// Checks an expression of any kind; `nil` if it was reported.
    mutating func check(_ syntax: ExpressionSyntax) -> CheckedExpression? {
        let range = syntax.range
        switch syntax.kind {
        case .number(let value): return CheckedExpression(.number(value), range)
        case .text(let value): return CheckedExpression(.text(value), range)
        case .boolean(let value): return CheckedExpression(.boolean(value), range)
        case .path(let path): return check(path: path, range)
        case .negate(let operand): return check(negated: operand, range)
        case .arithmetic(let symbol, let a, let b): return check(a, symbol, b, range)
        case .alternatives(let values): return check(alternatives: values, range)
        case .null, .list: return reportMisplaced(syntax)
        case .reported: return nil
        case .compare, .member, .known, .not, .all, .any: return check(condition: syntax)
        }
    }

    private mutating func reportMisplaced(_ syntax: ExpressionSyntax) -> CheckedExpression? {
        if case .null = syntax.kind {
            report(
                .comparedWithNull, "null is not a value here",
                expected: "'is known' or 'is unknown' behind a field", at: syntax.range)
        } else {
            report(
                .notAValue, "a list cannot stand here", expected: "a single value",
                at: syntax.range)
        }
        return nil
    }

    /// Gives a value a name.
    mutating func bind(_ name: NameSyntax, to syntax: ExpressionSyntax) {
        let isNew = checkIsNew(name)
        var binding = RuleScope.Binding(name: name)
        if case .path(let path) = syntax.kind {
            binding.path = checkBound(path, syntax.range)
        }
        if binding.path == nil {
            let outer = scope.takeReads()
            binding.value = check(syntax)
            binding.reads = scope.takeReads()
            scope.restore(outer)
        }
        if isNew { scope.add(binding) }
    }

    /// The whole path that a `let` stands for, if it is a path into the record that exists.
    private mutating func checkBound(_ path: [NameSyntax], _ range: SourceRange) -> [String]? {
        if let binding = scope.binding(named: path[0].text), binding.path == nil { return nil }
        guard let names = fullNames(of: path) else { return nil }
        return isWholeRecord(names) || (try? catalog.resolve(names)) != nil ? names : nil
    }

    private mutating func checkIsNew(_ name: NameSyntax) -> Bool {
        if scope.letCount >= Limits.letsPerRuleMax {
            report(
                .ruleTooLarge, "too many 'let's",
                expected: "at most \(Limits.letsPerRuleMax) in a rule", at: name.range)
            return false
        }
        let isRoot = catalog.layout.roots.contains { $0.name == name.text }
        guard isRoot || scope.binding(named: name.text) != nil else { return true }
        report(
            .repeatedName,
            isRoot ? "'\(name.text)' is the start of paths" : "'\(name.text)' is defined above",
            expected: "another name", at: name.range)
        return false
    }

    // MARK: Arithmetic

    private mutating func check(
        negated operand: ExpressionSyntax, _ range: SourceRange
    ) -> CheckedExpression? {
        guard let checked = check(operand), let value = number(checked) else { return nil }
        guard case .constant(.number(let number)) = value else {
            return weighed(.value(.negate(value), .number), range, [checked.weight])
        }
        guard let negated = number.negated else { return reportFailure(.overflow, range) }
        return CheckedExpression(.number(negated), range)
    }

    private mutating func check(
        _ left: ExpressionSyntax, _ symbol: ArithmeticOperator, _ right: ExpressionSyntax,
        _ range: SourceRange
    ) -> CheckedExpression? {
        let checked = (check(left), check(right))
        guard let a = checked.0, let b = checked.1 else { return nil }
        let values = (number(a), number(b))
        guard let x = values.0, let y = values.1 else { return nil }
        if case (.constant(.number(let m)), .constant(.number(let n))) = (x, y) {
            return fold(m, symbol, n, range)
        }
        let value: Value = symbol == .divide ? .quotient(x, y) : .arithmetic(symbol, x, y)
        if symbol == .divide, case .constant(.number(.zero)) = y {
            report(.constantFailure, "this divides by zero", at: b.range)
            return nil
        }
        return weighed(.value(value, .number), range, [a.weight, b.weight])
    }

    /// Computes what the rule's author could have computed.
    private mutating func fold(
        _ a: ExactDecimal, _ symbol: ArithmeticOperator, _ b: ExactDecimal, _ range: SourceRange
    ) -> CheckedExpression? {
        if symbol == .divide, b == .zero {
            report(.constantFailure, "this divides by zero", at: range)
            return nil
        }
        do throws(ArithmeticFailure) {
            let result = try symbol.apply(a, b)
            return CheckedExpression(.number(result), range)
        } catch {
            return reportFailure(error, range)
        }
    }

    private mutating func reportFailure(
        _ failure: ArithmeticFailure, _ range: SourceRange
    ) -> CheckedExpression? {
        switch failure {
        case .overflow:
            report(
                .constantFailure, "this is too large", expected: "less than 1.7 × 10²⁰", at: range)
        case .inexact:
            report(
                .constantFailure, "this has no exact value", expected: "at most 18 decimals",
                at: range)
        }
        return nil
    }

    // MARK: Alternatives

    private mutating func check(
        alternatives syntax: [ExpressionSyntax], _ range: SourceRange
    ) -> CheckedExpression? {
        var types = ValueTypes.all
        var values: [Value] = []
        var weights: [Weight] = []
        var isSound = true
        for (index, element) in syntax.enumerated() {
            guard let checked = checkAlternative(element, isLast: index == syntax.count - 1),
                let (value, valueTypes) = plainValue(checked)
            else {
                isSound = false
                continue
            }
            if types.isDisjoint(with: valueTypes) {
                reportUnlike(types, valueTypes, at: checked.range)
                isSound = false
            }
            types.formIntersection(valueTypes)
            values += value.alternatives
            weights.append(checked.weight)
        }
        guard isSound else { return nil }
        // What follows a constant is never needed.
        if let constant = values.firstIndex(where: \.isConstant) {
            values.removeSubrange((constant + 1)...)
        }
        guard values.count <= Limits.alternativesMax else {
            report(
                .ruleTooLarge, "too many alternatives",
                expected: "at most \(Limits.alternativesMax)", at: range)
            return nil
        }
        let value = values.count == 1 ? values[0] : .alternatives(values)
        return weighed(.value(value, types), range, weights)
    }

    /// What has a default may be unknown, so its fields need no other test.
    private mutating func checkAlternative(
        _ syntax: ExpressionSyntax, isLast: Bool
    ) -> CheckedExpression? {
        isLast ? check(syntax) : check(unread: syntax)
    }
}

extension Value {
    /// The values it tries in turn; itself, if it is no choice.
    var alternatives: [Value] {
        guard case .alternatives(let values) = self else { return [self] }
        return values
    }

    var isConstant: Bool {
        guard case .constant = self else { return false }
        return true
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
