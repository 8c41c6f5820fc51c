import ArkaModel

/// The values of one batch that rules read, column by column; one per lane.
///
/// A value that is not there is the filler of its column, so comparisons need no second look.
final class Columns {
    /// ``UnknownCause`` per field and row; 0 where the field is there. ``wholeCall`` is added where it
    /// is not this value that is unknown but the answer that it would stand in.
    let states: LaneArray<UInt8>
    /// Numbers times 10⁶; ``noNumber`` where there is none, or one that does not fit.
    let numbers: LaneArray<Int64>
    /// Codes of strings and booleans; see ``Code``.
    let codes: LaneArray<UInt8>
    /// Codes of strings with many constants.
    let largeCodes: LaneArray<UInt32>
    /// Strings that are compared by their bytes.
    let texts: LaneArray<TextSlice>
    /// Values as JSON writes them, quotes and blanks included.
    let raws: LaneArray<TextSlice>
    /// The numbers that do not fit ``numbers``.
    private(set) var wide: [WideNumber] = []
    /// The place in ``wide`` of the number that a row got last; -1 if it has none.
    private let wideLast: LaneArray<Int32>
    /// The transaction's id as JSON text; none where it is unknown.
    let ids: LaneArray<TextSlice>
    /// The record's own time in milliseconds since 1970; ``noTime`` where it has none.
    let eventTimes: LaneArray<Int64>
    /// Resolved strings that ``texts`` points to; they stay until the batch ends.
    let scratch = TextScratch()
    /// Texts that are computed; they stay until the next predicate is evaluated.
    let computed = TextScratch()
    /// Of each call the rows that have no answer to it yet, while answers are awaited.
    let awaited: LaneArray<RowMask>
    /// Whether answers are awaited.
    var awaitsCalls = false
    /// Whether something was read that is awaited, since somebody last asked.
    private var hasReadAwaited = false

    /// Stands for a missing number; no number that fits is equal to it.
    static let noNumber = Int64.min
    /// The bit of ``states`` that says that there is no answer at all.
    static let wholeCall: UInt8 = 0x80
    /// Stands for a missing time.
    static let noTime = Int64.min

    init(_ layout: ColumnLayout) {
        let rows = ColumnLayout.rows
        states = LaneArray(repeating: 0, count: layout.columns.count * rows)
        numbers = LaneArray(repeating: Self.noNumber, count: layout.numberCount * rows)
        codes = LaneArray(repeating: 0, count: layout.codeCount * rows)
        largeCodes = LaneArray(repeating: 0, count: layout.largeCodeCount * rows)
        texts = LaneArray(repeating: TextSlice(), count: layout.textCount * rows)
        raws = LaneArray(repeating: TextSlice(), count: layout.rawCount * rows)
        ids = LaneArray(repeating: TextSlice(), count: rows)
        eventTimes = LaneArray(repeating: Self.noTime, count: rows)
        wideLast = LaneArray(repeating: -1, count: rows)
        awaited = LaneArray(repeating: .none, count: layout.callCount)
        wide.reserveCapacity(64)
    }

    /// Makes the first rows of every column empty: all fields absent.
    func removeAll(rows: Int) {
        // Kernels read whole words of 64 rows.
        let used = (rows + 63) & ~63
        fill(states, UnknownCause.absent.rawValue, used)
        fill(numbers, Self.noNumber, used)
        fill(codes, Code.unknown, used)
        fill(largeCodes, 0, used)
        fill(texts, TextSlice(), used)
        fill(raws, TextSlice(), used)
        fill(ids, TextSlice(), used)
        fill(eventTimes, Self.noTime, used)
        if !wide.isEmpty { fill(wideLast, -1, ColumnLayout.rows) }
        wide.removeAll(keepingCapacity: true)
        scratch.removeAll()
    }

    private func fill<Value>(_ columns: LaneArray<Value>, _ value: Value, _ rows: Int) {
        var start = 0
        while start < columns.count {
            // SAFETY: each column has `ColumnLayout.rows` values, and `rows` is at most that.
            (columns.base + start).update(repeating: value, count: rows)
            start += ColumnLayout.rows
        }
    }

    /// The number of a field in a row, whatever its size; `nil` if there is none.
    func number(_ column: FieldColumns, row: Int) -> ExactDecimal? {
        let fast = numbers.base[Int(column.number) + row]
        if fast != Self.noNumber { return ExactDecimal(fast: fast) }
        var place = Int(wideLast.base[row])
        while place >= 0 {
            let entry = wide[place]
            if entry.column == column.number { return entry.value }
            place = Int(entry.before)
        }
        return nil
    }

    /// Takes back the values of a field in a row; its state is for the caller to say.
    func clear(_ places: FieldColumns, row: Int) {
        if places.number >= 0 { numbers.base[Int(places.number) &+ row] = Self.noNumber }
        if places.code >= 0 { codes.base[Int(places.code) &+ row] = Code.unknown }
        if places.boolean >= 0 { codes.base[Int(places.boolean) &+ row] = Code.unknown }
        if places.largeCode >= 0 { largeCodes.base[Int(places.largeCode) &+ row] = 0 }
        if places.moment >= 0 { numbers.base[Int(places.moment) &+ row] = Self.noNumber }
        if places.text >= 0 { texts.base[Int(places.text) &+ row] = TextSlice() }
        if places.raw >= 0 { raws.base[Int(places.raw) &+ row] = TextSlice() }
    }

    /// Keeps a number in its column if it fits, else beside it.
    func store(_ value: ExactDecimal, in column: Int32, row: Int) {
        if let fast = value.fast {
            numbers.base[Int(column) + row] = fast
            return
        }
        let before = wideLast.base[row]
        wideLast.base[row] = Int32(wide.count)
        wide.append(WideNumber(row: row, column: column, value: value, before: before))
    }
}

/// What depends on calls without an answer.
extension Columns {
    /// Whether a call of a row has no answer yet; negative for none.
    func isAwaited(_ call: Int32, _ row: Int) -> Bool {
        call >= 0 && awaited.base[Int(call)].contains(row)
    }

    /// Notes that something was read that is awaited.
    func noteAwaited() { hasReadAwaited = true }

    /// Does something, and says whether it read anything that is awaited: if not, what it found stays
    /// as it is whatever calls will answer. Nothing is noted outside of it.
    func reading<Result>(_ body: () -> Result) -> (result: Result, isOpen: Bool) {
        let outer = hasReadAwaited
        hasReadAwaited = false
        defer { hasReadAwaited = outer }
        let result = body()
        return (result, hasReadAwaited)
    }
}

/// Bytes in the batch's arena or in ``Columns/scratch``; valid until the batch ends.
struct TextSlice: BitwiseCopyable {
    /// The first byte; `nil` if there is no string.
    var start: UnsafePointer<UInt8>?
    /// How many bytes.
    var count = 0
}

/// A number that does not fit the fast form.
struct WideNumber {
    /// The row it is in.
    let row: Int
    /// The number column that it belongs to.
    let column: Int32
    /// The number.
    let value: ExactDecimal
    /// The place of the number that the row got before it; -1 if it is the first.
    let before: Int32
}

extension TextSlice {
    /// Bytes that are there as long as the program.
    init(_ text: StaticString) {
        self.init(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
