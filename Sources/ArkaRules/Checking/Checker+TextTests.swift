import ArkaModel
import ArkaText

/// `contains`, `starts_with`, `ends_with` and `matches`.
extension Checker {
    mutating func check(
        _ left: ExpressionSyntax, _ test: TextTestSyntax, _ right: ExpressionSyntax,
        _ range: SourceRange
    ) -> CheckedExpression? {
        let operands = (check(left), test.test == .matches ? check(unread: right) : check(right))
        guard let a = operands.0, let b = operands.1 else { return nil }
        if test.test == .contains, let array = a.field, catalog.fields[array].mayBeArray {
            return check(array, contains: b, a, range)
        }
        guard let x = text(a), let y = text(b) else { return nil }
        if test.test == .matches { return check(x, matches: y, right, [a.weight], range) }
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
        _ text: Value, matches pattern: Value, _ syntax: ExpressionSyntax, _ weights: [Weight],
        _ range: SourceRange
    ) -> CheckedExpression? {
        guard case .constant(.text(let source)) = pattern else {
            report(
                .patternNotConstant, "a pattern is a constant text",
                expected: "a text in double quotes, or a 'const'", at: syntax.range)
            return nil
        }
        do throws(PatternFailure) {
            let pattern = RulePattern(try TextPattern(source))
            return weighed(.condition(.matches(text, pattern)), range, weights)
        } catch {
            report(
                error.code, error.message, expected: error.expectation,
                at: place(of: error.place, in: syntax))
            return nil
        }
    }

    /// Where a part of a pattern stands in the file; all of it where that cannot be said.
    private func place(of part: SourceRange?, in syntax: ExpressionSyntax) -> SourceRange {
        let bytes = collector.source.utf8
        guard let part, case .text = syntax.kind, bytes[syntax.range.start] == UInt8(ascii: "\"")
        else { return syntax.range }
        return TextPieces.place(of: part, in: syntax.range, bytes)
    }
}
