/// Says where in a list's pool the entries with a hash stand.
///
/// A pool holds its entries group by group, each group's in the order of its slots. What decides where
/// to look lies in the index, which mostly stays in the processor's caches. So a value that is not
/// listed seldom costs an access to memory; and while the pool is read for one that is, the processor
/// goes on with the next, since no branch waits for what was read but the last, which says yes.
struct ListIndex: Sendable {
    private let groups: TagGroups
    /// Where each group's first entry stands in the pool.
    private let starts: [UInt32]

    /// Whether an entry with a hash passes a test, which is given the place of an entry in the pool
    /// and how many entries further on the one to test is.
    @inline(__always) func holds(
        _ hash: UInt64, where isWanted: (_ start: Int, _ further: Int) -> Bool
    ) -> Bool {
        groups.holds(hash) { group, slot in isWanted(Int(starts[group]), slot) }
    }
}

extension ListIndex {
    /// Collects different entries, from wherever they are, before a pool is filled with them.
    struct Draft {
        private var groups: TagGroups
        /// Where the entry of each slot is now.
        private var places: [UInt32]
        /// How many entries there are.
        private(set) var count = 0

        /// Begins to collect.
        init(entryCount: Int) {
            groups = TagGroups(entryCount: entryCount)
            places = [UInt32](repeating: 0, count: groups.count * TagGroups.slotCount)
        }

        /// Adds an entry, unless it is there already.
        /// - Parameters:
        ///   - place: Where the entry is now, below 2³².
        ///   - isSame: Whether the entry at another place is the same.
        mutating func add(_ place: Int, _ hash: UInt64, unless isSame: (_ place: Int) -> Bool) {
            let isThere = groups.holds(hash) { group, slot in
                isSame(Int(places[group * TagGroups.slotCount + slot]))
            }
            guard !isThere else { return }
            let (group, slot) = groups.take(hash)
            places[group * TagGroups.slotCount + slot] = UInt32(place)
            count += 1
        }

        /// Fills the pool.
        /// - Parameter append: Appends the entry at a place to the pool, and returns its size there.
        func index(appending append: (_ place: Int) -> Int) -> ListIndex {
            var starts: [UInt32] = []
            starts.reserveCapacity(groups.count)
            var end = 0
            for group in 0..<groups.count {
                starts.append(UInt32(end))
                for slot in 0..<groups.takenCount(group) {
                    end += append(Int(places[group * TagGroups.slotCount + slot]))
                }
            }
            return ListIndex(groups: groups, starts: starts)
        }
    }
}
