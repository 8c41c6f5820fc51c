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

    @Test func `a quotient by zero has no place`() {
        #expect(ExactDecimal.compare(quotientOf: .one, by: .zero, with: .one) == nil)
    }
}
