import ArkaModel
import ArkaRules

/// How each predicate of a book is evaluated for a whole batch. Immutable and shared by all lanes.
struct PredicatePlan: Sendable {
    /// The predicates, by their id.
    let predicates: [Predicate]
    /// The loop for each of them.
    let kernels: FrozenArray<Kernel>
    /// The lists from files that they look into.
    let bookLists: [BookList]
    /// For which of them the rows where they are false matter, not only those where they are true.
    let needsFalse: FrozenArray<Bool>
    /// Bit tables over codes.
    let tables: FrozenArray<UInt64>
    /// Lists of numbers in the fast form, sorted.
    let lists: FrozenArray<Int64>
    /// The arithmetic that has a quick form.
    let linears: FrozenArray<LinearComparison>
    /// The columns.
    let layout: ColumnLayout
    /// Which predicates with a loop read each number column, and which of them read any.
    let numberReaders: [[Int]]
    let readsNumbers: FrozenArray<Bool>

    /// A loop over a batch. Offsets are those of ``FieldColumns``.
    enum Kernel: BitwiseCopyable, Sendable {
        /// Decided for all rows.
        case decided(Bool)
        /// Decided for all rows that have the number.
        case decidedForNumbers(column: Int32, Bool)
        /// A number below a bound, or not below it.
        case below(column: Int32, bound: Int64, negated: Bool)
        /// A number equal to another, or not.
        case equal(column: Int32, value: Int64, negated: Bool)
        /// A number in a list.
        case numberIn(column: Int32, start: Int32, count: Int32)
        /// A code whose bit is set in a table of 256; a second table says which codes are false.
        case codes(column: Int32, table: Int32)
        /// The same for more than 256 codes.
        case largeCodes(column: Int32, table: Int32, bitCount: UInt32)
        /// One code where there are more than 256.
        case largeCode(column: Int32, code: UInt32)
        /// A field that is there.
        case known(state: Int32)
        /// A field with a value in one of these columns; negative for none. `anyCode` is the table of
        /// all codes but ``Code/unknown``.
        case readable(number: Int32, code: Int32, boolean: Int32, anyCode: Int32)
        /// Two booleans; `isTrue` is the table of ``Code/yes``, and behind it that of ``Code/no``.
        case booleansEqual(Int32, Int32, isTrue: Int32)
        /// Arithmetic in the quick form.
        case linear(index: Int32)
        /// Row by row: dear, so done where the result matters only.
        case rows

        /// Whether it is evaluated row by row.
        var isDear: Bool {
            guard case .rows = self else { return false }
            return true
        }
    }

    init(_ book: RuleBook, layout: ColumnLayout) {
        var compiler = PredicateCompiler(layout: layout)
        predicates = book.predicates
        bookLists = book.lists
        let kernels = book.predicates.map { compiler.kernel(for: $0) }
        self.kernels = FrozenArray(kernels)
        tables = FrozenArray(compiler.tables)
        lists = FrozenArray(compiler.lists)
        linears = FrozenArray(compiler.linears)
        self.layout = layout
        needsFalse = FrozenArray(Self.falseNeeded(book))
        var readers = [[Int]](repeating: [], count: layout.numberCount)
        var readsNumbers = [Bool](repeating: false, count: kernels.count)
        for (id, predicate) in book.predicates.enumerated() where !kernels[id].isDear {
            for column in Set(predicate.fields.map { layout.columns(of: $0).number })
            where column >= 0 {
                readers[Int(column) / ColumnLayout.rows].append(id)
                readsNumbers[id] = true
            }
        }
        numberReaders = readers
        self.readsNumbers = FrozenArray(readsNumbers)
    }

    private static func falseNeeded(_ book: RuleBook) -> [Bool] {
        var needed = [Bool](repeating: false, count: book.predicates.count)
        func visit(_ condition: Condition, _ always: Bool) {
            switch condition {
            case .leaf(let id, let negated):
                if negated || always { needed[id.index] = true }
            case .all(let children), .any(let children):
                for child in children { visit(child, always) }
            }
        }
        let reads = CallReads(book)
        for rule in book.rules {
            visit(rule.condition, rule.onUnknown != .ignore || mayCall(rule, reads))
        }
        return needed
    }

