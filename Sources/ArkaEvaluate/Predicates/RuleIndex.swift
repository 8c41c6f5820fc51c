import ArkaRules

/// Which rules can be true of a batch at all, by the values that its rows have in a few fields.
///
/// Each rule is entered under one of its guards, the one with the smallest share of the values that
/// rules tell apart. Immutable and shared by all lanes.
struct RuleIndex: Sendable {
    /// The fields of the guards.
    let fields: FrozenArray<GuardField>
    /// Of the number fields the values at which one bucket ends and the next begins.
    let thresholds: FrozenArray<Int64>
    /// Under what each rule is entered.
    let entries: FrozenArray<Entry>
    /// Runs of buckets of rules that have more than one, as ``Entry`` says.
    let runs: FrozenArray<Run>
    /// How many buckets all fields have together.
    let bucketCount: Int
    /// How many rules a full batch would have to look at if the values were spread evenly.
    let candidatesExpected: Double

    /// The index of a book, if it is large enough and would spare a quarter of the rules: finding
    /// out which matter costs about as much as evaluating them.
    static func ifWorthwhile(_ book: RuleBook, _ layout: ColumnLayout) -> RuleIndex? {
        guard book.rules.count >= Limits.indexedRulesMin else { return nil }
        let index = RuleIndex(book, layout)
        return index.candidatesExpected * 4 <= Double(book.rules.count) * 3 ? index : nil
    }

    /// A field that guards read. Its values fall into buckets: one for each code, or one between
    /// each two thresholds.
    struct GuardField: BitwiseCopyable, Sendable {
        enum Kind: UInt8, BitwiseCopyable, Sendable { case codes, largeCodes, numbers }
        var kind = Kind.codes
        var column: Int32 = 0
        var state: Int32 = 0
        /// Its first bucket.
        var firstBucket: Int32 = 0
        var firstThreshold: Int32 = 0
        var thresholdCount: Int32 = 0
    }

    /// Buckets next to each other, from the first up to before the end.
    struct Run: BitwiseCopyable, Sendable {
        var first: Int32 = 0
        var end: Int32 = 0
    }

    /// Where a rule is entered.
    struct Entry: BitwiseCopyable, Sendable {
        /// The guard's field; -1 if the rule offers no guard and must be looked at always.
        var field: Int32 = -1
        var care: RuleGuard.Care = []
        /// The first run; the others are in ``RuleIndex/runs``.
        var run = Run()
        var firstRun: Int32 = 0
        var runCount: Int32 = 0
    }

    init(_ book: RuleBook, _ layout: ColumnLayout) {
        let offers = book.rules.map { RuleGuards($0, book, layout).all }
        let choice = GuardChoice(offers.joined(), layout)
        var builder = Builder(layout: layout)
        let chosen = offers.map { choice.best(of: $0) }
        builder.addFields(chosen.compactMap(\.self))
        entries = FrozenArray(chosen.map { builder.entry($0) })
        fields = FrozenArray(builder.fields)
        thresholds = FrozenArray(builder.thresholds)
        runs = FrozenArray(builder.runs)
        bucketCount = builder.bucketCount
        candidatesExpected = chosen.reduce(0) { $0 + choice.candidatesExpected(under: $1) }
    }
}

/// Compares guards by the share of the values that they let through.
private struct GuardChoice {
    /// The thresholds of each number column, over all guards.
    private var thresholds: [RuleGuard.Column: [Int64]]
    private let codeCounts: [Int32: Int]

    init(_ guards: some Sequence<RuleGuard>, _ layout: ColumnLayout) {
        thresholds = RuleIndex.Builder.thresholds(guards)
        var counts: [Int32: Int] = [:]
        for (columns, constants) in zip(layout.columns, layout.constants) {
            counts[columns.state] = constants.count
        }
        codeCounts = counts
    }

    /// The guard with the smallest share; the first of equal ones.
    func best(of guards: [RuleGuard]) -> RuleGuard? {
        guards.min { share($0) < share($1) }
    }

    /// How likely a full batch has a row that a rule's guard lets through.
    func candidatesExpected(under chosen: RuleGuard?) -> Double {
        guard let chosen else { return 1 }
        var noRow = 1.0
        let share = share(chosen)
        for _ in 0..<ColumnLayout.rows { noRow *= 1 - share }
        return 1 - noRow
    }

