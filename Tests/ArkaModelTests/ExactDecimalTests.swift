import ArkaModel
import Testing

@Suite struct ExactDecimalTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("1.50", "1.5"), ("15e-1", "1.5"), ("1E+2", "100"),
        ("0.000001", "0.000001"), ("123456789012345678901e-1", "12345678901234567890.1"),
        ("170141183460469231731.687303715884105727", "170141183460469231731.687303715884105727"),
        ("1000000000000000000000000e-20", "10000"), ("0e999999999999", "0"),
        ("0.0000000000000000010", "0.000000000000000001"),
    ])
    func `numbers are read exactly`(text: String, expected: String) throws {
        #expect(try ExactDecimal(text).description == expected)
    }

    @Test(arguments: [
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", " 1", "NaN", "--1",
    ])
    func `what JSON does not call a number is malformed`(text: String) {
        #expect(throws: NumeralFailure.malformed) { try ExactDecimal(text) }
    }

    @Test(arguments: [
        "1e21", "0.0000000000000000001", "1e-19", "1e1000000000000", "170141183460469231732",
    ])
    func `what does not fit is out of range, never rounded`(text: String) {
        #expect(throws: NumeralFailure.outOfRange) { try ExactDecimal(text) }
    }

    @Test func `a number of 400 digits is out of range at once`() {
        #expect(throws: NumeralFailure.outOfRange) {
            try ExactDecimal(String(repeating: "9", count: 400))
        }
    }

    @Test func `three times 1_1 is 3_3`() throws {
        let product = try ExactDecimal("1.1").multiplied(by: ExactDecimal(3))
        #expect(try product == ExactDecimal("3.3"))
    }

    @Test func `products that need more decimals or more room say so`() throws {
        let tiny = try ExactDecimal("0.0000000001")
        #expect(throws: ArithmeticFailure.inexact) { try tiny.multiplied(by: tiny) }
        let huge = try ExactDecimal("100000000000000000000")
        #expect(throws: ArithmeticFailure.overflow) { try huge.multiplied(by: ExactDecimal(2)) }
        #expect(try huge.multiplied(by: ExactDecimal("0.5")).description == "50000000000000000000")
        #expect(try ExactDecimal(-3).multiplied(by: ExactDecimal(2)) == ExactDecimal(-6))
    }

    @Test func `the fast form has six decimals and never the sentinel`() throws {
        #expect(try ExactDecimal("220.5").fast == 220_500_000)
        #expect(try ExactDecimal("0.0000001").fast == nil)
        #expect(try ExactDecimal("10000000000000").fast == nil)
        #expect(ExactDecimal(fast: .min).fast == nil)
        #expect(ExactDecimal(fast: -1).description == "-0.000001")
    }

    @Test func `sums and differences leave the range as nil`() {
        let top = ExactDecimal(scaled: .max)
        #expect(top.adding(.one) == nil)
        #expect(ExactDecimal(scaled: .min).subtracting(.one) == nil)
        #expect(ExactDecimal(scaled: .min).negated == nil)
        #expect(ExactDecimal(2).adding(ExactDecimal(3)) == ExactDecimal(5))
    }
}
