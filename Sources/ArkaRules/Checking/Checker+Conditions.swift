import ArkaModel

extension Checker {
    /// Checks a comparison or what joins conditions.
    mutating func check(condition syntax: ExpressionSyntax) -> CheckedExpression? {
        let range = syntax.range
        switch syntax.kind {
        case .compare(let left, let symbol, let right):
            return check(left, symbol, right, range)
        case .member(let operand, let list):
            return check(operand, in: list, range)
        case .textTest(let left, let test, let right):
            return check(left, test, right, range)
        case .known(let operand):
            return check(known: operand, range)
        case .not(let operand):
            guard let checked = check(operand), let logic = self.condition(checked) else {
                return nil
            }
            return weighed(.condition(.not(logic)), range, [checked.weight])
        case .all(let parts):
            return check(parts, range, Logic.all, areConjoined: true)
        case .any(let parts):
            return check(parts, range, Logic.any)
        default:
            preconditionFailure("values are checked by check(_:)")
        }
    }

    private mutating func check(
        _ parts: [ExpressionSyntax], _ range: SourceRange, _ make: ([Logic]) -> Logic,
        areConjoined: Bool = false
    ) -> CheckedExpression? {
        var conditions: [Logic] = []
        var weights: [Weight] = []
        for part in parts {
            guard let checked = check(part), let logic = condition(checked) else { continue }
            conditions.append(logic)
            weights.append(checked.weight)
        }
        guard conditions.count == parts.count else { return nil }
        if areConjoined { warnIfNeverTrue(conditions, parts.map(\.range)) }
        return weighed(.condition(make(conditions)), range, weights)
    }

    /// Warns of conditions that can never be true together, once for each rule.
    mutating func warnIfNeverTrue(_ conditions: [Logic], _ ranges: [SourceRange]) {
        guard !scope.hasContradiction else { return }
        var conjunction = Conjunction(fields: catalog.fields)
        for (part, condition) in conditions.enumerated() { conjunction.add(condition, part: part) }
        guard let contradiction = conjunction.contradiction else { return }
        scope.hasContradiction = true
        let value =
            contradiction.field.map { "leave something over of '\($0)'" } ?? "can hold at once"
        report(
            .neverTrue,
            contradiction.part == 0
                ? "this is never true" : "this is never true together with what stands before it",
            severity: .warning, expected: "conditions that \(value)",
            at: ranges[contradiction.part])
    }

    // MARK: Known

    private mutating func check(
        known operand: ExpressionSyntax, _ range: SourceRange
    ) -> CheckedExpression? {
        if case .reported = operand.kind { return nil }
        let field: FieldIndex?
        switch operand.kind {
        case .path(let path) where isPath(path): field = self.field(path, operand.range)
        case .call(let call) where call.isOfPlugin:
            field = answer(of: call).flatMap { self.field($0, call.path, operand.range) }
        case .access(let call, let steps) where call.isOfPlugin:
            let bound = answer(of: call)?.appending(steps)
            field = bound.flatMap { self.field($0, steps, operand.range) }
        default:
            _ = check(unread: operand)
            report(
                .knownOfExpression, "'is known' asks for a field",
                expected: "a path; test each field of an expression by itself", at: operand.range)
            return nil
        }
        guard let field else { return nil }
        scope.test(catalog.fields[field].place)
        return CheckedExpression(.condition(.known(field)), range, Weight())
    }

    /// Whether the names are not those of something else than a path.
    private func isPath(_ path: [StepSyntax]) -> Bool {
        guard let binding = scope.binding(named: path[0].text) else {
            let isList = path[0].text == "list" && !isRecordRoot("list")
            return !isList && !(path.count == 1 && constants.keys.contains(path[0].text))
        }
        return path.count > 1 || binding.path != nil || binding.isFaulty
    }

    // MARK: Comparisons

    private mutating func check(
        _ left: ExpressionSyntax, _ symbol: ComparisonSyntax, _ right: ExpressionSyntax,
        _ range: SourceRange
    ) -> CheckedExpression? {
        if left.isNull || right.isNull { return reportNull(left, symbol, right) }
        let operands = (check(left), check(right))
        guard let a = operands.0, let b = operands.1 else { return nil }
        if case .condition(let logic) = a.form { return compare(logic, symbol, with: b, range) }
        if case .condition(let logic) = b.form { return compare(logic, symbol, with: a, range) }
        guard let (x, y, types) = comparable(a, symbol, b) else { return nil }
        for (value, other) in [(x, b), (y, a)] {
            warnIfNeverEqual(value, other)
            warnIfMomentIsText(value, other)
        }
        let logic: Logic =
            b.isQuotient
            ? .compare(y, symbol.comparison.mirrored, x, types)
            : .compare(x, symbol.comparison, y, types)
        return weighed(
            .condition(logic), range, [a.weight, b.weight],
            operations: a.alternativeCount * b.alternativeCount)
    }

