import ArkaModel
import ArkaRules
import CKernels

/// Evaluates the predicates of a book for a batch, each once for a row at most; one per lane.
///
/// Those with a loop over columns are evaluated for all rows, before the rules or, where a book is
/// indexed, when the first rule asks. The dear ones are evaluated row by row, and only for the rows
/// for which somebody asks: see ``demand(_:among:)``.
///
/// A predicate has two masks: the rows where it is true, and, where somebody needs them, the rows
/// where it is false. A row in neither is unknown. Bits of rows that the batch does not have, or
/// that are no transactions, mean nothing.
final class PredicateMasks {
    private let plan: PredicatePlan
    private let columns: Columns
    private let path: Int32
    private let rows: RowEvaluator
    /// The masks: that of predicate `i` being true at `2 * i`, being false at `2 * i + 1`.
    let masks: LaneArray<RowMask>
    /// The rows that have a number in the fast form, for each number column.
    private let numberKnown: LaneArray<RowMask>
    /// Words of 64 rows that the batch has.
    private var words = 0
    /// The rows that are transactions.
    private var active = RowMask.none
    /// Whether nothing is evaluated before somebody asks.
    private let isLazy: Bool
    /// The batch that the masks of each predicate are of, if it is evaluated on demand.
    private let batches: LaneArray<UInt64>
    private var batch: UInt64 = 0
    /// The rows for which each of the dear predicates has been evaluated.
    private let evaluated: LaneArray<RowMask>

    init(_ plan: PredicatePlan, columns: Columns, kernels: KernelPath, isLazy: Bool) {
        self.plan = plan
        self.columns = columns
        self.isLazy = isLazy
        path = kernels.rawValue
        rows = RowEvaluator(plan, columns: columns)
        masks = LaneArray(repeating: .none, count: plan.predicates.count * 2)
        numberKnown = LaneArray(repeating: .none, count: plan.layout.numberCount)
        batches = LaneArray(repeating: 0, count: plan.predicates.count)
        evaluated = LaneArray(repeating: .none, count: plan.predicates.count)
    }

    /// Begins a batch and computes the masks that are not computed on demand.
    /// - Parameters:
    ///   - count: Rows in the batch.
    ///   - active: The rows that are transactions.
    func evaluate(rows count: Int, active: RowMask) {
        words = (count + 63) / 64
        batch += 1
        self.active = active
        for column in 0..<numberKnown.count { findKnown(column) }
        guard !isLazy else { return }
        for id in 0..<plan.kernels.count {
            evaluate(id)
        }
        for wide in columns.wide where active.contains(wide.row) { correct(wide) }
    }

    @inline(__always) private func findKnown(_ column: Int) {
        let start = Int32(column * ColumnLayout.rows)
        numberKnown.base[column] = ~below(start, Columns.noNumber + 1)
    }

    /// Evaluates what has a loop over columns again after some columns changed. The dear ones need
    /// none of this: they are asked about rows only whose values stay.
    /// - Parameters:
    ///   - ids: The predicates with a loop that read the columns.
    ///   - numberColumns: The number columns among them.
    func refresh(_ ids: [Int], numberColumns: [Int]) {
        for column in numberColumns { findKnown(column) }
        for id in ids {
            if isLazy { batches.base[id] = 0 } else { evaluateAll(id) }
        }
    }

    /// Makes sure that the masks of a predicate say what is so for some rows.
    func demand(_ id: Int, among rows: RowMask) {
        let isDear = plan.kernels.base[id].isDear
        if batches.base[id] != batch, isDear || isLazy { begin(id, isDear) }
        guard isDear else { return }
        let missing = rows & active & ~evaluated.base[id]
        guard !missing.isEmpty else { return }
        evaluated.base[id] |= missing
        let (yes, no) = self.rows.answers(plan.predicates[id], among: missing)
        masks.base[2 * id] |= yes
        masks.base[2 * id + 1] |= no
    }

