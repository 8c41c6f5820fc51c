public import ArkaModel

/// A set of exact decimals that never changes. An entry costs 24 bytes.
public final class NumberList: Sendable {
    /// How many different entries there are.
    public var count: Int { pool.count }
    /// The scaled values in the order in which they came.
    private let pool: [Int128]
    private let table: PlaceTable

    /// Makes a list of entries, which may repeat.
    /// - Precondition: There are less than 2³².
    public init(_ entries: some Sequence<ExactDecimal>) {
        let entries = Array(entries)
        var table = PlaceTable(entryCount: entries.count)
        var pool: [Int128] = []
        pool.reserveCapacity(entries.count)
        for entry in entries {
            let hash = TextHash.hash(entry.scaled)
            guard !table.holds(hash, where: { pool[$0] == entry.scaled }) else { continue }
            table.insert(pool.count, hash)
            pool.append(entry.scaled)
        }
        self.table = table
        self.pool = pool
    }

    /// Whether a number is in the list.
    public func contains(_ number: ExactDecimal) -> Bool {
        table.holds(TextHash.hash(number.scaled)) { pool[$0] == number.scaled }
    }
}
