/// Room for the places where a record's strings end; grows with the largest record.
final class StringEnds {
    /// Values to keep memory for: those of a record of 512 KB with nothing but strings.
    private static let keptMax = 1 << 18
    private static let initialCount = 4096
    private var count = StringEnds.initialCount
    // Behind a pointer that never changes, so that each record finds it without an access check.
    private let current = LaneArray(
        repeating: UnsafeMutablePointer<UInt32>.allocate(capacity: StringEnds.initialCount),
        count: 1)

    deinit { memory.deallocate() }

    /// The room; valid until ``reserve(recordBytes:)``.
    var memory: UnsafeMutablePointer<UInt32> { current.base.pointee }

    /// Makes room for records up to some length, of any content.
    ///
    /// What an unusually large record took is given back with the next batch that needs less.
    func reserve(recordBytes: Int) {
        // Two quotes a string, and what the kernels write beyond the last one.
        let needed = recordBytes / 2 + 64
        let isWasteful = count > Self.keptMax && needed <= Self.keptMax
        guard needed > count || isWasteful else { return }
        memory.deallocate()
        count = isWasteful ? Self.keptMax : needed
        // SAFETY: plain values; the kernel writes before anybody reads. Pages that are never touched
        // cost no memory.
        current.base.pointee = .allocate(capacity: count)
    }
}
