import ArkaModel

extension Planner {
    /// A boolean value as a condition.
    mutating func planTruth(_ value: Value, _ negated: Bool) -> Draft {
        choose(value.alternatives, as: .boolean) { planner, value in
            switch value {
            case .constant(.boolean(let constant)): .constant(constant != negated)
            case .field(let field):
                planner.draft(.isTrue(planner.use(field, as: .boolean)), negated)
            default: preconditionFailure("booleans are fields or constants")
            }
        }
    }

    /// A comparison of any two values.
    mutating func planComparison(
        _ a: Value, _ comparison: Comparison, _ b: Value, _ types: ValueTypes, _ negated: Bool
    ) -> Draft {
        if case .quotient(let dividend, let divisor) = a {
            if let decided = Self.decide(dividend, dividedBy: divisor, comparison, b) {
                return .constant(decided != negated)
            }
            let (dividend, divisor, value) = (term(dividend), term(divisor), term(b))
            return draft(.ratio(dividend, divisor, comparison, value), negated)
        }
        if !a.isPlain || !b.isPlain {
            if types == .text { return planTexts(a, comparison, b, negated) }
            let (left, right) = (term(a), term(b))
            return draft(.arithmetic(left, comparison, right), negated)
        }
        return choose(a.alternatives, as: uses(types, beside: b)) { planner, left in
            planner.dispatch(left, types) { planner, type in
                planner.choose(b.alternatives, as: planner.uses(type, beside: a)) {
                    planner, right in
                    planner.planPlain(left, comparison, right, type, negated)
                }
            }
        }
    }

    /// A quotient of constants beside a constant; `nil` if one of them is none.
    private static func decide(
        _ dividend: Value, dividedBy divisor: Value, _ comparison: Comparison, _ other: Value
    ) -> Bool? {
        guard case .constant(.number(let a)) = dividend, case .constant(.number(let b)) = divisor,
            case .constant(.number(let c)) = other
        else { return nil }
        return ExactDecimal.compare(quotientOf: a, by: b, with: c).map(comparison.holds)
    }

    /// A value in a list of constants of one type.
    mutating func planMember(
        _ value: Value, _ constants: [Constant], _ types: ValueTypes, _ negated: Bool
    ) -> Draft {
        guard value.isPlain else {
            if types == .text {
                let texts = constants.compactMap(\.text).sortedSet(by: isBefore)
                return draft(.textTest(text(value), .isIn(texts)), negated)
            }
            let parts = constants.map {
                planComparison(value, .equal, .constant($0), types, negated)
            }
            return negated ? Draft.all(parts) : Draft.any(parts)
        }
        return choose(value.alternatives, as: uses(types, beside: nil)) { planner, value in
            switch value {
            case .constant(let constant): .constant(constants.contains(constant) != negated)
            case .field(let field), .moment(.field(let field)):
                planner.planMember(field, value.uses, constants, negated)
            default: preconditionFailure("plain values are fields or constants")
            }
        }
    }

    private mutating func planMember(
        _ field: FieldIndex, _ numberUse: FieldUses, _ constants: [Constant], _ negated: Bool
    ) -> Draft {
        let texts = constants.compactMap(\.text)
        if !texts.isEmpty {
            return draft(.textIn(use(field, as: .text), texts.sortedSet(by: isBefore)), negated)
        }
        let numbers = constants.compactMap(\.number).sortedSet(by: <)
        if !numbers.isEmpty {
            let field = use(field, as: numberUse)
            let predicate: Predicate =
                numbers.count == 1
                ? .number(field, .equal, numbers[0]) : .numberIn(field, numbers)
            return draft(predicate, negated)
        }
        // `x in [true, false]` is not simply true: it is unknown where x is.
        let parts = Set(constants).sorted { a, b in a.compared(with: b) == .ascending }.map {
            draft(.isTrue(use(field, as: .boolean)), negated != ($0 == .boolean(false)))
        }
        return negated ? Draft.all(parts) : Draft.any(parts)
    }

    // MARK: Plain values

    /// Two values, each a field or a constant.
    private mutating func planPlain(
        _ a: Value, _ comparison: Comparison, _ b: Value, _ type: ValueTypes, _ negated: Bool
    ) -> Draft {
        switch (a, b) {
        case (.constant(let x), .constant(let y)):
            .constant(comparison.holds(x.compared(with: y)) != negated)
        case (_, .constant(let constant)):
            planField(a, comparison, constant, negated)
        case (.constant(let constant), _):
            planField(b, comparison.mirrored, constant, negated)
        default:
            planFields(a, comparison, b, type, negated)
        }
    }

