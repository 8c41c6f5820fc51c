/// A decimal number that is exact or is not there at all.
///
/// The value is `scaled × 10⁻¹⁸` in 128 bits, so it holds amounts up to ±1.7 × 10²⁰ with 18
/// decimals. What does not fit is refused, never rounded: reading `0.1` and comparing it with `0.1`
/// is true, and `1.1 * 3 == 3.3` too. Most numbers fit the fast form as well, `Int64` at 10⁻⁶,
/// which the evaluation uses for whole batches; see ``fast``.
@frozen public struct ExactDecimal: Sendable, Hashable {
    /// Decimals kept after the point.
    public static let fractionDigits = 18
    /// 10¹⁸, the scaled form of one.
    public static let one = ExactDecimal(scaled: 1_000_000_000_000_000_000)
    /// Zero.
    public static let zero = ExactDecimal(scaled: 0)

    /// The value times 10¹⁸.
    public let scaled: Int128

    /// Wraps a value that is scaled already.
    @inlinable public init(scaled: Int128) {
        self.scaled = scaled
    }

    /// Takes a whole number; every `Int64` fits.
    @inlinable public init(_ whole: Int64) {
        scaled = Int128(whole) * 1_000_000_000_000_000_000
    }

    /// Widens the fast form: `fast × 10⁻⁶`.
    @inlinable public init(fast: Int64) {
        scaled = Int128(fast) * 1_000_000_000_000
    }

    /// The value times 10⁶, if it has at most six decimals and fits.
    ///
    /// `Int64.min` is never returned: columns use it for "unknown".
    @inlinable public var fast: Int64? {
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: 1_000_000_000_000)
        guard remainder == 0, let value = Int64(exactly: quotient), value != .min else {
            return nil
        }
        return value
    }

    /// The sum, or `nil` if it leaves the range.
    @inlinable public func adding(_ other: ExactDecimal) -> ExactDecimal? {
        let (sum, overflow) = scaled.addingReportingOverflow(other.scaled)
        return overflow ? nil : ExactDecimal(scaled: sum)
    }

    /// The difference, or `nil` if it leaves the range.
    @inlinable public func subtracting(_ other: ExactDecimal) -> ExactDecimal? {
        let (difference, overflow) = scaled.subtractingReportingOverflow(other.scaled)
        return overflow ? nil : ExactDecimal(scaled: difference)
    }

    /// The number with the other sign, or `nil` for the one value that has none.
    @inlinable public var negated: ExactDecimal? {
        scaled == .min ? nil : ExactDecimal(scaled: -scaled)
    }
}

extension ExactDecimal: Comparable {
    /// Orders by value.
    @inlinable public static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
        a.scaled < b.scaled
    }
}
