public import ArkaModel

/// A set of exact decimals that never changes. An entry costs 19 bytes.
public final class NumberList: Sendable {
    /// How many different entries there are.
    public var count: Int { pool.count }
    /// The scaled values in the order of the index.
    private let pool: [Int128]
    private let index: ListIndex

    /// Makes a list of entries, which may repeat.
    /// - Precondition: There are less than 2³².
    public init(_ entries: some Sequence<ExactDecimal>) {
        let entries = Array(entries)
        var draft = ListIndex.Draft(entryCount: entries.count)
        for place in entries.indices {
            draft.add(place, TextHash.hash(entries[place].scaled)) {
                entries[$0] == entries[place]
            }
        }
        var pool: [Int128] = []
        pool.reserveCapacity(draft.count)
        index = draft.index { place in
            pool.append(entries[place].scaled)
            return 1
        }
        self.pool = pool
    }

    /// Whether a number is in the list.
    public func contains(_ number: ExactDecimal) -> Bool {
        index.holds(TextHash.hash(number.scaled)) { start, further in
            pool[start + further] == number.scaled
        }
    }
}
