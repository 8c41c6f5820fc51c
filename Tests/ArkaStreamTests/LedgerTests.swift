import ArkaStream
import Testing

@Suite struct LedgerTests {
    @Test func `the line names every count in the agreed form`() {
        let ledger = Ledger(consumed: 10, decided: 4, deadLettered: 3, skipped: 2, returned: 1)
        #expect(
            ledger.line == "ledger: consumed=10 decided=4 dead_lettered=3 skipped=2 returned=1")
        #expect(ledger.difference == 0)
        #expect(ledger.differenceLine == nil)
    }

    @Test(arguments: [(11, 1), (9, -1)])
    func `a record too few or too many is a difference`(consumed: Int, difference: Int) throws {
        let ledger = Ledger(
            consumed: consumed, decided: 4, deadLettered: 3, skipped: 2, returned: 1)
        #expect(ledger.difference == difference)
        let line = try #require(ledger.differenceLine)
        #expect(line.hasPrefix("ledger: difference=\(difference):"))
    }

    @Test func `the ledgers of lanes add up count by count`() {
        var sum = Ledger(consumed: 1, decided: 2, deadLettered: 3, skipped: 4, returned: 5)
        sum += Ledger(consumed: 10, decided: 20, deadLettered: 30, skipped: 40, returned: 50)
        let expected = Ledger(
            consumed: 11, decided: 22, deadLettered: 33, skipped: 44, returned: 55)
        #expect(sum == expected)
    }
}
