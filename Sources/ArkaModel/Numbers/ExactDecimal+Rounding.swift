/// Where a number goes that has more decimals than are wanted.
public enum Rounding: String, Sendable, Hashable, CaseIterable {
    /// To the nearest; a half goes away from zero.
    case round
    /// Down.
    case floor
    /// Up.
    case ceil
    /// Towards zero.
    case trunc
}

extension ExactDecimal {
    /// The number with at most this many decimals, 0 to 18; `nil` if it leaves the range.
    public func rounded(_ rounding: Rounding, decimals: Int) -> ExactDecimal? {
        let unit = Self.unit(decimals)
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: unit)
        let step = Self.step(
            rounding, isNegative: scaled < 0, remainder: remainder.magnitude,
            divisor: unit.magnitude)
        let (whole, overflow) = quotient.addingReportingOverflow(step)
        let (product, overflow2) = whole.multipliedReportingOverflow(by: unit)
        return overflow || overflow2 ? nil : ExactDecimal(scaled: product)
    }

    /// The quotient with at most this many decimals, 0 to 18, rounded once from its exact value.
    /// - Returns: `nil` if it leaves the range.
    /// - Precondition: `divisor` is not zero.
    public func divided(
        by divisor: ExactDecimal, _ rounding: Rounding, decimals: Int
    ) -> ExactDecimal? {
        precondition(divisor.scaled != 0, "a divisor is zero")
        let unit = Self.unit(decimals)
        let scale = Self.one.scaled / unit
        let wide = scaled.magnitude.multipliedFullWidth(by: scale.magnitude)
        guard wide.high < divisor.scaled.magnitude else { return nil }
        let (quotient, remainder) = divisor.scaled.magnitude.dividingFullWidth(wide)
        let isNegative = (scaled < 0) != (divisor.scaled < 0)
        guard let magnitude = Int128(exactly: quotient) else { return nil }
        let step = Self.step(
            rounding, isNegative: isNegative, remainder: remainder,
            divisor: divisor.scaled.magnitude)
        let (whole, overflow) = (isNegative ? -magnitude : magnitude).addingReportingOverflow(step)
        let (product, overflow2) = whole.multipliedReportingOverflow(by: unit)
        return overflow || overflow2 ? nil : ExactDecimal(scaled: product)
    }

    /// 10^(18 - decimals): the scaled form of the last decimal wanted.
    private static func unit(_ decimals: Int) -> Int128 {
        precondition((0...fractionDigits).contains(decimals), "0 to 18 decimals")
        return (decimals..<fractionDigits).reduce(1) { power, _ in power * 10 }
    }

    /// What is added to a quotient that was cut off towards zero.
    private static func step(
        _ rounding: Rounding, isNegative: Bool, remainder: UInt128, divisor: UInt128
    ) -> Int128 {
        guard remainder != 0 else { return 0 }
        switch rounding {
        case .trunc: return 0
        case .floor: return isNegative ? -1 : 0
        case .ceil: return isNegative ? 0 : 1
        case .round:
            // Written so that twice the remainder cannot leave 128 bits.
            let isHalfOrMore = remainder >= divisor - remainder
            return isHalfOrMore ? (isNegative ? -1 : 1) : 0
        }
    }
}
