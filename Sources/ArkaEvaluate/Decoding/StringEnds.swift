/// Room for the places where a record's strings end; grows with the largest record.
final class StringEnds {
    /// Values to keep memory for: those of a record of 512 KB with nothing but strings.
    private static let keptMax = 1 << 18
    private var memory = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 4096)

    deinit { memory.deallocate() }

    /// Room for a record of some length, of any content.
    ///
    /// What an unusually large record took is given back with the next one that needs less.
    func reserve(recordBytes: Int) -> UnsafeMutablePointer<UInt32> {
        // Two quotes a string, and what the kernels write beyond the last one.
        let needed = recordBytes / 2 + 64
        if needed > memory.count || (memory.count > Self.keptMax && needed <= Self.keptMax) {
            memory.deallocate()
            // SAFETY: plain values; the kernel writes before anybody reads. Pages that are never
            // touched cost no memory.
            memory = .allocate(capacity: max(needed, min(memory.count, Self.keptMax)))
        }
        return memory.baseAddress.unsafelyUnwrapped
    }
}
