/// From hashes to places, by open addressing with linear steps.
struct CacheTable: Sendable {
    /// A word of the table: the hash's upper half, and a place plus one in the lower; zero is empty.
    struct Candidate {
        let word: UInt64

        var place: Int { Int(word & 0xFFFF_FFFF) &- 1 }

        func mayBe(_ hash: UInt64) -> Bool { word >> 32 == hash >> 32 }
    }

    private var words: [UInt64]

    /// - Precondition: `slotCount` is a power of two.
    init(slotCount: Int) {
        precondition(slotCount.nonzeroBitCount == 1, "slots are chosen by the low bits of a hash")
        words = [UInt64](repeating: 0, count: slotCount)
    }

    var slotCount: Int { words.count }

    /// Where a hash is looked for first. The low bits, since the words keep the high ones.
    func home(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash) & (words.count &- 1)
    }

    func next(after slot: Int) -> Int {
        (slot &+ 1) & (words.count &- 1)
    }

    /// What stands in a slot; `nil` ends every search.
    func candidate(at slot: Int) -> Candidate? {
        let word = words[slot]
        return word == 0 ? nil : Candidate(word: word)
    }

    /// - Precondition: At least one slot stays empty.
    mutating func insert(_ hash: UInt64, _ place: Int) {
        var slot = home(of: hash)
        while words[slot] != 0 { slot = next(after: slot) }
        words[slot] = (hash >> 32) << 32 | UInt64(place + 1)
    }

    /// Removes a place and moves up those behind it that the gap would hide.
    mutating func remove(_ hash: UInt64, _ place: Int, hashOf: (Int) -> UInt64) {
        var gap = home(of: hash)
        while let candidate = candidate(at: gap), candidate.place != place {
            gap = next(after: gap)
        }
        precondition(words[gap] != 0, "what is removed is in the table")
        var slot = next(after: gap)
        while let candidate = candidate(at: slot) {
            let home = home(of: hashOf(candidate.place))
            // It may move into the gap unless its home lies behind the gap, in steps from the slot.
            if (slot &- home) & (words.count &- 1) >= (slot &- gap) & (words.count &- 1) {
                words[gap] = words[slot]
                gap = slot
            }
            slot = next(after: slot)
        }
        words[gap] = 0
    }
}
