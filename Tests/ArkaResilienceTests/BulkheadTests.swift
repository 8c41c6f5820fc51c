import Testing

@testable import ArkaResilience

@Suite struct BulkheadTests {
    private func bulkhead(
        concurrent: Int, waiting: Int = 1000, unit: BulkheadPolicy.Unit = .batches, items: Int = 1
    ) -> Bulkhead<Int> {
        let policy = BulkheadPolicy(concurrentMax: concurrent, waitingMax: waiting, unit: unit)
        return Bulkhead(policy, itemsMax: items)
    }

    @Test func `no more are out than allowed, and the oldest goes next`() {
        var bulkhead = bulkhead(concurrent: 2)
        for number in 0..<5 { #expect(bulkhead.join(number) == true) }
        #expect(bulkhead.take()?.items == [0])
        #expect(bulkhead.take()?.items == [1])
        #expect(bulkhead.take() == nil)
        bulkhead.giveBack(1)
        #expect(bulkhead.take()?.items == [2])
        #expect(bulkhead.waitingCount == 2)
    }

    @Test func `it is congested while somebody waits`() {
        var bulkhead = bulkhead(concurrent: 1)
        #expect(!bulkhead.isCongested)
        for number in 0..<2 { #expect(bulkhead.join(number) == true) }
        #expect(bulkhead.take() != nil && bulkhead.take() == nil)
        #expect(bulkhead.isCongested)
        bulkhead.giveBack(1)
        #expect(bulkhead.take() != nil)
        #expect(!bulkhead.isCongested)
    }

    @Test func `256 are out at once by default`() {
        var bulkhead = Bulkhead<Int>()
        for number in 0..<300 { #expect(bulkhead.join(number) == true) }
        var out = 0
        while bulkhead.take() != nil { out += 1 }
        #expect(out == 256)
    }

    @Test func `the line is bounded; who finds it full is refused and changes nothing`() {
        var bulkhead = bulkhead(concurrent: 1, waiting: 2)
        #expect(bulkhead.join(0) == true)
        #expect(bulkhead.take()?.items == [0])
        #expect(bulkhead.join(1) && bulkhead.join(2))
        #expect(bulkhead.join(3) == false)
        bulkhead.leave(1)
        #expect(bulkhead.join(4) == true)
        #expect(bulkhead.dismissAll() == [2, 4])
    }

    @Test func `without a line a call goes at once or not at all`() {
        var bulkhead = bulkhead(concurrent: 1, waiting: 0)
        #expect(bulkhead.join(0) == true)
        #expect(bulkhead.join(1) == false)
        #expect(bulkhead.take()?.items == [0])
        #expect(bulkhead.join(1) == false)
        bulkhead.giveBack(1)
        #expect(bulkhead.join(1) == true)
    }

    @Test func `a batch takes one place, or one for each item`() throws {
        var batches = bulkhead(concurrent: 2, items: 4)
        var items = bulkhead(concurrent: 6, unit: .items, items: 4)
        for number in 0..<10 { #expect(batches.join(number) && items.join(number)) }
        #expect(batches.take()?.items == [0, 1, 2, 3])
        #expect(batches.takenCount == 1)
        #expect(batches.take()?.items == [4, 5, 6, 7])
        #expect(batches.take() == nil)
        #expect(items.take()?.items == [0, 1, 2, 3])
        let group = items.take()
        let second = try #require(group)
        #expect(second.items == [4, 5])
        #expect(items.takenCount == 6)
        #expect(items.take() == nil)
        items.giveBack(second.places)
        #expect(items.take()?.items == [6, 7])
    }

    @Test(arguments: seeds(40), BulkheadPolicy.Unit.allCases)
    func `first come, first go, whoever leaves from the middle`(
        seed: UInt64, unit: BulkheadPolicy.Unit
    ) {
        var random = SeededGenerator(seed: seed)
        let (concurrent, items) = (random.number(1..<5), random.number(1..<4))
        var bulkhead = bulkhead(concurrent: concurrent, waiting: 6, unit: unit, items: items)
        var line: [Int] = []
        var out: [Int] = []
        for number in 0..<600 {
            switch random.number(0..<4) {
            case 0, 1:
                if bulkhead.join(number) { line.append(number) } else { #expect(line.count >= 6) }
            case 2:
                guard let gone = line.randomElement(using: &random) else { break }
                bulkhead.leave(gone)
                line.removeAll { $0 == gone }
            default:
                if out.count > 0, random.once(in: 2) { bulkhead.giveBack(out.removeFirst()) }
                guard let group = bulkhead.take() else { break }
                #expect(group.items == Array(line.prefix(group.items.count)), "seed \(seed)")
                line.removeFirst(group.items.count)
                out.append(group.places)
            }
            #expect(bulkhead.waitingCount == line.count, "seed \(seed)")
            #expect(bulkhead.takenCount == out.reduce(0, +))
            #expect(bulkhead.takenCount <= concurrent)
        }
    }

    @Test func `numbers that cannot be are all named`() {
        let policy = BulkheadPolicy(concurrentMax: 0, waitingMax: -1)
        #expect(policy.problems.map(\.setting) == ["max_concurrent", "max_waiting"])
    }
}
