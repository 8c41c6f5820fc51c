import ArkaModel
import ArkaRules

/// What has to be known of a book's calls to make those that are needed. Immutable and shared by all
/// lanes.
struct CallPlan: Sendable {
    /// The calls, by their id.
    let calls: [PlannedCall]
    /// How the answers to each call are read.
    let tables: [FieldTable]
    /// The columns that each call's answers fill.
    let places: [[FieldColumns]]
    /// The calls whose answers the arguments of each call read.
    let argumentCalls: [[Int]]
    /// The other calls of the same function with the same arguments by name: which of them are equal
    /// depends on the transaction.
    let twins: [[Int]]
    /// The function of each call, quoted, as decisions state it.
    let names: [[UInt8]]
    /// The calls that each predicate reads.
    let callsOfPredicate: [[Int]]
    /// Of each predicate whether it reads one field only.
    let readsOneField: [Bool]
    /// Of each predicate whether it guards alternatives: `readable`.
    let isGuard: [Bool]
    /// Of each node of the rules' conditions whether it reads a call.
    let nodeReads: [Bool]
    /// The predicates with a loop over columns that read calls, and the number columns they read.
    let loops: [Int]
    let numberColumns: [Int]
    /// The rules that may need calls.
    let rules: [Rule]

    /// A rule that may need calls.
    struct Rule: Sendable {
        /// Its place in the book.
        let index: Int
        /// Its condition, in ``RulePrograms/nodes``.
        let root: Int
        /// Whether its condition reads calls.
        let isConditional: Bool
        /// What of its actions reads calls.
        let outputs: [OutputValue]
        /// The calls that these read.
        let outputCalls: [Int]
    }

    init(
        _ book: RuleBook, _ predicates: PredicatePlan, _ programs: RulePrograms,
        tables: [FieldTable]
    ) {
        let reads = CallReads(book)
        calls = book.calls
        self.tables = tables
        let layout = predicates.layout
        places = book.calls.indices.map { call in
            zip(layout.places, layout.columns).filter { place, _ in
                place.origin == .call(CallID(call))
            }.map(\.1)
        }
        argumentCalls = book.calls.map { reads.calls(of: $0.arguments.map(\.value)) }
        twins = Self.twins(book.calls)
        names = book.calls.map { JSONText.quoted("\($0.function.plugin).\($0.function.name)") }
        let callsOfPredicate = book.predicates.map { reads.calls(of: $0) }
        self.callsOfPredicate = callsOfPredicate
        readsOneField = book.predicates.map { reads.readsOneField($0) }
        isGuard = book.predicates.map { predicate in
            guard case .readable = predicate else { return false }
            return true
        }
        nodeReads = Self.nodeReads(programs, callsOfPredicate)
        loops = book.predicates.indices.filter {
            !callsOfPredicate[$0].isEmpty && !predicates.kernels[$0].isDear
        }
        numberColumns = Set(
            places.joined().flatMap { [$0.number, $0.moment] }.filter { $0 >= 0 }.map {
                Int($0) / ColumnLayout.rows
            }
        ).sorted()
        rules = Self.rules(book, reads, programs)
    }

    private static func twins(_ calls: [PlannedCall]) -> [[Int]] {
        struct Form: Hashable {
            let path: String
            let names: [String]
        }
        let forms = calls.map { Form(path: $0.function.path, names: $0.arguments.map(\.name)) }
        let groups = Dictionary(grouping: calls.indices) { forms[$0] }
        return calls.indices.map { call in groups[forms[call], default: []].filter { $0 != call } }
    }

    private static func nodeReads(_ programs: RulePrograms, _ calls: [[Int]]) -> [Bool] {
        var reads = [Bool](repeating: false, count: programs.nodes.count)
        // The children of a node stand behind it.
        for index in reads.indices.reversed() {
            let node = programs.nodes[index]
            reads[index] =
                node.kind == .leaf
                ? !calls[Int(node.mask) / 2].isEmpty
                : reads[Int(node.first)..<Int(node.first + node.count)].contains(true)
        }
        return reads
    }

    private static func rules(
        _ book: RuleBook, _ reads: CallReads, _ programs: RulePrograms
    ) -> [Rule] {
        book.rules.enumerated().compactMap { index, rule in
            let isConditional = !reads.calls(of: rule.condition).isEmpty
            let outputs = rule.actions.flatMap(\.outputs).filter {
                !reads.calls(of: [$0]).isEmpty
            }
            guard isConditional || !outputs.isEmpty else { return nil }
            return Rule(
                index: index, root: Int(programs.rules[index].root),
                isConditional: isConditional, outputs: outputs,
                outputCalls: reads.calls(of: outputs))
        }
    }
}
