import ArkaModel

/// An expression that means something, before its place has decided how it is used.
struct CheckedExpression {
    /// What it is.
    enum Form {
        /// A value and the types it may have; none for objects and arrays.
        case value(Value, ValueTypes)
        case condition(Logic)
        /// The answer of a call, or a part of it that is no single value, is a value too; a list is
        /// not.
        case list(RuleList)
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
    init(_ constant: Constant, _ range: SourceRange, _ types: ValueTypes? = nil) {
        self.init(.value(.constant(constant), types ?? constant.type), range, Weight())
    }

    /// The constant that it is, if it is one.
    var constant: Constant? {
        guard case .value(.constant(let constant), _) = form else { return nil }
        return constant
    }

    /// The types it may have; none if it is no value.
    var types: ValueTypes {
        guard case .value(_, let types) = form else { return [] }
        return types
    }

    /// Whether it is `a / b`.
    var isQuotient: Bool {
        guard case .value(.quotient, _) = form else { return false }
        return true
    }

    /// Whether it is `a / b` of constants, without an exact value.
    var isConstantQuotient: Bool {
        guard case .value(.quotient(let a, let b), _) = form else { return false }
        return a.isConstant && b.isConstant
    }

    /// The field that it is, if it is nothing else.
    var field: FieldIndex? {
        guard case .value(.field(let field), _) = form else { return nil }
        return field
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
