import ArkaModel
import ArkaText

/// `contains`, `starts_with`, `ends_with` and `matches`.
extension Checker {
    mutating func check(
        _ left: ExpressionSyntax, _ test: TextTestSyntax, _ right: ExpressionSyntax,
        _ range: SourceRange
    ) -> CheckedExpression? {
        let operands = (check(left), check(right))
        guard let a = operands.0, let b = operands.1 else { return nil }
        if test.test == .contains, let array = a.field, catalog.fields[array].mayBeArray {
            return check(array, contains: b, a, range)
        }
        let texts = (text(a), text(b))
        guard let x = texts.0, let y = texts.1 else { return nil }
        if test.test == .matches { return check(x, matches: y, b, [a.weight], range) }
        return weighed(
            .condition(.textTest(x, test.test, y)), range, [a.weight, b.weight],
            operations: a.alternativeCount * b.alternativeCount)
    }

    /// An array contains an element, a text contains a text. Where no schema says which of the two
    /// the left side is, the record does.
    private mutating func check(
        _ array: FieldIndex, contains element: CheckedExpression, _ whole: CheckedExpression,
        _ range: SourceRange
    ) -> CheckedExpression? {
        guard let ofArray = check(element: element, of: array, range),
            case .condition(let isElement) = ofArray.form
        else { return nil }
        guard whole.types.contains(.text), element.types.contains(.text),
            case .value(let part, _) = element.form
        else { return ofArray }
        let isPart = Logic.textTest(.field(array), .contains, part)
        return weighed(
            .condition(.either(isText: array, isPart, isElement)), range, [ofArray.weight])
    }

    private mutating func check(
        _ text: Value, matches pattern: Value, _ checked: CheckedExpression, _ weights: [Weight],
        _ range: SourceRange
    ) -> CheckedExpression? {
        guard case .constant(.text(let source)) = pattern else {
            report(
                .patternNotConstant, "a pattern is a constant text",
                expected: "a text in double quotes, or a 'const'", at: checked.range)
            return nil
        }
        do throws(PatternFailure) {
            let pattern = RulePattern(try TextPattern(source))
            return weighed(.condition(.matches(text, pattern)), range, weights)
        } catch {
            report(error.code, error.message, expected: error.expectation, at: checked.range)
            return nil
        }
    }
}
