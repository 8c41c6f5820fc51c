import ArkaModel
import ArkaText
import Testing

@Suite struct NumberListTests {
    @Test func `numbers are equal by value, however they were written`() throws {
        let list = try NumberList(["1.50", "15e-1", "-3", "5411"].map { try ExactDecimal($0) })
        #expect(list.count == 3)
        #expect(try list.contains(ExactDecimal("1.5")))
        #expect(list.contains(ExactDecimal(-3)))
        #expect(list.contains(ExactDecimal(5411)))
        #expect(!list.contains(ExactDecimal(3)))
        #expect(try !list.contains(ExactDecimal("1.500000000000000001")))
        #expect(!list.contains(.zero))
    }

    @Test func `zero and the ends of the range are numbers like others`() {
        let ends = [ExactDecimal.zero, ExactDecimal(scaled: .min), ExactDecimal(scaled: .max)]
        let list = NumberList(ends + ends)
        #expect(list.count == 3)
        for end in ends { #expect(list.contains(end)) }
        #expect(!list.contains(.one))
        #expect(NumberList([]).count == 0)
        #expect(!NumberList([]).contains(.zero))
        #expect(!NumberList([.one]).contains(.zero))
    }

    @Test(arguments: [1, 10, 1_000, 20_000])
    func `a list agrees with a set, whatever its size`(count: Int) {
        var random = Seeded(UInt64(count))
        func number() -> ExactDecimal {
            let small = Int64(random.below(count * 2)) - Int64(count)
            return random.oneIn(2) ? ExactDecimal(small) : ExactDecimal(scaled: Int128(small) << 70)
        }
        let entries = (0..<count).map { _ in number() }
        let oracle = Set(entries)
        let list = NumberList(entries)
        #expect(list.count == oracle.count)
        for entry in oracle { #expect(list.contains(entry)) }
        for _ in 0..<1_000 {
            let other = number()
            #expect(list.contains(other) == oracle.contains(other), "\(other)")
        }
    }

    @Test func `a list of many entries holds them all`() {
        let list = NumberList((0..<150_000).map { ExactDecimal(fast: Int64($0) * 2) })
        #expect(list.count == 150_000)
        #expect((0..<150_000).allSatisfy { list.contains(ExactDecimal(fast: Int64($0) * 2)) })
        #expect(!(0..<150_000).contains { list.contains(ExactDecimal(fast: Int64($0) * 2 + 1)) })
    }
}
