import ArkaRules

/// What predicates and outputs do with a place, and so which columns it needs.
struct ColumnNeeds {
    private(set) var number = false
    private(set) var moment = false
    private(set) var code = false
    private(set) var boolean = false
    private(set) var text = false
    private(set) var raw = false
    /// The texts that it is compared with by code.
    private(set) var constants: Set<[UInt8]> = []

    /// What a book does with each of its places.
    static func of(_ book: RuleBook, placeOfField: [Int], places: Int) -> [ColumnNeeds] {
        var collector = Collector(
            fields: book.fields, placeOfField: placeOfField,
            needs: [ColumnNeeds](repeating: ColumnNeeds(), count: places))
        for predicate in book.predicates { collector.add(predicate) }
        for output in book.evaluatedOutputs { collector.add(output) }
        return collector.needs
    }

    private struct Collector {
        let fields: [Field]
        let placeOfField: [Int]
        var needs: [ColumnNeeds]

        /// Notes a need of a field.
        private mutating func note(_ field: FieldID, _ body: (inout ColumnNeeds) -> Void) {
            body(&needs[placeOfField[field.index]])
        }

        /// Notes that a field is read as a number: it may be a moment.
        private mutating func noteNumber(_ field: FieldID) {
            let isMoment = fields[field.index].uses.contains(.moment)
            note(field) { isMoment ? ($0.moment = true) : ($0.number = true) }
        }

        mutating func add(_ predicate: Predicate) {
            switch predicate {
            case .number(let field, _, _), .numberIn(let field, _): noteNumber(field)
            case .textIn(let field, let list):
                note(field) {
                    $0.code = true
                    $0.constants.formUnion(list)
                }
            case .text(let field, _, _): note(field) { $0.text = true }
            case .texts(let a, _, let b): for field in [a, b] { note(field) { $0.text = true } }
            case .isTrue(let field): note(field) { $0.boolean = true }
            case .booleansEqual(let a, let b):
                for field in [a, b] { note(field) { $0.boolean = true } }
            case .readable(let field, let uses): addReadable(field, uses)
            case .arithmetic(let a, _, let b): for term in [a, b] { add(term) }
            case .ratio(let a, let b, _, let c): for term in [a, b, c] { add(term) }
            case .textTest(let text, let test):
                add(text)
                test.other.map { add($0) }
            case .listed(let text, _): add(text)
            case .numberListed(let term, _): add(term)
            case .element(let array, let value):
                note(array) { $0.raw = true }
                add(value)
            case .known, .constant: break
            }
        }

        private mutating func addReadable(_ field: FieldID, _ uses: FieldUses) {
            if uses.contains(.number) || uses.contains(.moment) { noteNumber(field) }
            note(field) {
                if uses.contains(.text) || uses.contains(.bytes) { $0.code = true }
                if uses.contains(.boolean) { $0.boolean = true }
            }
        }

        private mutating func add(_ value: ElementValue) {
            switch value {
            case .text(let text): add(text)
            case .number(let term): add(term)
            case .boolean(let field): note(field) { $0.boolean = true }
            case .constant: break
            }
        }

        private mutating func add(_ term: Term) {
            switch term {
            case .constant: break
            case .field(let field): noteNumber(field)
            case .count(let field): note(field) { $0.raw = true }
            case .negate(let inner), .magnitude(let inner), .rounded(let inner, _, _),
                .part(_, let inner):
                add(inner)
            case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
                .either(let a, let b), .roundedQuotient(let a, let b, _, _):
                for term in [a, b] { add(term) }
            case .extreme(_, let terms): for term in terms { add(term) }
            case .length(let text), .moment(let text): add(text)
            }
        }

        private mutating func add(_ text: TextTerm) {
            switch text {
            case .constant: break
            case .field(let field): note(field) { $0.text = true }
            case .changed(_, let inner): add(inner)
            case .joined(let pieces): add(pieces)
            case .either(let a, let b): for text in [a, b] { add(text) }
            }
        }

        private mutating func add(_ pieces: [OutputValue.OutputPiece]) {
            for case .value(let output) in pieces { add(output) }
        }

        mutating func add(_ output: OutputValue) {
            switch output {
            // The predicates of conditions are in the book, and have been seen there.
            case .json, .truth: break
            case .field(let field): note(field) { $0.raw = true }
            case .number(let term, _): add(term)
            case .text(let text): add(text)
            case .first(let outputs), .list(let outputs): for output in outputs { add(output) }
            case .joined(let pieces): add(pieces)
            }
        }
    }
}