    private func begin(_ id: Int, _ isDear: Bool) {
        batches.base[id] = batch
        if isDear {
            evaluated.base[id] = .none
            masks.base[2 * id] = .none
            masks.base[2 * id + 1] = .none
            return
        }
        evaluateAll(id)
    }

    /// Evaluates a predicate that has a loop, for rows with wide numbers too.
    private func evaluateAll(_ id: Int) {
        evaluate(id)
        guard plan.readsNumbers.base[id] else { return }
        for wide in columns.wide where active.contains(wide.row) { correct(id, wide.row) }
    }

    private func evaluate(_ id: Int) {
        switch plan.kernels.base[id] {
        case .decided(let value): store(id, value ? .all : .none, among: .all)
        case .decidedForNumbers(let column, let value):
            store(id, value ? .all : .none, among: known(column))
        case .below(let column, let bound, let negated):
            let mask = below(column, bound)
            store(id, negated ? ~mask : mask, among: known(column))
        case .equal(let column, let value, let negated):
            let mask = equal(column, value)
            store(id, negated ? ~mask : mask, among: known(column))
        case .numberIn(let column, let start, let count):
            store(id, isIn(column, start, count), among: known(column))
        case .known(let state):
            var here: (UInt64, UInt64, UInt64, UInt64) = (1, 0, 0, 0)
            store(id, table(columns.states.base + Int(state), &here), among: .all)
        case .codes(let column, let table): codes(id, column, table)
        case .largeCodes(let column, let table, let bits): largeCodes(id, column, table, bits)
        case .largeCode(let column, let code):
            let known = plan.needsFalse.base[id] ? ~equal(largeCode: 0, in: column) : .all
            store(id, equal(largeCode: code, in: column), among: known)
        case .linear(let index):
            let linear = plan.linears.base[Int(index)]
            let mask = linear.rows(columns.numbers.base, words: words)
            store(id, mask, among: known(linear.left.column) & known(linear.right.column))
        case .readable(let number, let code, let boolean, let anyCode):
            var mask = number < 0 ? RowMask.none : known(number)
            if code >= 0 { mask |= self.mask(code, anyCode) }
            if boolean >= 0 { mask |= self.mask(boolean, anyCode) }
            store(id, mask, among: .all)
        case .booleansEqual(let a, let b, let isTrue):
            let yes = (mask(a, isTrue), mask(b, isTrue))
            let no = (mask(a, isTrue + 4), mask(b, isTrue + 4))
            store(id, yes.0 & yes.1 | no.0 & no.1, among: (yes.0 | no.0) & (yes.1 | no.1))
        case .rows: break
        }
    }

    /// Keeps where a predicate is true and, if needed, where it is false.
    @inline(__always) private func store(_ id: Int, _ mask: RowMask, among known: RowMask) {
        masks.base[2 * id] = mask & known
        if plan.needsFalse.base[id] { masks.base[2 * id + 1] = ~mask & known }
    }

    /// The rows that have a number in this column; all for a constant.
    @inline(__always) private func known(_ column: Int32) -> RowMask {
        column < 0 ? .all : numberKnown.base[Int(column) / ColumnLayout.rows]
    }

    @inline(__always) private func below(_ column: Int32, _ bound: Int64) -> RowMask {
        var mask = RowMask.none
        withUnsafeMutableBytes(of: &mask) { bytes in
            arka_below(
                path, columns.numbers.base + Int(column), words, bound, Self.words(of: bytes))
        }
        return mask
    }

    @inline(__always) private func equal(_ column: Int32, _ value: Int64) -> RowMask {
        var mask = RowMask.none
        withUnsafeMutableBytes(of: &mask) { bytes in
            arka_equal(
                path, columns.numbers.base + Int(column), words, value, Self.words(of: bytes))
        }
        return mask
    }