    private mutating func planField(
        _ value: Value, _ comparison: Comparison, _ constant: Constant, _ negated: Bool
    ) -> Draft {
        let field = value.plainField
        switch constant {
        case .number(let number):
            return draft(.number(use(field, as: value.uses), comparison, number), negated)
        case .text(let value) where comparison.isEquality:
            let isNegated = negated != (comparison == .notEqual)
            return draft(.textIn(use(field, as: .text), [value]), isNegated)
        case .text(let value):
            return draft(.text(use(field, as: .text), comparison, value), negated)
        case .boolean(let value):
            let isEqual = value == (comparison == .equal)
            return draft(.isTrue(use(field, as: .boolean)), negated == isEqual)
        }
    }

    private mutating func planFields(
        _ a: Value, _ comparison: Comparison, _ b: Value, _ type: ValueTypes,
        _ negated: Bool
    ) -> Draft {
        let use = type.uses(besideConstant: false)
        let x = self.use(a.plainField, as: use == .number ? a.uses : use)
        let y = self.use(b.plainField, as: use == .number ? b.uses : use)
        switch type {
        case .text: return draft(.texts(x, comparison, y), negated)
        case .boolean:
            return draft(.booleansEqual(x, y), negated != (comparison == .notEqual))
        default: return draft(.arithmetic(.field(x), comparison, .field(y)), negated)
        }
    }

    /// Plans a comparison for each type that a field may have; the record decides between them.
    mutating func dispatch(
        _ value: Value, _ types: ValueTypes, _ plan: (inout Planner, ValueTypes) -> Draft
    ) -> Draft {
        let type = types.each[0]
        let rest = types.subtracting(type)
        guard !rest.isEmpty, case .field(let field) = value else { return plan(&self, type) }
        let uses = type.uses(besideConstant: false)
        let guardPredicate = Predicate.readable(use(field, as: uses), as: uses)
        let first = plan(&self, type)
        return select(guardPredicate, first, dispatch(value, rest, plan))
    }

    // MARK: Alternatives

    /// Plans a condition on `a ?? b ?? …`: on the first that can be read, else on the last.
    mutating func choose(
        _ alternatives: [Value], as uses: FieldUses, _ plan: (inout Planner, Value) -> Draft
    ) -> Draft {
        choose(alternatives[...], as: uses, plan)
    }

    private mutating func choose(
        _ alternatives: ArraySlice<Value>, as uses: FieldUses,
        _ plan: (inout Planner, Value) -> Draft
    ) -> Draft {
        let value = alternatives[alternatives.startIndex]
        let first = plan(&self, value)
        guard alternatives.count > 1, !value.isConstant else { return first }
        let own = value.uses == .moment ? .moment : uses
        let guardPredicate = Predicate.readable(use(value.plainField, as: own), as: own)
        let rest = choose(alternatives.dropFirst(), as: uses, plan)
        return select(guardPredicate, first, rest)
    }

    /// The first where the guard holds, else the second. A guard is never unknown, so nothing of
    /// the branch that is not taken shows.
    mutating func select(
        _ guardPredicate: Predicate, _ first: Draft, _ second: Draft
    ) -> Draft {
        let yes = draft(guardPredicate, false)
        let no = draft(guardPredicate, true)
        return switch second {
        case .constant(true): .any([no, first])
        case .constant(false): .all([yes, first])
        case .condition: .any([.all([yes, first]), .all([no, second])])
        }
    }

    /// As what an operand of a comparison is read, given the operand beside it.
    func uses(_ types: ValueTypes, beside other: Value?) -> FieldUses {
        let besideConstant = other?.alternatives.allSatisfy(\.isConstant) ?? true
        return types.each.reduce(into: []) {
            $0.formUnion($1.uses(besideConstant: besideConstant))
        }
    }
}

private func isBefore(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.lexicographicallyPrecedes(b)
}

extension Value {
    /// As what a plain value is read where a number is asked for.
    fileprivate var uses: FieldUses {
        guard case .moment = self else { return .number }
        return .moment
    }

    /// The field of a plain value that is no constant.
    fileprivate var plainField: FieldIndex {
        switch self {
        case .field(let field), .moment(.field(let field)): field
        default: preconditionFailure("plain values are fields or constants")
        }
    }
}

extension ValueTypes {
    /// The columns that such values are read from. Texts are compared with constants by code and
    /// with each other byte by byte.
    fileprivate func uses(besideConstant: Bool) -> FieldUses {
        switch self {
        case .text: besideConstant ? .text : .bytes
        case .boolean: .boolean
        default: .number
        }
    }
}

extension Constant {
    fileprivate var text: [UInt8]? {
        guard case .text(let bytes) = self else { return nil }
        return bytes
    }

    fileprivate var number: ExactDecimal? {
        guard case .number(let value) = self else { return nil }
        return value
    }
}

extension Array where Element: Hashable {
    /// The distinct elements in order.
    fileprivate func sortedSet(by isBefore: (Element, Element) -> Bool) -> [Element] {
        Set(self).sorted(by: isBefore)
    }
}
