public import Synchronization

/// Numbers that one thread counts up and any thread may read.
///
/// The used cells have a cache line of unused ones before and after them, so that no other thread's
/// data shares a line with them, wherever the allocator puts the block.
@usableFromInline final class CellBlock: Sendable {
    /// Cells that may be used.
    @usableFromInline static let capacity = 64
    @usableFromInline static let padding = 8

    @usableFromInline let cells: InlineArray<80, Atomic<Int>>

    init() {
        cells = InlineArray { _ in Atomic(0) }
        precondition(cells.count == Self.capacity + 2 * Self.padding)
    }

    /// Adds to a cell. A relaxed load and a relaxed store are plain moves: no locked instruction, and
    /// right only because one thread alone writes.
    @inlinable func add(_ amount: Int, to index: Int) {
        let cell = index + Self.padding
        cells[cell].store(cells[cell].load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }

    func value(at index: Int) -> Int { cells[index + Self.padding].load(ordering: .relaxed) }
}
