/// A set of texts that never changes: one pool of bytes and a table into it, no object per entry.
///
/// Texts are equal if their bytes are. An entry costs its bytes and twelve more; while a list is made
/// its bytes are there twice.
public final class TextList: Sendable {
    /// How many different entries there are.
    public let count: Int
    /// The entries one behind the other, as ``TextEntry`` writes them.
    private let pool: [UInt8]
    private let table: PlaceTable

    /// Makes a list of entries, which may repeat.
    /// - Precondition: With four bytes for each they come to less than 4 GiB.
    public convenience init(_ entries: some Sequence<[UInt8]>) {
        var builder = Builder()
        for entry in entries { builder.append(entry.span) }
        self.init(builder)
    }

    init(_ builder: borrowing Builder) {
        var table = PlaceTable(entryCount: builder.count)
        var pool: [UInt8] = []
        pool.reserveCapacity(builder.bytes.count)
        var count = 0
        builder.forEach { text in
            let hash = TextHash.hash(text)
            // SAFETY: the table holds places of the pool; the buffer is used within the closure only.
            let isThere = pool.withUnsafeBytes { pool in
                table.holds(hash) { TextEntry.isText(text, at: $0, of: pool) }
            }
            guard !isThere else { return }
            table.insert(pool.count, hash)
            TextEntry.append(text, to: &pool)
            count += 1
        }
        self.table = table
        self.pool = pool
        self.count = count
    }

    /// Whether a text is in the list.
    public func contains(_ text: [UInt8]) -> Bool {
        // SAFETY: the buffer is used within the closure only.
        text.withUnsafeBufferPointer { contains($0) }
    }

    /// Whether a text is in the list that lies in memory of the caller's, which must stay as it is
    /// meanwhile.
    public func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // SAFETY: the caller vouches for the text during this call; the pool never changes.
        let text = UnsafeRawBufferPointer(text)
        return pool.withUnsafeBytes { pool in
            table.holds(TextHash.hash(text)) { TextEntry.isText(text, at: $0, of: pool) }
        }
    }
}
