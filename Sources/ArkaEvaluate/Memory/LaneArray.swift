/// Plain values in memory of their own that one lane writes: columns, masks, stacks.
///
/// Where it is never changes, so that reading it costs no check for exclusive access.
final class LaneArray<Element: BitwiseCopyable> {
    /// The first element; aligned for vector instructions.
    let base: UnsafeMutablePointer<Element>
    /// How many there are.
    let count: Int

    init(repeating filler: Element, count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64)
        base = bytes.bindMemory(to: Element.self, capacity: max(count, 1))
        base.initialize(repeating: filler, count: count)
    }

    // SAFETY: allocated in `init` for plain values, owned by this object alone, freed nowhere else.
    deinit { base.deallocate() }
}