    /// A rule that is false needs no calls, one that is unknown may: whoever looks for calls asks which
    /// of them it is.
    private static func mayCall(_ rule: PlannedRule, _ reads: CallReads) -> Bool {
        !reads.calls(of: rule.condition).isEmpty
            || !reads.calls(of: rule.actions.flatMap(\.outputs)).isEmpty
    }
}

/// Turns predicates into loops and collects the tables they need.
private struct PredicateCompiler {
    let layout: ColumnLayout
    var tables: [UInt64] = []
    var lists: [Int64] = []
    var linears: [LinearComparison] = []

    mutating func kernel(for predicate: Predicate) -> PredicatePlan.Kernel {
        switch predicate {
        case .constant(let value): return .decided(value)
        case .known(let field): return .known(state: layout.columns(of: field).state)
        case .number(let field, let comparison, let constant):
            return number(layout.columns(of: field).number, NumberBound(comparison, constant))
        case .numberIn(let field, let list):
            let start = lists.count
            lists += list.compactMap(\.fast)
            return .numberIn(
                column: layout.columns(of: field).number, start: Int32(start),
                count: Int32(lists.count - start))
        case .textIn(let field, let list): return codes(field, list)
        case .isTrue(let field):
            return .codes(
                column: layout.columns(of: field).boolean, table: smallTable([Code.yes], count: 3))
        case .arithmetic(let a, let comparison, let b):
            guard let linear = LinearComparison(a, comparison, b, layout) else { return .rows }
            linears.append(linear)
            return .linear(index: Int32(linears.count - 1))
        case .booleansEqual(let a, let b):
            return .booleansEqual(
                layout.columns(of: a).boolean, layout.columns(of: b).boolean,
                isTrue: smallTable([Code.yes], count: 3))
        case .readable(let field, let uses): return readable(layout.columns(of: field), uses)
        case .text, .texts, .ratio, .textTest, .listed, .numberListed, .element: return .rows
        }
    }

    private func number(_ column: Int32, _ bound: NumberBound) -> PredicatePlan.Kernel {
        switch bound {
        case .below(let bound, let negated): .below(column: column, bound: bound, negated: negated)
        case .equal(let value, let negated): .equal(column: column, value: value, negated: negated)
        case .decided(let value): .decidedForNumbers(column: column, value)
        }
    }

    private mutating func readable(
        _ places: FieldColumns, _ uses: FieldUses
    ) -> PredicatePlan.Kernel {
        if uses.contains(.presence) { return .known(state: places.state) }
        let isText = uses.contains(.text) || uses.contains(.bytes)
        if isText, places.largeCode >= 0 { return .rows }
        return .readable(
            number: uses.contains(.number) || uses.contains(.moment) ? places.number : -1,
            code: isText ? places.code : -1,
            boolean: uses.contains(.boolean) ? places.boolean : -1,
            anyCode: smallTable(Array(1...255), count: 256))
    }

    private mutating func codes(_ field: FieldID, _ list: [[UInt8]]) -> PredicatePlan.Kernel {
        let places = layout.columns(of: field)
        let codes = layout.codes(of: field, list)
        if places.code >= 0 {
            return .codes(
                column: places.code, table: smallTable(codes.map { UInt8($0) }, count: 256))
        }
        if codes.count == 1 {
            return .largeCode(column: places.largeCode, code: UInt32(codes[0]))
        }
        let count = layout.constants(of: field).count + 2
        let table = tables.count
        let words = (count + 63) / 64
        tables += [UInt64](repeating: 0, count: words * 2)
        for code in codes { tables[table + code / 64] |= 1 << UInt64(code % 64) }
        for word in 0..<words { tables[table + words + word] = ~tables[table + word] }
        tables[table + words] &= ~1
        return .largeCodes(column: places.largeCode, table: Int32(table), bitCount: UInt32(count))
    }

    /// A table of 256 bits and, behind it, that of the codes for which the predicate is false.
    private mutating func smallTable(_ codes: [UInt8], count: Int) -> Int32 {
        let table = tables.count
        tables += [UInt64](repeating: 0, count: 8)
        for code in codes { tables[table + Int(code) / 64] |= 1 << UInt64(code % 64) }
        for code in 1..<count where tables[table + code / 64] >> UInt64(code % 64) & 1 == 0 {
            tables[table + 4 + code / 64] |= 1 << UInt64(code % 64)
        }
        return Int32(table)
    }
}
