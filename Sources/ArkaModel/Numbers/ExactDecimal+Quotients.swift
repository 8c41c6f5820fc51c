/// How two values stand to each other.
@frozen public enum Ordering: Int8, Sendable, Hashable {
    /// The first is smaller.
    case ascending = -1
    /// They are equal.
    case same
    /// The first is larger.
    case descending

    /// The other way round.
    @inlinable public var reversed: Ordering {
        switch self {
        case .ascending: .descending
        case .same: .same
        case .descending: .ascending
        }
    }
}

extension ExactDecimal {
    /// Compares `dividend / divisor` with a value, exactly, whether the quotient can be written as
    /// a decimal or not.
    ///
    /// Both sides are multiplied by the divisor in 256 bits, so no result is too large.
    /// - Returns: How the quotient stands to the value; `nil` if the divisor is zero.
    public static func compare(
        quotientOf dividend: ExactDecimal, by divisor: ExactDecimal, with value: ExactDecimal
    ) -> Ordering? {
        guard divisor.scaled != 0 else { return nil }
        let left = WideProduct(dividend.scaled, ExactDecimal.one.scaled)
        let right = WideProduct(divisor.scaled, value.scaled)
        let ordering = left.compared(with: right)
        return divisor.scaled < 0 ? ordering.reversed : ordering
    }

    /// The exact quotient.
    /// - Precondition: `divisor` is not zero.
    public func divided(by divisor: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
        precondition(divisor.scaled != 0, "a divisor is zero")
        let wide = scaled.magnitude.multipliedFullWidth(by: ExactDecimal.one.scaled.magnitude)
        guard wide.high < divisor.scaled.magnitude else { throw .overflow }
        let (quotient, remainder) = divisor.scaled.magnitude.dividingFullWidth(wide)
        guard remainder == 0 else { throw .inexact }
        guard let value = Int128(exactly: quotient) else { throw .overflow }
        return ExactDecimal(scaled: (scaled < 0) != (divisor.scaled < 0) ? -value : value)
    }
}

/// A product of two 128-bit numbers in full.
private struct WideProduct {
    let sign: Int
    let magnitude: (high: UInt128, low: UInt128)

    init(_ a: Int128, _ b: Int128) {
        sign = a.signum() == 0 || b.signum() == 0 ? 0 : (a < 0) == (b < 0) ? 1 : -1
        magnitude = a.magnitude.multipliedFullWidth(by: b.magnitude)
    }

    func compared(with other: WideProduct) -> Ordering {
        if sign != other.sign { return sign < other.sign ? .ascending : .descending }
        let a = magnitude
        let b = other.magnitude
        if a.high == b.high, a.low == b.low { return .same }
        let smaller = a.high == b.high ? a.low < b.low : a.high < b.high
        return smaller == (sign > 0) ? .ascending : .descending
    }
}
