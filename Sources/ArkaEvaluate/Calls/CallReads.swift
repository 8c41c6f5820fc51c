import ArkaRules

/// Which calls' answers the parts of a book read, however deep inside.
struct CallReads {
    private let book: RuleBook

    init(_ book: RuleBook) { self.book = book }

    /// The calls that a condition reads, without repetition, in order.
    func calls(of condition: Condition) -> [Int] {
        collect { $0.visit(condition) }
    }

    /// The calls that a predicate reads.
    func calls(of predicate: Predicate) -> [Int] {
        collect { $0.visit(predicate) }
    }

    /// The calls that values on their way out of a rule read.
    func calls(of outputs: [OutputValue]) -> [Int] {
        collect { visitor in outputs.forEach { visitor.visit($0) } }
    }

    /// Whether a predicate reads one field and nothing else, so that what it says depends on that
    /// field wherever it is asked.
    func readsOneField(_ predicate: Predicate) -> Bool {
        switch predicate {
        case .number, .numberIn, .textIn, .text, .isTrue, .known, .readable: true
        case .textTest(.field, let test):
            switch test.other {
            case nil, .constant: true
            default: false
            }
        case .listed(.field, _), .numberListed(.field, _): true
        default: false
        }
    }

    private func collect(_ body: (inout Visitor) -> Void) -> [Int] {
        guard !book.calls.isEmpty else { return [] }
        var visitor = Visitor(book: book)
        body(&visitor)
        return visitor.calls.sorted()
    }

    private struct Visitor {
        let book: RuleBook
        var calls: Set<Int> = []

        mutating func visit(_ condition: Condition) {
            switch condition {
            case .leaf(let id, _): visit(book.predicates[id.index])
            case .all(let parts), .any(let parts): for part in parts { visit(part) }
            }
        }

        mutating func visit(_ predicate: Predicate) {
            for field in predicate.fields { visit(field) }
            switch predicate {
            case .arithmetic(let a, _, let b): for term in [a, b] { visit(term) }
            case .ratio(let a, let b, _, let c): for term in [a, b, c] { visit(term) }
            case .textTest(let text, let test):
                visit(text)
                test.other.map { visit($0) }
            case .listed(let text, _), .element(_, .text(let text)): visit(text)
            case .numberListed(let term, _), .element(_, .number(let term)): visit(term)
            default: break
            }
        }

        private mutating func visit(_ field: FieldID) {
            guard case .call(let call) = book.fields[field.index].origin else { return }
            calls.insert(call.index)
        }

        /// Looks for conditions in texts; fields stand in the lists of those that read them.
        private mutating func visit(_ term: Term) {
            switch term {
            case .constant, .field, .count: break
            case .negate(let inner), .magnitude(let inner), .rounded(let inner, _, _),
                .part(_, let inner):
                visit(inner)
            case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
                .either(let a, let b), .roundedQuotient(let a, let b, _, _):
                for term in [a, b] { visit(term) }
            case .extreme(_, let terms): for term in terms { visit(term) }
            case .length(let text), .moment(let text): visit(text)
            }
        }

        private mutating func visit(_ text: TextTerm) {
            switch text {
            case .constant, .field: break
            case .changed(_, let inner): visit(inner)
            case .joined(let pieces): visit(pieces)
            case .either(let a, let b): for text in [a, b] { visit(text) }
            }
        }

        private mutating func visit(_ pieces: [OutputValue.OutputPiece]) {
            for case .value(let output) in pieces { visit(output) }
        }

        mutating func visit(_ output: OutputValue) {
            for field in output.fields { visit(field) }
            switch output {
            case .json, .field: break
            case .number(let term, _): visit(term)
            case .text(let text): visit(text)
            case .first(let outputs), .list(let outputs): for output in outputs { visit(output) }
            case .truth(let condition): visit(condition)
            case .joined(let pieces): visit(pieces)
            }
        }
    }
}

extension RuleBook {
    /// The values on their way out that are evaluated for a record: what decisions state, what calls
    /// are given, and of what actions are given that which needs calls.
    var evaluatedOutputs: [OutputValue] {
        let reads = CallReads(self)
        let stated = rules.flatMap(\.actions).flatMap { action in
            switch action {
            case .decide: action.outputs
            case .call: action.outputs.filter { !reads.calls(of: [$0]).isEmpty }
            }
        }
        return stated + calls.flatMap { $0.arguments.map(\.value) }
    }
}

extension PlannedAction {
    /// Everything that it says.
    var outputs: [OutputValue] {
        switch self {
        case .decide(_, let reason, let details): [reason, details].compactMap(\.self)
        case .call(let call): call.arguments.map(\.value)
        }
    }
}