    private func equal(largeCode code: UInt32, in column: Int32) -> RowMask {
        var mask = RowMask.none
        withUnsafeMutableBytes(of: &mask) { bytes in
            arka_equal_code(
                path, columns.largeCodes.base + Int(column), words, code, Self.words(of: bytes))
        }
        return mask
    }

    @inline(__always) private func table(
        _ codes: UnsafePointer<UInt8>, _ table: UnsafePointer<UInt64>
    ) -> RowMask {
        var mask = RowMask.none
        withUnsafeMutableBytes(of: &mask) { bytes in
            arka_in_table(path, codes, words, table, Self.words(of: bytes))
        }
        return mask
    }

    private func table(
        _ codes: UnsafePointer<UInt8>, _ table: inout (UInt64, UInt64, UInt64, UInt64)
    ) -> RowMask {
        withUnsafeBytes(of: &table) { bytes in
            self.table(
                codes, bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self))
        }
    }

    /// The rows whose code in a column is in one of the plan's tables.
    @inline(__always) private func mask(_ column: Int32, _ start: Int32) -> RowMask {
        table(columns.codes.base + Int(column), plan.tables.base + Int(start))
    }

    private func codes(_ id: Int, _ column: Int32, _ start: Int32) {
        masks.base[2 * id] = mask(column, start)
        if plan.needsFalse.base[id] { masks.base[2 * id + 1] = mask(column, start + 4) }
    }

    private func largeCodes(_ id: Int, _ column: Int32, _ start: Int32, _ bitCount: UInt32) {
        let codes = UnsafePointer(columns.largeCodes.base + Int(column))
        let table = plan.tables.base + Int(start)
        let isFalse = table + (Int(bitCount) + 63) / 64
        for (offset, bits) in [(0, table), (1, isFalse)] {
            var mask = RowMask.none
            withUnsafeMutableBytes(of: &mask) { bytes in
                arka_in_large_table(codes, words, bits, bitCount, Self.words(of: bytes))
            }
            masks.base[2 * id + offset] = mask
        }
    }

    /// Lists up to this length are compared number by number; longer ones are searched.
    private static let comparedMax = 16

    private func isIn(_ column: Int32, _ start: Int32, _ count: Int32) -> RowMask {
        let list = UnsafeBufferPointer(start: plan.lists.base + Int(start), count: Int(count))
        var mask = RowMask.none
        if list.count <= Self.comparedMax {
            for value in list { mask |= equal(column, value) }
            return mask
        }
        for row in 0..<(words * 64) {
            let number = columns.numbers.base[Int(column) + row]
            var low = 0
            var high = list.count
            while low < high {
                let middle = (low + high) / 2
                if list[middle] < number { low = middle + 1 } else { high = middle }
            }
            if low < list.count, list[low] == number { mask.set(row, to: true) }
        }
        return mask
    }

    /// Evaluates what reads a number that the columns could not hold.
    private func correct(_ wide: WideNumber) {
        let column = Int(wide.column) / ColumnLayout.rows
        for id in plan.numberReaders[column] { correct(id, wide.row) }
    }

    private func correct(_ id: Int, _ row: Int) {
        var truth = Truth.unknown
        if case .known(let value) = rows.answer(plan.predicates[id], row: row) {
            truth = Truth(value)
        }
        masks.base[2 * id].set(row, to: truth == .yes)
        masks.base[2 * id + 1].set(row, to: truth == .no)
    }

    /// Why a predicate is unknown for a row; `nil` if it is not.
    func reason(_ id: Int, row: Int) -> RowEvaluator.Reason? {
        guard case .unknown(let reason) = rows.answer(plan.predicates[id], row: row) else {
            return nil
        }
        return reason
    }

    /// SAFETY: a mask is four words; kernels write at most that many.
    @inline(__always) private static func words(
        of mask: UnsafeMutableRawBufferPointer
    ) -> UnsafeMutablePointer<UInt64> {
        mask.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self)
    }
}
