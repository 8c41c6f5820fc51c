import ArkaModel
import ArkaRules

/// `k · a  op  m · b` over number columns, where neither product can fail: the quick form of
/// arithmetic such as `amount > 3 * average`.
///
/// A factor of at most 12 decimals times a number of 6 needs at most 18, and a factor whose
/// 10¹²-fold fits 64 bits times a fast number fits 128: so the result is what exact decimals say.
struct LinearComparison: BitwiseCopyable, Sendable {
    /// A factor times a column; or a constant.
    struct Side: BitwiseCopyable, Sendable {
        /// The factor times 10¹².
        var factor: Int64 = 0
        /// The column; negative for a constant.
        var column: Int32 = -1
        /// The constant times 10¹⁸.
        var constant: Int128 = 0
    }

    let left: Side
    let comparison: UInt8
    let right: Side

    /// - Returns: `nil` if the terms have another form.
    init?(_ a: Term, _ comparison: Comparison, _ b: Term, _ layout: ColumnLayout) {
        guard let left = Self.side(a, layout), let right = Self.side(b, layout) else { return nil }
        self.left = left
        self.comparison = comparison.rawValue
        self.right = right
    }

    private static func side(_ term: Term, _ layout: ColumnLayout) -> Side? {
        switch term {
        case .constant(let value): return Side(constant: value.scaled)
        case .field(let field): return side(.one, field, layout)
        case .negate(.field(let field)):
            return side(ExactDecimal(scaled: -ExactDecimal.one.scaled), field, layout)
        case .multiply(.constant(let factor), .field(let field)),
            .multiply(.field(let field), .constant(let factor)):
            return side(factor, field, layout)
        default: return nil
        }
    }

    private static func side(
        _ factor: ExactDecimal, _ field: FieldID, _ layout: ColumnLayout
    ) -> Side? {
        let (scaled, remainder) = factor.scaled.quotientAndRemainder(dividingBy: 1_000_000)
        guard remainder == 0, let factor = Int64(exactly: scaled) else { return nil }
        return Side(factor: factor, column: layout.columns(of: field).number)
    }

    /// The rows for which it holds. Where a number is missing the bit means nothing.
    func rows(_ numbers: UnsafePointer<Int64>, words: Int) -> RowMask {
        // SAFETY: `numbers` holds all columns of the layout that named the sides, `words` words of
        // rows each.
        let ordering: (less: Bool, same: Bool, more: Bool) =
            switch Comparison(rawValue: comparison) ?? .equal {
            case .equal: (false, true, false)
            case .notEqual: (true, false, true)
            case .less: (true, false, false)
            case .lessOrEqual: (true, true, false)
            case .greater: (false, false, true)
            case .greaterOrEqual: (false, true, true)
            }
        var mask = RowMask.none
        for word in 0..<words {
            var bits: UInt64 = 0
            for bit in 0..<64 {
                let a = left.value(numbers, word &<< 6 &+ bit)
                let b = right.value(numbers, word &<< 6 &+ bit)
                let holds = a < b ? ordering.less : a == b ? ordering.same : ordering.more
                bits |= (holds ? 1 : 0) &<< UInt64(bit)
            }
            mask[word] = bits
        }
        return mask
    }
}

extension LinearComparison.Side {
    @inline(__always) fileprivate func value(
        _ numbers: UnsafePointer<Int64>, _ row: Int
    ) -> Int128 {
        guard column >= 0 else { return constant }
        let product = factor.multipliedFullWidth(by: numbers[Int(column) + row])
        return Int128(product.high) &<< 64 | Int128(product.low)
    }
}
