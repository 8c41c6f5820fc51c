import ArkaModel

/// An expression as written, with its place.
struct ExpressionSyntax {
    /// What it is.
    indirect enum Kind {
        case number(ExactDecimal)
        /// `24h`, in seconds.
        case duration(ExactDecimal)
        case text([UInt8])
        /// `"at \(x)"`: a text with values in it.
        case template([TemplatePieceSyntax])
        case boolean(Bool)
        case null
        case list([ExpressionSyntax])
        /// Steps of a path; the first is a name.
        case path([StepSyntax])
        case call(CallSyntax)
        /// `call(…).name`: something inside the answer of a call.
        case access(CallSyntax, [StepSyntax])
        case negate(ExpressionSyntax)
        case arithmetic(ArithmeticOperator, ExpressionSyntax, ExpressionSyntax)
        /// `a ?? b ?? …`, at least two.
        case alternatives([ExpressionSyntax])
        case compare(ExpressionSyntax, ComparisonSyntax, ExpressionSyntax)
        /// `x in y`; `not in` is ``not(_:)`` of it.
        case member(ExpressionSyntax, ExpressionSyntax)
        /// `x contains y` and its kin.
        case textTest(ExpressionSyntax, TextTestSyntax, ExpressionSyntax)
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

extension ExpressionSyntax {
    /// The names that it begins with, if it is a path, or a call or something inside its answer.
    var path: [StepSyntax]? {
        switch kind {
        case .path(let path): path
        case .call(let call), .access(let call, _): call.path
        default: nil
        }
    }
}

/// A step of a path and its place.
struct StepSyntax {
    let step: PathStep
    let range: SourceRange

    /// As it is written, such as `amount` or `[0]`.
    var text: String {
        switch step {
        case .property(let name): name
        case .element(let index): "[\(index)]"
        }
    }
}

/// A piece of a text with values in it.
enum TemplatePieceSyntax {
    case text([UInt8])
    case value(ExpressionSyntax)
}

/// `name(value, …)` or `plugin.name.function(name: value, …)`.
struct CallSyntax {
    /// What is called; the first step is a name.
    let path: [StepSyntax]
    let arguments: [CallArgumentSyntax]
    /// From the first name to the closing bracket.
    let range: SourceRange
}

/// An argument of a call, with or without its name.
struct CallArgumentSyntax {
    let name: NameSyntax?
    let value: ExpressionSyntax
}

/// A comparison and its place.
struct ComparisonSyntax {
    let comparison: Comparison
    let range: SourceRange
}

/// `contains`, `starts_with`, `ends_with` or `matches` and its place.
struct TextTestSyntax {
    let test: TextOperator
    let range: SourceRange
}

/// The operators that look into texts.
enum TextOperator: String, Sendable, Hashable, CaseIterable {
    case contains
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case matches
}

/// `+ - * /`
enum ArithmeticOperator: String, Sendable, Hashable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
}
