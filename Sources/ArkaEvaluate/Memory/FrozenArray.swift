/// Plain values in memory of their own that never change: tables that all lanes read.
///
/// An array would do, but costs a bounds check and a retain per use in the inner loops.
final class FrozenArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // SAFETY (@unchecked Sendable): written in `init` only, before anybody else has the object;
    // freed in `deinit`, when nobody has it any more.

    /// The first element; as many follow as there are, at least one.
    let base: UnsafePointer<Element>
    /// How many there are.
    let count: Int

    init(_ elements: [Element]) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
        // SAFETY: room for all elements was allocated above.
        elements.withUnsafeBufferPointer { source in
            guard let first = source.baseAddress else { return }
            memory.initialize(from: first, count: source.count)
        }
        base = UnsafePointer(memory)
        count = elements.count
    }

    deinit { base.deallocate() }

    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count)
        // SAFETY: within the elements, as just checked.
        return base[index]
    }
}
