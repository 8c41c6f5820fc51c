import ArkaModel
import ArkaText

/// A rule book as people read it: what is read, what is compared, in which order.
public struct PlanDescription: Sendable, Hashable {
    /// A field that rules read.
    public struct DescribedField: Sendable, Hashable {
        /// The path as the first rule wrote it.
        public let name: String
        /// As what it is read, such as `number`.
        public let uses: [String]
    }

    /// A distinct predicate.
    public struct DescribedPredicate: Sendable, Hashable {
        /// The comparison, much as a rule writes it.
        public let text: String
        /// What it takes to evaluate it.
        public let cost: PredicateCost
        /// How many rules ask for it.
        public let ruleCount: Int
    }

    /// A rule with its predicates.
    public struct DescribedRule: Sendable, Hashable {
        /// The rule's name.
        public let name: String
        /// Positions in ``PlanDescription/predicates``: cheap ones before dear ones, those that need
        /// calls last, and as written among equals.
        public let predicates: [Int]
    }

    /// The fields.
    public let fields: [DescribedField]
    /// The distinct predicates: each is evaluated once for all rules that share it.
    public let predicates: [DescribedPredicate]
    /// The rules in the order of the book.
    public let rules: [DescribedRule]
    /// The distinct calls, much as a rule writes them.
    public let calls: [String]
    /// The lists from files, each with how many entries it has.
    public let lists: [DescribedList]

    /// A list from a file.
    public struct DescribedList: Sendable, Hashable {
        /// The name that rules give it.
        public let name: String
        /// Its distinct entries.
        public let entryCount: Int
    }

    /// Describes a book.
    public init(_ book: RuleBook) {
        let text = PlanText(book)
        var ruleCounts = [Int](repeating: 0, count: book.predicates.count)
        let costs = book.predicates.map { PredicateCost($0, book) }
        rules = book.rules.map { rule in
            let ids = rule.condition.predicates
            for id in ids { ruleCounts[id] += 1 }
            let order = ids.enumerated().sorted {
                (costs[$0.element], $0.offset) < (costs[$1.element], $1.offset)
            }
            return DescribedRule(name: rule.name, predicates: order.map(\.element))
        }
        fields = book.fields.map { DescribedField(name: $0.name, uses: $0.uses.words) }
        predicates = book.predicates.indices.map { id in
            DescribedPredicate(
                text: text.text(book.predicates[id]), cost: costs[id], ruleCount: ruleCounts[id])
        }
        calls = book.calls.map { text.text($0) }
        lists = book.lists.map { list in
            switch list {
            case .texts(let name, let list): DescribedList(name: name, entryCount: list.count)
            case .numbers(let name, let list): DescribedList(name: name, entryCount: list.count)
            }
        }
    }
}

/// What it takes to evaluate a predicate, cheapest first.
public enum PredicateCost: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Nothing: the checker knew.
    case decided
    /// A pass over the column of a field.
    case column
    /// A look at each row: computed numbers, texts that are changed, searched or looked up.
    case row
    /// The answer of a plugin's function.
    case call

    /// What a predicate of a book takes.
    init(_ predicate: Predicate, _ book: RuleBook) {
        let needsCall = predicate.fields.contains { field in
            guard case .call = book.fields[field.index].origin else { return false }
            return true
        }
        if needsCall {
            self = .call
            return
        }
        switch predicate {
        case .constant: self = .decided
        case .number, .numberIn, .textIn, .isTrue, .booleansEqual, .known, .readable:
            self = .column
        case .text, .texts, .arithmetic, .ratio, .textTest, .listed, .numberListed, .element:
            self = .row
        }
    }

    /// Orders by cost.
    public static func < (a: PredicateCost, b: PredicateCost) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .decided: 0
        case .column: 1
        case .row: 2
        case .call: 3
        }
    }
}

extension Condition {
    /// The predicates in it, each once, in the order written.
    fileprivate var predicates: [Int] {
        var found: [Int] = []
        var seen: Set<Int> = []
        collect { id in
            if seen.insert(id).inserted { found.append(id) }
        }
        return found
    }

    private func collect(_ note: (Int) -> Void) {
        switch self {
        case .leaf(let id, _): note(id.index)
        case .all(let parts), .any(let parts):
            for part in parts { part.collect(note) }
        }
    }
}

extension FieldUses {
    /// The uses by name, always in the same order.
    var words: [String] {
        let named: [(FieldUses, String)] = [
            (.number, "number"), (.text, "text"), (.bytes, "bytes"), (.boolean, "boolean"),
            (.presence, "presence"), (.moment, "moment"), (.raw, "raw"),
        ]
        return named.filter { contains($0.0) }.map(\.1)
    }
}
