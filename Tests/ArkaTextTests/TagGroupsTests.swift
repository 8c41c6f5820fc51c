import Testing

@testable import ArkaText

@Suite struct TagGroupsTests {
    /// The slots that a search tests, when none is what it looks for.
    private func tested(_ hash: UInt64, _ groups: TagGroups) -> [[Int]] {
        var tested: [[Int]] = []
        let found = groups.holds(hash) { group, slot in
            tested.append([group, slot])
            return false
        }
        #expect(!found)
        return tested
    }

    @Test func `a vacant slot is never tested`() {
        // A tag of zero becomes one, which differs from a vacant slot by a single bit.
        for tag in [UInt64](0...3) {
            var groups = TagGroups(entryCount: 1)
            #expect(tested(tag, groups) == [])
            for slot in 0..<3 {
                #expect(groups.take(tag) == (0, slot))
                #expect(tested(tag, groups) == (0...slot).map { [0, $0] })
            }
            #expect(groups.takenCount(0) == 3)
        }
    }

    @Test func `slots with the tag are tested, group after group, up to one with room`() {
        // 16 entries make four groups; all hashes begin in the last and go round.
        var groups = TagGroups(entryCount: 16)
        #expect(groups.count == 4)
        let last = UInt64.max << 8
        for number in UInt64(0)..<19 { _ = groups.take(last | (number % 2 == 0 ? 7 : 6)) }
        #expect((0..<4).map { groups.takenCount($0) } == [8, 3, 0, 8])
        let even = [0, 2, 4, 6]
        #expect(
            tested(last | 7, groups) == even.map { [3, $0] } + even.map { [0, $0] } + [
                [1, 0], [1, 2],
            ])
        #expect(tested(last | 5, groups) == [])
        // Of another group only what went over into it.
        #expect(tested(7, groups) == even.map { [0, $0] } + [[1, 0], [1, 2]])
    }

    @Test func `a search ends with the slot that it looks for`() {
        var groups = TagGroups(entryCount: 10)
        let taken = (0..<3).map { _ in groups.take(9) }
        var count = 0
        let found = groups.holds(9) { group, slot in
            count += 1
            return (group, slot) == taken[1]
        }
        #expect(found && count == 2)
    }

    @Test func `every tag is told from every other`() {
        for tag in UInt64(1)...255 {
            var groups = TagGroups(entryCount: 1)
            _ = groups.take(tag)
            #expect((UInt64(1)...255).filter { tested($0, groups) != [] } == [tag])
        }
    }
}
