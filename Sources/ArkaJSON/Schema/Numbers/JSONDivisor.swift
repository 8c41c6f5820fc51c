/// What `multipleOf` divides by: a number above zero with at most 18 digits, which 64 bits hold.
struct JSONDivisor: Sendable {
    /// As it was written, for messages.
    let text: String
    private let coefficient: UInt64
    private let exponent: Int

    init?(_ number: JSONNumber, text: String) {
        guard !number.isNegative, (1...18).contains(number.digits.count) else { return nil }
        self.text = text
        coefficient = number.digits.reduce(0) { $0 * 10 + UInt64($1) }
        exponent = number.exponent
    }

    /// Whether a number divided by this one is whole, exactly; takes time linear in its digits.
    func divides(_ number: JSONNumber) -> Bool {
        guard !number.digits.isEmpty else { return true }
        // The last digit is not zero, so nothing is left to divide by a power of ten.
        guard number.exponent >= exponent else { return false }
        let remainder = number.digits.reduce(0) { remainder, digit in
            (UInt128(remainder) * 10 + UInt128(digit)) % UInt128(coefficient)
        }
        return remainder * powerOfTen(number.exponent - exponent) % UInt128(coefficient) == 0
    }

    /// 10ⁿ modulo the coefficient, by squaring: exponents may be large.
    private func powerOfTen(_ exponent: Int) -> UInt128 {
        let modulus = UInt128(coefficient)
        var (result, base, left) = (1 % modulus, 10 % modulus, exponent)
        while left > 0 {
            if left & 1 == 1 { result = result * base % modulus }
            base = base * base % modulus
            left >>= 1
        }
        return result
    }
}
