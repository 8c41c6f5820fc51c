/// A set of texts that never changes: one pool of bytes and an index of it, no object per entry.
///
/// Texts are equal if their bytes are. An entry costs its bytes and seven more; while a list is made
/// its bytes are there twice.
public final class TextList: Sendable {
    /// How many different entries there are.
    public let count: Int
    /// The entries as ``TextEntry`` writes them, in the order of the index.
    private let pool: [UInt8]
    private let index: ListIndex

    /// Makes a list of entries, which may repeat.
    /// - Precondition: With four bytes for each they come to less than 4 GiB.
    public convenience init(_ entries: some Sequence<[UInt8]>) {
        var builder = Builder()
        for entry in entries { builder.append(entry.span) }
        self.init(builder)
    }

    init(_ builder: borrowing Builder) {
        var draft = ListIndex.Draft(entryCount: builder.count)
        var pool: [UInt8] = []
        pool.reserveCapacity(builder.bytes.count)
        // SAFETY: the draft holds places of the builder's entries; the buffer stays within the closure.
        index = builder.bytes.withUnsafeBytes { bytes in
            var place = 0
            while place < bytes.count {
                let text = TextEntry.text(at: place, of: bytes)
                draft.add(place, TextHash.hash(text)) {
                    TextEntry.isText(text, at: $0, of: bytes)
                }
                place += TextEntry.headerBytes + text.count
            }
            return draft.index { place in
                TextEntry.append(TextEntry.text(at: place, of: bytes), to: &pool)
            }
        }
        count = draft.count
        self.pool = pool
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
            index.holds(TextHash.hash(text)) { start, further in
                let place = TextEntry.place(further, behind: start, of: pool)
                return TextEntry.isText(text, at: place, of: pool)
            }
        }
    }
}
