import ArkaModel

/// Finds the rules of a ``RuleIndex`` that may be true of some row of a batch, or unknown in a way
/// that matters; one per lane.
final class RuleCandidates {
    private let index: RuleIndex
    private let columns: Columns
    /// Of each bucket how many buckets before it have a row.
    private let before: LaneArray<Int32>
    /// What else the rows have in each field.
    private let found: LaneArray<RuleGuard.Care>

    init(_ index: RuleIndex, columns: Columns) {
        self.index = index
        self.columns = columns
        before = LaneArray(repeating: 0, count: index.bucketCount + 1)
        found = LaneArray(repeating: [], count: index.fields.count)
    }

    /// Looks at the rows of a batch.
    func find(active: RowMask) {
        // SAFETY: a bucket's number is below `index.bucketCount`: codes end with the constants of
        // their field, ranks with its thresholds. Columns have a cell for each row.
        before.base.update(repeating: 0, count: before.count)
        for number in 0..<index.fields.count {
            let field = index.fields.base[number]
            switch field.kind {
            case .codes: found.base[number] = markCodes(field, active)
            case .largeCodes: found.base[number] = markLargeCodes(field, active)
            case .numbers: found.base[number] = markNumbers(field, active)
            }
        }
        var sum: Int32 = 0
        for bucket in 0..<before.count {
            sum &+= before.base[bucket]
            before.base[bucket] = sum
        }
    }

    /// Whether a rule is one of them.
    @inline(__always) func contains(_ rule: Int) -> Bool {
        let entry = index.entries.base + rule
        guard entry.pointee.field >= 0 else { return true }
        if hasRow(entry.pointee.run) { return true }
        let care = entry.pointee.care.rawValue & found.base[Int(entry.pointee.field)].rawValue
        if care != 0 { return true }
        let runs = index.runs.base + Int(entry.pointee.firstRun)
        for number in 0..<Int(entry.pointee.runCount) where hasRow(runs[number]) { return true }
        return false
    }

    /// Whether a row is in one of the buckets. Mark `b + 1` is set where bucket `b` has a row, so the
    /// sums at both ends of a run differ by the buckets in it that have one.
    @inline(__always) private func hasRow(_ run: RuleIndex.Run) -> Bool {
        before.base[Int(run.end)] != before.base[Int(run.first)]
    }

    private func markCodes(_ field: RuleIndex.GuardField, _ active: RowMask) -> RuleGuard.Care {
        let codes = columns.codes.base + Int(field.column)
        let marks = before.base + Int(field.firstBucket) + 1
        var hasUnknown = false
        active.forEachRow { row in
            marks[Int(codes[row])] = 1
            if codes[row] == Code.unknown { hasUnknown = true }
        }
        return hasUnknown ? unknown(field, active) { codes[$0] == Code.unknown } : []
    }

    private func markLargeCodes(
        _ field: RuleIndex.GuardField, _ active: RowMask
    ) -> RuleGuard.Care {
        let codes = columns.largeCodes.base + Int(field.column)
        let marks = before.base + Int(field.firstBucket) + 1
        var hasUnknown = false
        active.forEachRow { row in
            marks[Int(codes[row])] = 1
            if codes[row] == 0 { hasUnknown = true }
        }
        return hasUnknown ? unknown(field, active) { codes[$0] == 0 } : []
    }

    private func markNumbers(_ field: RuleIndex.GuardField, _ active: RowMask) -> RuleGuard.Care {
        let numbers = columns.numbers.base + Int(field.column)
        let thresholds = index.thresholds.base + Int(field.firstThreshold)
        let marks = before.base + Int(field.firstBucket) + 1
        var hasUnknown = false
        active.forEachRow { row in
            let number = numbers[row]
            if number == Columns.noNumber {
                hasUnknown = true
                return
            }
            var low = 0
            var length = Int(field.thresholdCount)
            while length > 0 {
                let half = length / 2
                let isAtMost = thresholds[low + half] <= number
                low = isAtMost ? low + half + 1 : low
                length = isAtMost ? length - half - 1 : half
            }
            marks[low] = 1
        }
        var care: RuleGuard.Care =
            hasUnknown ? unknown(field, active) { numbers[$0] == Columns.noNumber } : []
        for wide in columns.wide where wide.column == field.column { care.insert(.wide) }
        return care
    }

    private func unknown(
        _ field: RuleIndex.GuardField, _ active: RowMask, _ isUnknown: (Int) -> Bool
    ) -> RuleGuard.Care {
        var care = RuleGuard.Care.unknown
        let states = columns.states.base + Int(field.state)
        active.forEachRow { row in
            if states[row] == 0, isUnknown(row) { care.insert(.otherType) }
        }
        return care
    }
}