    /// The two values of a comparison and the types they may both have.
    private mutating func comparable(
        _ a: CheckedExpression, _ symbol: ComparisonSyntax, _ b: CheckedExpression
    ) -> (Value, Value, ValueTypes)? {
        let operands = (comparisonOperand(a), comparisonOperand(b))
        guard let (x, xTypes) = operands.0, let (y, yTypes) = operands.1 else { return nil }
        if a.isQuotient, b.isQuotient {
            report(
                .division, "two quotients cannot be compared",
                expected: "a / b > c instead of a / b > c / d, by multiplying with d", at: b.range)
            return nil
        }
        var types = xTypes.agreement(with: yTypes)
        if types.isEmpty {
            reportUnlike(xTypes, yTypes, at: b.range)
            return nil
        }
        if !symbol.comparison.isEquality { types.formIntersection(.ordered) }
        if types.isEmpty {
            report(
                .unlikeTypes, "booleans have no order", expected: "== or !=", at: symbol.range)
            return nil
        }
        return types.isQuantity ? (x.read(as: types), y.read(as: types), .number) : (x, y, types)
    }

    /// Here, and only here, a quotient is a value.
    mutating func comparisonOperand(_ checked: CheckedExpression) -> (Value, ValueTypes)? {
        guard checked.isQuotient, case .value(let value, let types) = checked.form else {
            return plainValue(checked)
        }
        return (value, types)
    }

    /// A condition can be compared with `true` or `false`, which changes nothing or its sign.
    private mutating func compare(
        _ logic: Logic, _ symbol: ComparisonSyntax, with other: CheckedExpression,
        _ range: SourceRange
    ) -> CheckedExpression? {
        guard symbol.comparison.isEquality else {
            report(
                .unlikeTypes, "conditions have no order", expected: "== or !=", at: symbol.range)
            return nil
        }
        guard case .boolean(let value)? = other.constant else {
            report(
                .notAValue, "a condition cannot be compared with this",
                expected: "true or false, or conditions joined by 'and', 'or' and 'not'",
                at: other.range)
            return nil
        }
        let keeps = value == (symbol.comparison == .equal)
        return CheckedExpression(.condition(keeps ? logic : .not(logic)), range, other.weight)
    }

    private mutating func reportNull(
        _ left: ExpressionSyntax, _ symbol: ComparisonSyntax, _ right: ExpressionSyntax
    ) -> CheckedExpression? {
        for operand in [left, right] where !operand.isNull { _ = check(unread: operand) }
        let test = symbol.comparison == .notEqual ? "is known" : "is unknown"
        let operand = left.isNull ? right : left
        let place = operand.range.start..<operand.range.end
        let written = String(decoding: collector.source.utf8[place], as: UTF8.self)
        report(
            .comparedWithNull, "a comparison with null is never true or false",
            expected: operand.isPath ? "'\(written) \(test)'" : "'\(test)' behind a field",
            at: symbol.range.union(right.isNull ? right.range : left.range))
        return nil
    }

    /// Warns of a date and time beside a text: with two offsets or a fraction, bytes say nothing of
    /// which one is earlier.
    mutating func warnIfMomentIsText(_ value: Value, _ other: CheckedExpression) {
        guard case .field(let index) = value, catalog.fields[index].isDateTime,
            case .text? = other.constant
        else { return }
        let written = String(
            decoding: collector.source.utf8[other.range.start..<other.range.end], as: UTF8.self)
        report(
            .momentAsText,
            "'\(catalog.fields[index].name)' is a date and time, and compared as a text, byte by byte",
            severity: .warning, expected: "timestamp(\(written)) to compare moments",
            at: other.range)
    }

    /// Warns of constants that the schema's `enum` does not list.
    mutating func warnIfNeverEqual(_ value: Value, _ other: CheckedExpression) {
        guard case .field(let index) = value, let constant = other.constant,
            let allowed = catalog.fields[index].allowed, !allowed.contains(constant.inSchema)
        else { return }
        var suggestion: String?
        if case .text(let bytes) = constant {
            let written = String(decoding: bytes, as: UTF8.self)
            suggestion = near(to: written, among: allowed.compactMap(\.text))
        }
        report(
            .neverEqual,
            "the record schema does not allow this value of "
                + "'\(catalog.fields[index].name)'",
            severity: .warning, suggestion: suggestion, at: other.range)
    }
}

extension ValueTypes {
    /// Whether it is a date and time or a duration and nothing else.
    var isQuantity: Bool { self == .moment || self == .duration }
}

extension Value {
    /// The value as the one type that it was agreed to be: seconds, if that is a date and time.
    func read(as type: ValueTypes) -> Value { type == .moment ? asMoment : self }
}

extension Constant {
    fileprivate var inSchema: SchemaConstant {
        switch self {
        case .text(let bytes): .string(bytes)
        case .boolean(let value): .boolean(value)
        case .number(let value): .number(value)
        }
    }
}

extension SchemaConstant {
    fileprivate var text: String? {
        guard case .string(let bytes) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ExpressionSyntax {
    fileprivate var isPath: Bool {
        guard case .path = kind else { return false }
        return true
    }

    /// Whether it is the word `null`.
    var isNull: Bool {
        guard case .null = kind else { return false }
        return true
    }
}
