/// A set of texts that never changes: one pool of bytes and a table into it, no object per entry.
///
/// Texts are equal if their bytes are. An entry costs its bytes and about 16 more.
public final class TextList: Sendable {
    /// How many different entries there are.
    public let count: Int
    /// Each entry as its length (four bytes, in the machine's order) and its bytes.
    private let pool: [UInt8]
    /// Probed one after the other; a third or more of them are vacant, so every search ends.
    private let slots: [TextSlot]

    /// Makes a list of entries, which may repeat.
    /// - Precondition: Their bytes come to less than 4 GiB.
    public convenience init(_ entries: some Sequence<[UInt8]>) {
        var builder = Builder()
        for entry in entries { builder.append(entry.span) }
        self.init(builder)
    }

    init(_ builder: consuming Builder) {
        pool = builder.pool
        var slots = [TextSlot](repeating: TextSlot(), count: builder.count * 3 / 2 + 1)
        var count = 0
        pool.withUnsafeBytes { pool in
            slots.withUnsafeMutableBufferPointer { slots in
                // SAFETY: `at` steps from entry to entry as the builder has written them.
                var at = 0
                while at < pool.count {
                    let text = TextSlot.entry(at: at, in: pool)
                    let hash = TextHash.hash(text)
                    let place = Self.place(of: text, hash, in: UnsafeBufferPointer(slots), pool)
                    if slots[place].isVacant {
                        slots[place] = TextSlot(hash, at)
                        count += 1
                    }
                    at += TextSlot.lengthBytes + text.count
                }
            }
        }
        self.slots = slots
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
        // SAFETY: the caller vouches for the text during this call; the arrays are this object's and
        // never change.
        pool.withUnsafeBytes { pool in
            slots.withUnsafeBufferPointer { slots in
                let text = UnsafeRawBufferPointer(text)
                return !slots[Self.place(of: text, TextHash.hash(text), in: slots, pool)].isVacant
            }
        }
    }

    /// The slot that holds a text, or the vacant one where it would stand.
    private static func place(
        of text: UnsafeRawBufferPointer, _ hash: UInt64, in slots: UnsafeBufferPointer<TextSlot>,
        _ pool: UnsafeRawBufferPointer
    ) -> Int {
        var place = TextHash.slot(hash, of: slots.count)
        while !slots[place].isVacant, !slots[place].holds(text, hash, pool) {
            place += 1
            if place == slots.count { place = 0 }
        }
        return place
    }
}
