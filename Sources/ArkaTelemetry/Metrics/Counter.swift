/// One thread's share of a counter. Only that thread may add.
public struct Counter: Sendable {
    @usableFromInline let block: CellBlock
    @usableFromInline let index: Int

    /// Adds to the counter, usually once per batch.
    /// - Parameter amount: Not negative.
    @inlinable public func add(_ amount: Int) {
        block.add(amount, to: index)
    }
}

/// One thread's share of a histogram of durations. Only that thread may observe.
public struct Histogram: Sendable {
    let block: CellBlock
    /// The first cell: one per bound, one above all bounds, one for the sum in nanoseconds.
    let index: Int
    let bounds: [Duration]

    /// Counts one duration.
    public func observe(_ duration: Duration) {
        let bucket = bounds.firstIndex { duration <= $0 } ?? bounds.count
        block.add(1, to: index + bucket)
        block.add(nanoseconds(duration), to: index + bounds.count + 1)
    }

    /// 292 years fit; a longer one counts as that.
    private func nanoseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        guard seconds < 9_000_000_000 else { return .max }
        return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    }
}
