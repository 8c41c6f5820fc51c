import ArkaModel
import ArkaRules

/// A comparison of a number column with a constant, exact for every number in the fast form.
///
/// A constant with more than six decimals lies between two numbers of the column, one outside ±9.2 ×
/// 10¹² beyond all of them; so every comparison is one with a whole bound, or decided.
enum NumberBound: Hashable {
    /// The number's fast form is below the bound; or, negated, at least as large.
    case below(Int64, negated: Bool)
    /// The fast form is equal; or, negated, not equal.
    case equal(Int64, negated: Bool)
    /// All numbers compare alike.
    case decided(Bool)

    init(_ comparison: Comparison, _ constant: ExactDecimal) {
        let unit: Int128 = 1_000_000_000_000
        let (quotient, remainder) = constant.scaled.quotientAndRemainder(dividingBy: unit)
        // Division truncates; the floor is one lower for negative numbers with a remainder.
        let floor = remainder < 0 ? quotient - 1 : quotient
        let ceiling = remainder > 0 ? quotient + 1 : quotient
        switch comparison {
        case .less: self = .bounded(below: ceiling, negated: false)
        case .greaterOrEqual: self = .bounded(below: ceiling, negated: true)
        case .lessOrEqual: self = .bounded(below: floor + 1, negated: false)
        case .greater: self = .bounded(below: floor + 1, negated: true)
        case .equal, .notEqual:
            let negated = comparison == .notEqual
            if let value = constant.fast {
                self = .equal(value, negated: negated)
            } else {
                self = .decided(negated)
            }
        }
    }

    private static func bounded(below bound: Int128, negated: Bool) -> NumberBound {
        // The smallest number of a column is `Int64.min + 1`.
        if bound <= Int128(Int64.min) + 1 { return .decided(negated) }
        guard let exact = Int64(exactly: bound) else { return .decided(!negated) }
        return .below(exact, negated: negated)
    }
}
