import ArkaModel
import ArkaRules
import ArkaStream

/// Which columns a rule book needs, and where each begins.
///
/// Columns follow from what the predicates do with a field, not from what the field says of itself,
/// so a predicate can never find its column missing.
struct ColumnLayout: Sendable {
    /// Rows per column.
    static let rows = RecordBatch.capacity
    /// Constants that fit codes of one byte.
    static let smallConstantsMax = 254

    /// The place of each of the book's fields in ``columns``; fields of equal path share one.
    private(set) var placeOfField: [Int] = []
    /// The distinct paths.
    private(set) var paths: [[String]] = []
    /// What is stored of each path.
    private(set) var columns: [FieldColumns] = []
    /// The constants of each path, in the order of their codes.
    private(set) var constants: [[[UInt8]]] = []
    /// How many columns of each kind there are.
    private(set) var numberCount = 0
    private(set) var codeCount = 0
    private(set) var largeCodeCount = 0
    private(set) var textCount = 0

    init(_ book: RuleBook, tables: inout ByteStringTables.Builder) {
        findPaths(book)
        var needs = [Needs](repeating: Needs(), count: paths.count)
        for predicate in book.predicates { collect(predicate, into: &needs) }
        for (place, need) in needs.enumerated() { assign(need, to: place, &tables) }
    }

    /// The columns of one of the book's fields.
    func columns(of field: FieldID) -> FieldColumns { columns[placeOfField[field.index]] }

    private mutating func findPaths(_ book: RuleBook) {
        var known: [[[UInt8]]: Int] = [:]
        for field in book.fields {
            // By bytes: `String` holds different spellings of one letter for equal.
            let key = field.path.compactMap(\.property).map { Array($0.utf8) }
            let place = known[key] ?? paths.count
            if place == paths.count {
                known[key] = place
                paths.append(field.path.compactMap(\.property))
            }
            placeOfField.append(place)
        }
    }

    /// What the predicates do with a path.
    private struct Needs {
        var number = false
        var code = false
        var boolean = false
        var text = false
        var constants: Set<[UInt8]> = []
    }

    private func collect(_ predicate: Predicate, into needs: inout [Needs]) {
        switch predicate {
        case .number(let field, _, _), .numberIn(let field, _):
            needs[placeOfField[field.index]].number = true
        case .textIn(let field, let list):
            needs[placeOfField[field.index]].code = true
            needs[placeOfField[field.index]].constants.formUnion(list)
        case .text(let field, _, _):
            needs[placeOfField[field.index]].text = true
        case .texts(let a, _, let b):
            for field in [a, b] { needs[placeOfField[field.index]].text = true }
        case .isTrue(let field):
            needs[placeOfField[field.index]].boolean = true
        case .booleansEqual(let a, let b):
            for field in [a, b] { needs[placeOfField[field.index]].boolean = true }
        case .readable(let field, let uses):
            let place = placeOfField[field.index]
            if uses.contains(.number) { needs[place].number = true }
            if uses.contains(.text) || uses.contains(.bytes) { needs[place].code = true }
            if uses.contains(.boolean) { needs[place].boolean = true }
        case .arithmetic, .ratio:
            for field in predicate.fields { needs[placeOfField[field.index]].number = true }
        case .known, .constant, .textTest, .listed, .numberListed, .element:
            break
        }
    }

    private mutating func assign(
        _ need: Needs, to place: Int, _ tables: inout ByteStringTables.Builder
    ) {
        func next(_ count: inout Int) -> Int32 {
            defer { count += 1 }
            return Int32(count * Self.rows)
        }
        var column = FieldColumns()
        column.state = Int32(place * Self.rows)
        if need.number { column.number = next(&numberCount) }
        if need.boolean { column.boolean = next(&codeCount) }
        if need.text { column.text = next(&textCount) }
        let sorted = need.constants.sorted { $0.lexicographicallyPrecedes($1) }
        if need.code {
            if sorted.count <= Self.smallConstantsMax {
                column.code = next(&codeCount)
            } else {
                column.largeCode = next(&largeCodeCount)
            }
            column.constants = tables.add(
                sorted.enumerated().map { ($1, UInt32($0) + UInt32(Code.firstConstant)) })
        }
        columns.append(column)
        constants.append(sorted)
    }
}
