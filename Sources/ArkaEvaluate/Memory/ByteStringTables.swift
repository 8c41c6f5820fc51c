/// Which of many tables: the constants of a field, the properties of an object.
struct ByteStringTable: BitwiseCopyable, Sendable {
    /// Its first slot.
    var start: Int32 = 0
    /// Slots minus one; the number of slots is a power of two.
    var mask: Int32 = -1

    /// Whether it has nothing to look up.
    var isEmpty: Bool { mask < 0 }
}

/// Tables from byte strings of any length to small numbers, probed linearly, half full at most.
///
/// Strings of up to 16 bytes are compared as two words, without a loop.
final class ByteStringTables: Sendable {
    private let slots: FrozenArray<Slot>
    private let bytes: FrozenArray<UInt8>

    struct Slot: BitwiseCopyable, Sendable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        /// -1 where nothing is.
        var length: Int32 = -1
        var value: UInt32 = 0
        /// Where the whole string stands, if it is longer than 16 bytes.
        var bytes: Int32 = 0
    }

    /// Collects tables before they are frozen.
    struct Builder {
        private var slots: [Slot] = []
        private var bytes: [UInt8] = []

        /// Adds a table that maps each key to its value. Of equal keys the first counts.
        mutating func add(_ entries: [(key: [UInt8], value: UInt32)]) -> ByteStringTable {
            guard !entries.isEmpty else { return ByteStringTable() }
            var size = 4
            while size < entries.count * 2 { size *= 2 }
            let table = ByteStringTable(start: Int32(slots.count), mask: Int32(size - 1))
            slots.append(contentsOf: repeatElement(Slot(), count: size))
            for (key, value) in entries { insert(key, value, into: table) }
            return table
        }

        private mutating func insert(
            _ key: [UInt8], _ value: UInt32, into table: ByteStringTable
        ) {
            let padded = key + [UInt8](repeating: 0, count: 16)
            // SAFETY: 16 bytes follow the key, as `fingerprint` needs.
            let print = padded.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { Fingerprint($0, key.count) } ?? Fingerprint()
            }
            var place = print.hash & Int(table.mask)
            while slots[Int(table.start) + place].length >= 0 {
                let slot = slots[Int(table.start) + place]
                if isSame(slot, print, key) { return }
                place = (place + 1) & Int(table.mask)
            }
            slots[Int(table.start) + place] = Slot(
                first: print.first, second: print.second, length: Int32(key.count), value: value,
                bytes: Int32(bytes.count))
            if key.count > 16 { bytes += key }
        }

        private func isSame(_ slot: Slot, _ print: Fingerprint, _ key: [UInt8]) -> Bool {
            slot.first == print.first && slot.second == print.second
                && Int(slot.length) == key.count
                && (key.count <= 16
                    || bytes[Int(slot.bytes)..<(Int(slot.bytes) + key.count)].elementsEqual(key))
        }

        /// The finished tables.
        func frozen() -> ByteStringTables { ByteStringTables(slots: slots, bytes: bytes) }
    }

    private init(slots: [Slot], bytes: [UInt8]) {
        self.slots = FrozenArray(slots)
        self.bytes = FrozenArray(bytes)
    }

    /// What a table says of some bytes; `nothing` if it does not list them.
    ///
    /// SAFETY: 16 bytes after the string must be readable, as they are in a batch's arena and in
    /// ``TextScratch``.
    @inline(__always) func value(
        of text: UnsafePointer<UInt8>, _ count: Int, in table: ByteStringTable,
        otherwise nothing: UInt32
    ) -> UInt32 {
        guard table.mask >= 0 else { return nothing }
        let print = Fingerprint(text, count)
        let slots = slots.base + Int(table.start)
        let mask = Int(table.mask)
        var place = print.hash & mask
        // Ends at an empty slot: at most half of them are taken.
        while true {
            let slot = slots + place
            if slot.pointee.first == print.first, slot.pointee.second == print.second,
                Int(slot.pointee.length) == count,
                count <= 16 || isSame(bytes.base + Int(slot.pointee.bytes), text, count)
            {
                return slot.pointee.value
            }
            if slot.pointee.length < 0 { return nothing }
            place = (place + 1) & mask
        }
    }
}

/// Two words that stand for a string: all of it up to 16 bytes, a hash of it beyond.
private struct Fingerprint {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var length = 0

    init() {}

    /// SAFETY: 16 bytes after the string must be readable.
    @inline(__always) init(_ text: UnsafePointer<UInt8>, _ count: Int) {
        length = count
        first = loadWord(text)
        if count <= 8 {
            let unused = UInt64(8 - count) * 8
            first = count == 0 ? 0 : (first &<< unused) &>> unused
        } else if count <= 16 {
            second = loadWord(text + (count - 8))
        } else {
            second = Fingerprint.hashOfLong(text, count)
        }
    }

    @inline(never) private static func hashOfLong(
        _ text: UnsafePointer<UInt8>, _ count: Int
    ) -> UInt64 {
        var hash = UInt64(count)
        var at = 0
        while at < count {
            // The last word overlaps the one before instead of reading past the end.
            let word = loadWord(text + min(at, count - 8))
            hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            at += 8
        }
        return hash
    }

    @inline(__always) var hash: Int {
        let mixed = first ^ (second &<< 23 | second &>> 41) &+ UInt64(truncatingIfNeeded: length)
        return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) &>> 32)
    }
}

/// Eight bytes as a number, the first the lowest.
@inline(__always) func loadWord(_ text: UnsafePointer<UInt8>) -> UInt64 {
    // SAFETY: callers make sure that eight bytes are readable.
    UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
}

/// Whether two strings of equal length have the same bytes.
private func isSame(
    _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int
) -> Bool {
    for i in 0..<count where a[i] != b[i] { return false }
    return true
}
