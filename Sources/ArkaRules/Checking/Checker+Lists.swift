import ArkaModel

/// `in`, and the lists that stand behind it.
extension Checker {
    mutating func check(
        _ operand: ExpressionSyntax, in list: ExpressionSyntax, _ range: SourceRange
    ) -> CheckedExpression? {
        if case .list(let elements) = list.kind { return check(operand, in: elements, range) }
        let operands = (check(operand), check(list))
        guard let a = operands.0, let b = operands.1 else { return nil }
        if case .list(let named) = b.form { return check(a, in: named, range) }
        if let array = b.field, catalog.fields[array].mayBeArray {
            return check(element: a, of: array, range)
        }
        report(
            .unexpectedToken, "'in' needs a list",
            expected: "constants in brackets such as [\"a\", \"b\"], list.name or an array field",
            at: list.range)
        return nil
    }

    private mutating func check(
        _ operand: ExpressionSyntax, in elements: [ExpressionSyntax], _ range: SourceRange
    ) -> CheckedExpression? {
        if let null = elements.first(where: \.isNull) {
            _ = check(unread: operand)
            report(
                .comparedWithNull, "null is never in a list",
                expected: "'or … is unknown' behind the list", at: null.range)
            return nil
        }
        let checked = check(operand)
        let constants = elements.map { element($0) }
        guard let checked, comparisonOperand(checked) != nil,
            constants.allSatisfy({ $0 != nil })
        else { return nil }
        return check(checked, among: constants.compactMap(\.self), range)
    }

    /// A value in a list of constants; the first constants decide what the value is read as.
    private mutating func check(
        _ checked: CheckedExpression, among elements: [CheckedExpression],
        named name: String? = nil,
        _ range: SourceRange
    ) -> CheckedExpression? {
        guard let (value, valueTypes) = comparisonOperand(checked) else { return nil }
        var types = valueTypes
        var isSound = true
        for (index, element) in elements.enumerated() {
            let agreed = types.agreement(with: element.types)
            guard !agreed.isEmpty else {
                isSound = false
                guard let name else {
                    reportUnlike(types, element.types, at: element.range)
                    continue
                }
                report(
                    .unlikeTypes,
                    "'list.\(name)' holds \(element.types.manyWords), and this is \(types.words)",
                    expected: "a list of \(types.manyWords)", at: checked.range)
                break
            }
            types = agreed
            warnIfNeverEqual(value, element)
            // Once for a list, and at its declaration the author would not see why.
            if index == 0, name == nil { warnIfMomentIsText(value, element) }
        }
        guard isSound else { return nil }
        let constants = elements.compactMap(\.constant)
        // One look into a set, unless each constant is computed with.
        let isSet = value.isPlain || types == .text
        let operations =
            isSet ? 1 + elements.count / Limits.listElementsPerOperation : elements.count
        return weighed(
            .condition(
                .member(value.read(as: types), constants, types.isQuantity ? .number : types)),
            range, [checked.weight],
            operations: checked.alternativeCount * operations)
    }

    /// A constant in a list; `nil` if it is none, which is reported.
    private mutating func element(_ syntax: ExpressionSyntax) -> CheckedExpression? {
        guard let checked = check(syntax) else { return nil }
        if checked.constant != nil { return checked }
        report(
            .listElement, "a list holds constants only",
            expected: "a text, a number, true or false", at: syntax.range)
        return nil
    }

    // MARK: Named lists

    /// Checks `list.name`.
    mutating func check(list path: [StepSyntax], _ range: SourceRange) -> CheckedExpression? {
        guard path.count == 2, case .property(let name) = path[1].step else {
            report(
                .unknownName, "a list has a name and nothing behind it", expected: "list.name",
                at: range)
            return nil
        }
        guard let list = lists[name] else {
            let names = collector.isFull ? [] : lists.keys.sorted()
            // That one is used, if not by its name.
            near(to: name, among: names).map { _ = usedLists.insert($0) }
            report(
                .unknownName, "there is no list '\(name)'",
                expected: names.isEmpty
                    ? "a declaration such as list \(name) = [\"a\", \"b\"]" : Self.listing(names),
                suggestion: near(to: name, among: names), at: path[1].range)
            return nil
        }
        usedLists.insert(name)
        if case .faulty = list.values { return nil }
        return CheckedExpression(.list(list), range, Weight())
    }

    private mutating func check(
        _ checked: CheckedExpression, in list: RuleList, _ range: SourceRange
    ) -> CheckedExpression? {
        switch list.values {
        case .faulty: return nil
        case .constants(let elements):
            // Their own places are in the declaration; what is wrong with the pair is wrong here.
            let here = elements.map { CheckedExpression($0.constant, range, $0.types) }
            return check(checked, among: here, named: list.name, range)
        case .file(let file):
            guard let (value, types) = plainValue(checked) else { return nil }
            let isNumber = types.contains(.number) && !types.contains(.text)
            guard isNumber || types.contains(.text) else {
                reportUnlike([.text, .number], types, at: checked.range)
                return nil
            }
            var found: [Diagnostic] = []
            let index = fileLists.index(of: list.name, file, asNumbers: isNumber) {
                found.append($0)
            }
            found.forEach { collector.report($0) }
            guard let index else { return nil }
            return weighed(
                .condition(.listed(value, index, isNumber ? .number : .text)), range,
                [checked.weight], operations: checked.alternativeCount)
        }
    }

    // MARK: Arrays

    /// Checks whether an array has an element that equals a value.
    mutating func check(
        element checked: CheckedExpression, of array: FieldIndex, _ range: SourceRange
    ) -> CheckedExpression? {
        guard let (value, types) = plainValue(checked) else { return nil }
        var elements: ValueTypes = [.text, .number, .boolean]
        if case .constrained(let items) = catalog.fields[array].items {
            elements.formIntersection(ValueTypes(items.types))
        }
        let agreed = types.intersection(elements)
        guard !agreed.isEmpty else {
            report(
                .unlikeTypes,
                "\(types.words) is never an element of '\(catalog.fields[array].name)'",
                expected: elements.isEmpty ? "an array of single values" : elements.words,
                at: checked.range)
            return nil
        }
        return weighed(
            .condition(.element(array, value, agreed)), range, [checked.weight],
            operations: checked.alternativeCount)
    }
}