    private func share(_ offered: RuleGuard) -> Double {
        guard case .numbers = offered.column else {
            let count = codeCounts[offered.state, default: 0] + 2
            return Double(offered.ranges.count) / Double(count)
        }
        let thresholds = thresholds[offered.column, default: []]
        let buckets = offered.ranges.reduce(0) { sum, range in
            sum + thresholds.buckets(of: range).count
        }
        return Double(buckets) / Double(thresholds.count + 1)
    }
}

extension RuleIndex {
    fileprivate struct Builder {
        let layout: ColumnLayout
        var fields: [GuardField] = []
        var thresholds: [Int64] = []
        var runs: [Run] = []
        var bucketCount = 0
        private var numbers: [RuleGuard.Column: Int] = [:]

        init(layout: ColumnLayout) { self.layout = layout }

        /// The values at which the ranges of each number column begin and end, in order.
        static func thresholds(
            _ guards: some Sequence<RuleGuard>
        ) -> [RuleGuard.Column: [Int64]] {
            var found: [RuleGuard.Column: Set<Int64>] = [:]
            for offered in guards {
                guard case .numbers = offered.column else { continue }
                for range in offered.ranges {
                    for bound in [range.lowerBound, range.upperBound] where bound.isThreshold {
                        found[offered.column, default: []].insert(bound)
                    }
                }
            }
            return found.mapValues { $0.sorted() }
        }

        /// Adds each field once, in the order of the rules.
        mutating func addFields(_ guards: [RuleGuard]) {
            let thresholds = Self.thresholds(guards)
            for chosen in guards where numbers[chosen.column] == nil {
                numbers[chosen.column] = fields.count
                add(chosen, thresholds[chosen.column, default: []])
            }
        }

        private mutating func add(_ chosen: RuleGuard, _ own: [Int64]) {
            var field = GuardField()
            field.state = chosen.state
            field.firstBucket = Int32(bucketCount)
            switch chosen.column {
            case .codes(let column): (field.kind, field.column) = (.codes, column)
            case .largeCodes(let column): (field.kind, field.column) = (.largeCodes, column)
            case .numbers(let column): (field.kind, field.column) = (.numbers, column)
            }
            field.firstThreshold = Int32(thresholds.count)
            field.thresholdCount = Int32(own.count)
            thresholds += own
            if field.kind == .numbers {
                bucketCount += own.count + 1
            } else {
                let place = Int(chosen.state) / ColumnLayout.rows
                bucketCount += layout.constants[place].count + Int(Code.firstConstant)
            }
            fields.append(field)
        }

        /// Enters a rule under a guard.
        mutating func entry(_ chosen: RuleGuard?) -> Entry {
            var entry = Entry()
            guard let chosen, let number = numbers[chosen.column] else { return entry }
            entry.field = Int32(number)
            entry.care = chosen.care
            var own = chosen.ranges.map { run($0, fields[number]) }
            if let first = own.first {
                entry.run = first
                own.removeFirst()
            }
            entry.firstRun = Int32(runs.count)
            entry.runCount = Int32(own.count)
            runs += own
            return entry
        }

        private func run(_ range: Range<Int64>, _ field: GuardField) -> Run {
            guard field.kind == .numbers else {
                return Run(
                    first: field.firstBucket + Int32(range.lowerBound),
                    end: field.firstBucket + Int32(range.upperBound))
            }
            let start = Int(field.firstThreshold)
            let own = Array(thresholds[start..<(start + Int(field.thresholdCount))])
            let buckets = own.buckets(of: range)
            return Run(
                first: field.firstBucket + Int32(buckets.lowerBound),
                end: field.firstBucket + Int32(buckets.upperBound))
        }
    }
}

extension Int64 {
    /// Whether it parts numbers: the ends of the type are no bounds.
    fileprivate var isThreshold: Bool { self != .min && self != .max }
}

extension [Int64] {
    /// The buckets that the numbers of a range fall into, by thresholds in order.
    fileprivate func buckets(of range: Range<Int64>) -> Range<Int> {
        let first = rank(of: range.lowerBound)
        return first..<(range.upperBound == .max ? count + 1 : rank(of: range.upperBound))
    }

    /// How many elements of the sorted array are at most a value: the bucket that it falls into.
    private func rank(of value: Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
