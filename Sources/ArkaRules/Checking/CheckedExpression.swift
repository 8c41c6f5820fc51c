import ArkaModel

/// An expression that means something, before its place has decided how it is used.
struct CheckedExpression {
    /// What it is.
    enum Form {
        /// A value and the types it may have.
        case value(Value, ValueTypes)
        case condition(Logic)
    }

    let form: Form
    let range: SourceRange
    let weight: Weight

    init(_ form: Form, _ range: SourceRange, _ weight: Weight) {
        self.form = form
        self.range = range
        self.weight = weight
    }

    /// A constant.
    init(_ constant: Constant, _ range: SourceRange) {
        self.init(.value(.constant(constant), constant.type), range, Weight())
    }

    /// The constant that it is, if it is one.
    var constant: Constant? {
        guard case .value(.constant(let constant), _) = form else { return nil }
        return constant
    }

    /// Whether it is `a / b`.
    var isQuotient: Bool {
        guard case .value(.quotient, _) = form else { return false }
        return true
    }

    /// The places it is compared at: one for each alternative.
    var alternativeCount: Int {
        guard case .value(.alternatives(let values), _) = form else { return 1 }
        return values.count
    }
}

/// How large an expression is with its `let`s filled in.
struct Weight {
    /// See ``Limits/expressionHeightMax``.
    private(set) var height = 1
    /// See ``Limits/ruleOperationsMax``.
    private(set) var operations = 1
    /// More than any bound, so that sums of sums do not overflow.
    private static let operationsMany = 1 << 32

    init() {}

    /// The weight of a node over others that stands for some operations itself.
    init(over children: [Weight], operations own: Int = 1) {
        operations = own
        for child in children {
            height = max(height, child.height + 1)
            operations = min(operations + child.operations, Self.operationsMany)
        }
    }
}
