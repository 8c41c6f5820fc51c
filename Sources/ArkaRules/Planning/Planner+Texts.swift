import ArkaModel
import ArkaText

/// What is asked of texts and arrays.
extension Planner {
    /// Two texts of which at least one is computed.
    mutating func planTexts(
        _ a: Value, _ comparison: Comparison, _ b: Value, _ negated: Bool
    ) -> Draft {
        let (left, right) = (text(a), text(b))
        return draft(.textTest(left, .compared(comparison, right)), negated)
    }

    mutating func textTest(_ test: TextOperator, _ other: Value) -> TextTest {
        let other = text(other)
        switch test {
        case .contains: return .contains(other)
        case .startsWith: return .startsWith(other)
        case .endsWith: return .endsWith(other)
        case .matches: preconditionFailure("patterns are compiled by the checker")
        }
    }

    /// A pattern that asks for one whole text is a comparison.
    mutating func planMatch(_ value: Value, _ pattern: RulePattern, _ negated: Bool) -> Draft {
        if case .equals(let bytes) = pattern.pattern.shape {
            return planComparison(value, .equal, .constant(.text(bytes)), .text, negated)
        }
        return draft(.textTest(text(value), .matches(pattern)), negated)
    }

    /// An element of an array that equals a value; the record decides of what type, if the rule does
    /// not.
    mutating func planElement(
        _ array: FieldIndex, _ value: Value, _ types: ValueTypes, _ negated: Bool
    ) -> Draft {
        guard types.each.count > 1 else {
            return planElement(array, value, type: types, negated)
        }
        return choose(value.alternatives, as: uses(types, beside: nil)) { planner, value in
            planner.dispatch(value, types) { planner, type in
                planner.planElement(array, value, type: type, negated)
            }
        }
    }

    private mutating func planElement(
        _ array: FieldIndex, _ value: Value, type: ValueTypes, _ negated: Bool
    ) -> Draft {
        let field = use(array, as: .raw)
        switch type {
        case .text:
            let text = text(value)
            return draft(.element(field, .text(text)), negated)
        case .number:
            let term = term(value)
            return draft(.element(field, .number(term)), negated)
        default:
            return choose(value.alternatives, as: .boolean) { planner, value in
                planner.planBooleanElement(field, value, negated)
            }
        }
    }

    private mutating func planBooleanElement(
        _ array: FieldID, _ value: Value, _ negated: Bool
    ) -> Draft {
        switch value {
        case .constant(.boolean(let constant)):
            draft(.element(array, .constant(constant)), negated)
        case .field(let field):
            draft(.element(array, .boolean(use(field, as: .boolean))), negated)
        default: preconditionFailure("booleans are fields or constants")
        }
    }

    /// One condition where a field is a text, another one where it is not.
    mutating func planEither(
        isText field: FieldIndex, _ first: Logic, _ second: Logic, _ negated: Bool
    ) -> Draft {
        let guardPredicate = Predicate.readable(use(field, as: .text), as: .text)
        let isText = plan(first, negated: negated)
        return select(guardPredicate, isText, plan(second, negated: negated))
    }
}
