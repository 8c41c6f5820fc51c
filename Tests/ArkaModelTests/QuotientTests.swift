import ArkaModel
import Testing

struct QuotientTests {
    @Test(arguments: [
        ("10", "4", "2.5", Ordering.same), ("1", "3", "0.333333333333333333", .descending),
        ("-1", "3", "-0.333333333333333333", .ascending), ("1", "-3", "0", .ascending),
        ("0", "-7", "0", .same), ("-6", "-3", "2", .same), ("2", "3", "1", .ascending),
        ("170000000000000000000", "0.000000000000000001", "5", .descending),
        ("0.000000000000000001", "170000000000000000000", "0", .descending),
        ("-1", "2", "-0.6", .descending),
    ])
    func `a quotient is compared exactly`(
        a: String, b: String, value: String, expected: Ordering
    ) throws {
        let result = ExactDecimal.compare(
            quotientOf: try ExactDecimal(a), by: try ExactDecimal(b), with: try ExactDecimal(value))
        #expect(result == expected)
    }

    @Test(arguments: [("10", "4", "2.5"), ("-6", "0.5", "-12"), ("0", "-3", "0")])
    func `an exact quotient is found`(a: String, b: String, expected: String) throws {
        #expect(try ExactDecimal(a).divided(by: ExactDecimal(b)) == ExactDecimal(expected))
    }

    @Test func `a quotient that is not exact or too large is refused`() throws {
        let small = try ExactDecimal("0.000000000000000001")
        #expect(throws: ArithmeticFailure.inexact) { try ExactDecimal.one.divided(by: .init(3)) }
        #expect(throws: ArithmeticFailure.overflow) { try ExactDecimal(1_000).divided(by: small) }
    }

    @Test func `a quotient by zero has no place`() {
        #expect(ExactDecimal.compare(quotientOf: .one, by: .zero, with: .one) == nil)
    }
}
