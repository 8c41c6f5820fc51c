import Glibc

/// An entry in the pool of a list of texts: its length in four bytes, and its bytes.
enum TextEntry {
    /// Bytes of the length.
    static let headerBytes = MemoryLayout<UInt32>.size

    // SAFETY: a pool is written by `append` alone, entry behind entry, and the places given to the
    // others are those of entries. So each length lies within the pool, and as many bytes follow.

    /// Adds an entry to a pool and returns the bytes that it takes there.
    static func append(_ text: UnsafeRawBufferPointer, to pool: inout [UInt8]) -> Int {
        withUnsafeBytes(of: UInt32(text.count)) { pool.append(contentsOf: $0) }
        pool.append(contentsOf: text)
        return headerBytes + text.count
    }

    /// The text of the entry at a place.
    static func text(at place: Int, of pool: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let length = Int(pool.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        let start = place + headerBytes
        return UnsafeRawBufferPointer(rebasing: pool[start..<(start + length)])
    }

    /// Whether the entry at a place is a text.
    @inline(__always) static func isText(
        _ text: UnsafeRawBufferPointer, at place: Int, of pool: UnsafeRawBufferPointer
    ) -> Bool {
        guard let entry = pool.baseAddress.map({ $0 + place }) else { return false }
        guard Int(entry.loadUnaligned(as: UInt32.self)) == text.count else { return false }
        guard let bytes = text.baseAddress else { return true }
        return memcmp(entry + headerBytes, bytes, text.count) == 0
    }

    /// The place of an entry that stands some entries behind the one at a place.
    @inline(__always) static func place(
        _ further: Int, behind place: Int, of pool: UnsafeRawBufferPointer
    ) -> Int {
        guard let base = pool.baseAddress else { return place }
        var place = place
        for _ in 0..<further {
            let length = (base + place).loadUnaligned(as: UInt32.self)
            place += headerBytes + Int(length)
        }
        return place
    }
}
