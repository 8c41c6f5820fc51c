/// Plain values in memory of their own that one lane writes: columns, masks, stacks.
final class LaneArray<Element: BitwiseCopyable> {
    /// The first element; aligned for vector instructions.
    private(set) var base: UnsafeMutablePointer<Element>
    /// How many there are.
    private(set) var count: Int
    private let filler: Element

    init(repeating filler: Element, count: Int) {
        self.filler = filler
        self.count = count
        base = Self.allocate(count)
        base.initialize(repeating: filler, count: count)
    }

    deinit { base.deallocate() }

    /// Forgets everything and makes room for at least this many elements of any value.
    ///
    /// Memory beyond `keepMax` elements that is not needed any more is given back.
    func discard(needing needed: Int, keepMax: Int) {
        guard needed > count || (count > keepMax && needed <= keepMax) else { return }
        base.deallocate()
        count = max(needed, min(count, keepMax))
        // SAFETY: elements are plain values without initialisation; whoever asks for room writes
        // before reading. Pages that are not touched cost no memory.
        base = Self.allocate(count)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64)
        return bytes.bindMemory(to: Element.self, capacity: max(count, 1))
    }
}
