import Testing

@testable import ArkaResilience

@Suite struct NumberTableTests {
    /// Goal: the table does what a dictionary does, whatever comes and goes.
    /// Method: the same insertions, changes and removals on both, with numbers that mostly count up,
    /// and with ones that share their low bits.
    @Test(arguments: seeds(20), [1, 16, 1 << 20])
    func `a table is a dictionary of numbers`(seed: UInt64, step: Int) {
        var random = SeededGenerator(seed: seed)
        var table = NumberTable<Int, String>()
        var dictionary: [Int: String] = [:]
        for number in 0..<600 {
            let id = number * step
            table.insert("\(id)", for: id)
            dictionary[id] = "\(id)"
            while random.once(in: 2) || dictionary.count > 100 {
                let id = random.number(max(0, number - 90)..<number + 1) * step
                #expect(table.remove(id) == dictionary.removeValue(forKey: id))
            }
            let changed = random.number(0..<number + 1) * step
            let length = table.update(changed) { value in
                value += "!"
                return value.count
            }
            dictionary[changed]? += "!"
            #expect(length == dictionary[changed]?.count)
            expectEqual(table, dictionary, upTo: number, step)
        }
        table.removeAll()
        #expect(table.isEmpty && table.count == 0 && !table.contains(599 * step))
    }

    private func expectEqual(
        _ table: NumberTable<Int, String>, _ dictionary: [Int: String], upTo last: Int, _ step: Int
    ) {
        #expect(table.count == dictionary.count)
        let isEqual = (0...last).allSatisfy { number in
            let id = number * step
            return table[id] == dictionary[id] && table.contains(id) == (dictionary[id] != nil)
        }
        #expect(isEqual)
        #expect(Dictionary(uniqueKeysWithValues: table.map { ($0.key, $0.value) }) == dictionary)
    }
}
