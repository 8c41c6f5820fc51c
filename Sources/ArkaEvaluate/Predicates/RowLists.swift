/// For each row of a batch a list of rules, collected rule by rule.
final class RowLists {
    private var entries: [Entry] = []
    private var sorted: [Int32] = []
    /// Where each row's list begins in ``sorted``; one more for the end of the last.
    private let starts = LaneArray<Int32>(repeating: 0, count: ColumnLayout.rows + 1)
    private var isFilled = false

    private struct Entry {
        let row: Int32
        let rule: Int32
    }

    /// Forgets all.
    func removeAll() {
        if isFilled { starts.base.update(repeating: 0, count: starts.count) }
        isFilled = false
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds a rule to the lists of some rows. Rules come in their order.
    func append(rule: Int, to rows: RowMask) {
        rows.forEachRow { entries.append(Entry(row: Int32($0), rule: Int32(rule))) }
    }

    /// Puts the rules of each row together, keeping their order: counts, then places.
    func sort() {
        guard !entries.isEmpty else { return }
        isFilled = true
        for entry in entries { starts.base[Int(entry.row) + 1] += 1 }
        for row in 1..<starts.count { starts.base[row] += starts.base[row - 1] }
        if sorted.count < entries.count {
            sorted += [Int32](repeating: 0, count: entries.count - sorted.count)
        }
        for entry in entries {
            let place = starts.base + Int(entry.row)
            sorted[Int(place.pointee)] = entry.rule
            place.pointee += 1
        }
        // Each start has moved to where its list ends, which is where the next one begins.
        for row in stride(from: starts.count - 1, to: 0, by: -1) {
            starts.base[row] = starts.base[row - 1]
        }
        starts.base[0] = 0
    }

    /// Whether a row has no rule.
    @inline(__always) func isEmpty(_ row: Int) -> Bool {
        starts.base[row] == starts.base[row + 1]
    }

    /// The rules of a row, in order.
    func rules(of row: Int) -> ArraySlice<Int32> {
        sorted[Int(starts.base[row])..<Int(starts.base[row + 1])]
    }
}
