/// A hash table of places in a list's pool.
///
/// Slots come in groups of eight. A group has a word with a tag of eight bits for each slot, and the
/// eight places apart from it: the words of a million entries mostly stay in the processor's caches.
/// So a value that is not listed seldom costs an access to memory. And hardly a branch depends on what
/// is read, so that the processor looks up the next values of a batch while it waits for this one.
struct PlaceTable: Sendable {
    private static let groupSlots = 8
    /// Entries of a group on average: more fill groups, and then the next one is searched too.
    private static let groupEntries = 5

    /// A word for each group, its tags from the lowest byte on; zero is a vacant slot. Slots are taken
    /// in order, so a group has room while its highest byte is zero.
    private var tags: [UInt64]
    /// The places, eight for each group.
    private var places: [UInt32]

    /// Makes an empty table with room for some entries. At least three slots in eight stay vacant, so
    /// every search ends.
    init(entryCount: Int) {
        let groups = entryCount / Self.groupEntries + 1
        tags = [UInt64](repeating: 0, count: groups)
        places = [UInt32](repeating: 0, count: groups * Self.groupSlots)
    }

    /// Whether an entry with a hash passes a test, which is given places of entries with like hashes.
    @inline(__always) func holds(_ hash: UInt64, where isWanted: (Int) -> Bool) -> Bool {
        let tag = Self.tag(hash)
        var group = group(hash)
        while true {
            let word = tags[group]
            var matches = Self.matches(word, tag)
            while matches != 0 {
                let slot = matches.trailingZeroBitCount / 8
                let place = places[group * Self.groupSlots + slot]
                if isWanted(Int(place)) { return true }
                matches &= matches &- 1
            }
            if Self.hasRoom(word) { return false }
            group = next(group)
        }
    }

    /// Adds the place of an entry that the table does not hold yet.
    mutating func insert(_ place: Int, _ hash: UInt64) {
        var group = group(hash)
        while !Self.hasRoom(tags[group]) { group = next(group) }
        let word = tags[group]
        let slot = (word.bitWidth - word.leadingZeroBitCount + 7) / 8
        tags[group] = word | Self.tag(hash) << UInt64(slot * 8)
        places[group * Self.groupSlots + slot] = UInt32(place)
    }

    /// The upper bits of the hash as a fraction of the groups.
    private func group(_ hash: UInt64) -> Int {
        let count = UInt64(tags.count)
        return Int(truncatingIfNeeded: hash.multipliedFullWidth(by: count).high)
    }

    private func next(_ group: Int) -> Int { group + 1 == tags.count ? 0 : group + 1 }

    /// The lowest eight bits of the hash; never zero.
    private static func tag(_ hash: UInt64) -> UInt64 { max(hash & 0xFF, 1) }

    /// The highest bit of each byte that is a tag. A byte above such a one may be taken for it too,
    /// even a vacant one: its place is 0, where there is an entry then.
    private static func matches(_ word: UInt64, _ tag: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let differences = word ^ tag &* ones
        return (differences &- ones) & ~differences & ones << 7
    }

    private static func hasRoom(_ word: UInt64) -> Bool { word >> 56 == 0 }
}
