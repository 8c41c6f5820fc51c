/// A hash table's slots, of which it knows eight bits of the hash each.
///
/// Slots come in groups of eight, a group is one word: the words of a million entries mostly stay in
/// the processor's caches. A value that is not listed seldom has a slot with its tag.
struct TagGroups: Sendable {
    /// Slots of a group.
    static let slotCount = 8
    /// Entries of a group on average: more fill groups, and then the next one is searched too.
    private static let entriesPerGroup = 5

    /// A tag for each slot, from the lowest byte on; zero is a vacant one. Slots are taken in order,
    /// so a group has room while its highest byte is zero.
    private var words: [UInt64]

    /// How many groups there are.
    var count: Int { words.count }

    /// Makes vacant slots for some entries. At least three in eight stay so: every search ends.
    init(entryCount: Int) {
        words = [UInt64](repeating: 0, count: entryCount / Self.entriesPerGroup + 1)
    }

    /// Whether the entry of a slot with the hash's tag passes a test.
    @inline(__always) func holds(
        _ hash: UInt64, where isWanted: (_ group: Int, _ slot: Int) -> Bool
    ) -> Bool {
        let tag = Self.tag(hash)
        var group = group(hash)
        while true {
            let word = words[group]
            var matches = Self.matches(word, tag)
            while matches != 0 {
                if isWanted(group, matches.trailingZeroBitCount / 8) { return true }
                matches &= matches &- 1
            }
            if Self.hasRoom(word) { return false }
            group = next(group)
        }
    }

    /// Takes a slot for an entry that has none yet.
    mutating func take(_ hash: UInt64) -> (group: Int, slot: Int) {
        var group = group(hash)
        while !Self.hasRoom(words[group]) { group = next(group) }
        let slot = takenCount(group)
        words[group] |= Self.tag(hash) << UInt64(slot * 8)
        return (group, slot)
    }

    /// How many slots of a group are taken.
    func takenCount(_ group: Int) -> Int {
        let word = words[group]
        return (word.bitWidth - word.leadingZeroBitCount + 7) / 8
    }

    /// The upper bits of the hash as a fraction of the groups.
    private func group(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(words.count)).high)
    }

    private func next(_ group: Int) -> Int { group + 1 == words.count ? 0 : group + 1 }

    /// The lowest eight bits of the hash; never zero.
    private static func tag(_ hash: UInt64) -> UInt64 { max(hash & 0xFF, 1) }

    /// The highest bit of each byte that is a tag, and no other: slots that are not taken stand for
    /// nothing in the pool, so the shorter formula, which may add bytes above a tag, will not do.
    private static func matches(_ word: UInt64, _ tag: UInt64) -> UInt64 {
        let differences = word ^ tag &* 0x0101_0101_0101_0101
        let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~((differences & lowBits &+ lowBits) | differences | lowBits)
    }

    private static func hasRoom(_ word: UInt64) -> Bool { word >> 56 == 0 }
}
