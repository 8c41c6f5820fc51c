import ArkaModel

/// An expression as written, with its place.
struct ExpressionSyntax {
    /// What it is.
    indirect enum Kind {
        case number(ExactDecimal)
        case text([UInt8])
        case boolean(Bool)
        case null
        case list([ExpressionSyntax])
        case path([NameSyntax])
        case negate(ExpressionSyntax)
        case arithmetic(ArithmeticOperator, ExpressionSyntax, ExpressionSyntax)
        /// `a ?? b ?? …`, at least two.
        case alternatives([ExpressionSyntax])
        case compare(ExpressionSyntax, ComparisonSyntax, ExpressionSyntax)
        /// `x in [ … ]`; `not in` is ``not(_:)`` of it.
        case member(ExpressionSyntax, [ExpressionSyntax])
        /// `x is known`; `is unknown` is ``not(_:)`` of it.
        case known(ExpressionSyntax)
        case not(ExpressionSyntax)
        /// `a and b and …`, at least two.
        case all([ExpressionSyntax])
        /// `a or b or …`, at least two.
        case any([ExpressionSyntax])
        /// Something that was reported and stands for any value.
        case reported
    }

    let kind: Kind
    let range: SourceRange
    /// 1 for a leaf, one more than the highest child otherwise; see ``Limits``.
    let height: Int

    init(_ kind: Kind, _ range: SourceRange, over height: Int = 0) {
        self.kind = kind
        self.range = range
        self.height = height + 1
    }
}

/// A comparison and its place.
struct ComparisonSyntax {
    let comparison: Comparison
    let range: SourceRange
}

/// `+ - * /`
enum ArithmeticOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
}
