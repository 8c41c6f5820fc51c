import ArkaModel
import ArkaRules
import ArkaStream

/// Which columns a rule book needs, and where each begins.
///
/// Columns follow from what the predicates and outputs do with a field, not from what the field says
/// of itself, so nobody can ever find a column missing.
struct ColumnLayout: Sendable {
    /// Rows per column.
    static let rows = RecordBatch.capacity
    /// Constants that fit codes of one byte.
    static let smallConstantsMax = 254

    /// The place of each of the book's fields in ``places``; equal places are shared.
    private(set) var placeOfField: [Int] = []
    /// The distinct places that rules read.
    private(set) var places: [Place] = []
    /// What is stored of each place.
    private(set) var columns: [FieldColumns] = []
    /// The constants of each place, in the order of their codes.
    private(set) var constants: [[[UInt8]]] = []
    /// The same columns by field; the number of a field that is read as a moment is the moment.
    private(set) var columnsOfField: [FieldColumns] = []
    /// Of each field the call that answers it; -1 where none does.
    private(set) var callOfField: [Int32] = []
    /// How many calls the book has.
    let callCount: Int
    /// How many columns of each kind there are.
    private(set) var numberCount = 0
    private(set) var codeCount = 0
    private(set) var largeCodeCount = 0
    private(set) var textCount = 0
    private(set) var rawCount = 0

    /// A place that rules read.
    struct Place: Sendable {
        let origin: Field.Origin
        let path: [PathStep]
    }

    init(_ book: RuleBook, tables: inout ByteStringTables.Builder) {
        callCount = book.calls.count
        callOfField = book.fields.map { field in
            guard case .call(let call) = field.origin else { return -1 }
            return Int32(call.index)
        }
        findPlaces(book)
        let needs = ColumnNeeds.of(book, placeOfField: placeOfField, places: places.count)
        for (place, need) in needs.enumerated() { assign(need, to: place, &tables) }
        columnsOfField = zip(book.fields, placeOfField).map { field, place in
            var columns = columns[place]
            if field.uses.contains(.moment) { columns.number = columns.moment }
            return columns
        }
    }

    /// The columns of one of the book's fields.
    func columns(of field: FieldID) -> FieldColumns { columnsOfField[field.index] }

    /// The constants of one of the book's fields, in the order of their codes.
    func constants(of field: FieldID) -> [[UInt8]] { constants[placeOfField[field.index]] }

    /// The codes of those of a list that are constants of a field, as all that rules mention are.
    func codes(of field: FieldID, _ list: [[UInt8]]) -> [Int] {
        let constants = constants(of: field)
        return list.compactMap { text in
            var low = 0
            var high = constants.count
            while low < high {
                let middle = (low + high) / 2
                if constants[middle].lexicographicallyPrecedes(text) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low < constants.count, constants[low] == text else { return nil }
            return low + Int(Code.firstConstant)
        }
    }

    /// By bytes: `String` holds different spellings of one letter for equal.
    private struct Key: Hashable {
        let origin: Field.Origin
        let steps: [Step]

        enum Step: Hashable {
            case property([UInt8])
            case element(Int)
        }

        init(_ field: Field) {
            origin = field.origin
            steps = field.path.map { step in
                switch step {
                case .property(let name): .property(Array(name.utf8))
                case .element(let index): .element(index)
                }
            }
        }
    }

    private mutating func findPlaces(_ book: RuleBook) {
        var known: [Key: Int] = [:]
        for field in book.fields {
            let key = Key(field)
            let place = known[key] ?? places.count
            if place == places.count {
                known[key] = place
                places.append(Place(origin: field.origin, path: field.path))
            }
            placeOfField.append(place)
        }
    }

    private mutating func assign(
        _ need: ColumnNeeds, to place: Int, _ tables: inout ByteStringTables.Builder
    ) {
        func next(_ count: inout Int) -> Int32 {
            defer { count += 1 }
            return Int32(count * Self.rows)
        }
        var column = FieldColumns()
        column.state = Int32(place * Self.rows)
        if need.number { column.number = next(&numberCount) }
        if need.moment { column.moment = next(&numberCount) }
        if need.boolean { column.boolean = next(&codeCount) }
        if need.text { column.text = next(&textCount) }
        if need.raw { column.raw = next(&rawCount) }
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
