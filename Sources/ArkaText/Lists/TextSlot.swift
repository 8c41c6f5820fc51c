import Glibc

/// A slot of a list's table: eight bytes, so that a search mostly sees one line of the cache.
struct TextSlot: BitwiseCopyable {
    /// Bytes of an entry's length in the pool.
    static let lengthBytes = MemoryLayout<UInt32>.size

    /// Zero where nothing is, or else the entry's place in the pool plus one.
    private var entry: UInt32 = 0
    /// The lower half of the entry's hash: of texts that are not in the list, hardly any is compared.
    private var tag: UInt32 = 0

    /// A vacant slot.
    init() {}

    init(_ hash: UInt64, _ place: Int) {
        entry = UInt32(place + 1)
        tag = UInt32(truncatingIfNeeded: hash)
    }

    var isVacant: Bool { entry == 0 }

    /// Whether the slot's entry is a text.
    func holds(_ text: UnsafeRawBufferPointer, _ hash: UInt64, _ pool: UnsafeRawBufferPointer)
        -> Bool
    {
        guard tag == UInt32(truncatingIfNeeded: hash) else { return false }
        let own = Self.entry(at: Int(entry) - 1, in: pool)
        guard own.count == text.count else { return false }
        guard let a = own.baseAddress, let b = text.baseAddress, own.count > 0 else { return true }
        // SAFETY: both have as many bytes.
        return memcmp(a, b, own.count) == 0
    }

    /// The bytes of the entry that begins at a place in the pool.
    static func entry(at place: Int, in pool: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        // SAFETY: a builder has written an entry there: its length, and as many bytes.
        let length = Int(pool.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        let start = place + lengthBytes
        return UnsafeRawBufferPointer(rebasing: pool[start..<(start + length)])
    }
}
