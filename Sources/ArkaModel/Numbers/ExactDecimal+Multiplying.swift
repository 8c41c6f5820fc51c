/// Why an arithmetic result cannot be had exactly.
@frozen public enum ArithmeticFailure: Error, Sendable, Hashable {
    /// The result is beyond ±1.7 × 10²⁰.
    case overflow
    /// The result needs more than 18 decimals.
    case inexact
}

extension ExactDecimal {
    /// The exact product.
    ///
    /// The full 256-bit product is divided by 10¹⁸, so a product that fits is found even where the
    /// intermediate value would not.
    public func multiplied(by other: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
        let magnitude = scaled.magnitude.multipliedFullWidth(by: other.scaled.magnitude)
        let unit = UInt128(1_000_000_000_000_000_000)
        guard magnitude.high < unit else { throw .overflow }
        let (quotient, remainder) = unit.dividingFullWidth(magnitude)
        guard remainder == 0 else { throw .inexact }
        let negative = (scaled < 0) != (other.scaled < 0)
        guard quotient <= UInt128(Int128.max) else { throw .overflow }
        let value = Int128(quotient)
        return ExactDecimal(scaled: negative ? -value : value)
    }
}
