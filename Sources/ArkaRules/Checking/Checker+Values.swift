import ArkaModel

extension Checker {
    /// Checks an expression of any kind; `nil` if it was reported.
    mutating func check(_ syntax: ExpressionSyntax) -> CheckedExpression? {
        let range = syntax.range
        switch syntax.kind {
        case .number(let value): return CheckedExpression(.number(value), range)
        case .duration(let value): return CheckedExpression(.number(value), range, .duration)
        case .text(let value): return CheckedExpression(.text(value), range)
        case .template(let pieces): return check(template: pieces, range)
        case .boolean(let value): return CheckedExpression(.boolean(value), range)
        case .path(let path): return check(path: path, range)
        case .call(let call): return check(call, range)
        case .access(let call, let steps): return check(call, steps, range)
        case .negate(let operand): return check(negated: operand, range)
        case .arithmetic(let symbol, let a, let b): return check(a, symbol, b, range)
        case .alternatives(let values): return check(alternatives: values, range)
        case .null, .list: return reportMisplaced(syntax)
        case .reported: return nil
        case .compare, .member, .textTest, .known, .not, .all, .any:
            return check(condition: syntax)
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

    /// A text with values in it, as a value by itself.
    private mutating func check(
        template pieces: [TemplatePieceSyntax], _ range: SourceRange
    ) -> CheckedExpression? {
        var weights: [Weight] = []
        guard let pieces = check(pieces: pieces, &weights) else { return nil }
        if let text = pieces.constantText { return CheckedExpression(.text(text), range) }
        return weighed(.value(.joined(pieces), .text), range, weights)
    }

    // MARK: Lets

    /// Gives a value a name.
    mutating func bind(_ name: NameSyntax, to syntax: ExpressionSyntax) {
        let isNew = checkIsNew(name)
        var binding = RuleScope.Binding(name: name)
        switch meaning(of: syntax) {
        case .path(let path): binding.path = path
        case .reported: break
        case .value:
            let outer = scope.takeReads()
            binding.value = check(syntax)
            binding.reads = scope.takeReads()
            scope.restore(outer)
        }
        if isNew { scope.add(binding) }
    }

    /// What a `let` may stand for.
    private enum BoundMeaning {
        /// A path that exists: into the record, the context or the answer of a call. Its uses may
        /// go on with it.
        case path(BoundPath)
        /// A path that was reported.
        case reported
        /// Anything else.
        case value
    }

    private mutating func meaning(of syntax: ExpressionSyntax) -> BoundMeaning {
        switch syntax.kind {
        case .path(let path):
            let root = path[0].text
            if let binding = scope.binding(named: root) {
                if binding.path == nil { return .value }
            } else if !isRecordRoot(root), root != "context" {
                return .value
            }
            guard let bound = bind(path) else { return .reported }
            let exists = isWhole(bound) || (try? catalog.resolve(bound)) != nil
            // One that does not is checked as a value, which reports it.
            return exists ? .path(bound) : .value
        case .call(let call) where call.isOfPlugin:
            return answer(of: call).map(BoundMeaning.path) ?? .reported
        case .access(let call, let steps) where call.isOfPlugin:
            guard let bound = answer(of: call)?.appending(steps),
                field(bound, steps, syntax.range) != nil
            else { return .reported }
            return .path(bound)
        default: return .value
        }
    }

    private mutating func checkIsNew(_ name: NameSyntax) -> Bool {
        if scope.letCount >= Limits.letsPerRuleMax {
            report(
                .ruleTooLarge, "too many 'let's",
                expected: "at most \(Limits.letsPerRuleMax) in a rule", at: name.range)
            return false
        }
        if scope.binding(named: name.text) != nil {
            report(
                .repeatedName, "'\(name.text)' is defined above", expected: "another name",
                at: name.range)
            return false
        }
        return checkIsFree(name)
    }

    /// Whether a name may be given to something: it must not hide another meaning.
    mutating func checkIsFree(_ name: NameSyntax) -> Bool {
        let message: String
        if isRecordRoot(name.text) || ["context", "list", "plugin"].contains(name.text) {
            message = "'\(name.text)' is the start of paths"
        } else if constants.keys.contains(name.text) {
            message = "there is a 'const \(name.text)' already"
        } else {
            return true
        }
        report(.repeatedName, message, expected: "another name", at: name.range)
        return false
    }

    // MARK: Alternatives

    private mutating func check(
        alternatives syntax: [ExpressionSyntax], _ range: SourceRange
    ) -> CheckedExpression? {
        var types: ValueTypes = [.all, .duration]
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

extension CallSyntax {
    /// Whether it calls a plugin's function and not one of the language.
    var isOfPlugin: Bool { path[0].text == "plugin" && path.count > 1 }
}
