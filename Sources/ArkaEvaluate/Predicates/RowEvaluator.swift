import ArkaModel
import ArkaRules

/// Evaluates predicates for single rows, exactly: those that no loop over columns can do, those of
/// rows with wide numbers, and all of them for telling why something is unknown.
struct RowEvaluator {
    let layout: ColumnLayout
    let columns: Columns
    /// The book's predicates, for values that depend on conditions.
    let predicates: [Predicate]
    /// The lists from files.
    let lists: [BookList]

    init(_ plan: PredicatePlan, columns: Columns) {
        layout = plan.layout
        self.columns = columns
        predicates = plan.predicates
        lists = plan.bookLists
    }

    /// What a predicate is for a row.
    typealias Answer = Operand<Bool>

    /// Why something is unknown, and which field made it so; that of arithmetic is the first that it
    /// reads, -1 where it reads none.
    struct Reason {
        let cause: UnknownCause
        let field: FieldID
    }

    /// Evaluates one predicate.
    func answer(_ predicate: Predicate, row: Int) -> Answer {
        columns.computed.removeAll()
        return evaluate(predicate, row)
    }

    /// The same where texts that are computed already are still needed.
    func evaluate(_ predicate: Predicate, _ row: Int) -> Answer {
        switch predicate {
        case .constant(let value): return .known(value)
        case .known(let field): return .known(state(field, row) == nil)
        case .readable(let field, let uses): return .known(isReadable(field, uses, row))
        case .number(let field, let comparison, let constant):
            return number(field, row).map { comparison.holds($0, constant) }
        case .numberIn(let field, let list):
            return number(field, row).map { list.contains($0) }
        case .textIn(let field, let list): return isIn(field, list, row)
        case .text(let field, let comparison, let constant):
            return text(field, row).map { bytes in
                constant.withUnsafeBufferPointer { comparison.holds(bytes, $0) }
            }
        case .texts(let a, let comparison, let b):
            return text(a, row).flatMap { x in text(b, row).map { comparison.holds(x, $0) } }
        case .isTrue(let field): return boolean(field, row)
        case .booleansEqual(let a, let b):
            return boolean(a, row).flatMap { x in boolean(b, row).map { x == $0 } }
        case .arithmetic(let a, let comparison, let b):
            return value(a, row).flatMap { x in value(b, row).map { comparison.holds(x, $0) } }
        case .ratio(let dividend, let divisor, let comparison, let other):
            return ratio(dividend, divisor, comparison, other, row)
        case .textTest(let text, let test): return self.test(text, test, row)
        case .listed(let text, let list):
            return self.text(text, row).map { isListed($0, list) }
        case .numberListed(let term, let list):
            return value(term, row).map { isListed($0, list) }
        case .element(let array, let value): return element(array, value, row)
        }
    }

    /// Evaluates a condition in Kleene's logic; one that is unknown has the reason of its first
    /// unknown part.
    func evaluate(_ condition: Condition, _ row: Int) -> Answer {
        switch condition {
        case .leaf(let id, let negated):
            if columns.awaitsCalls, awaitedGuard(condition, row) != nil {
                awaited(row)
            } else {
                evaluate(predicates[id.index], row).map { $0 != negated }
            }
        case .all(let parts): join(parts, decidedBy: false, row)
        case .any(let parts): join(parts, decidedBy: true, row)
        }
    }

    private func join(_ parts: [Condition], decidedBy decisive: Bool, _ row: Int) -> Answer {
        if columns.awaitsCalls { return joinAwaiting(parts, decidedBy: decisive, row) }
        var reason: Reason?
        for part in parts {
            switch evaluate(part, row) {
            case .known(decisive): return .known(decisive)
            case .known: continue
            case .unknown(let found): reason = reason ?? found
            }
        }
        return reason.map { .unknown($0) } ?? .known(!decisive)
    }
}

/// What stands in the columns.
extension RowEvaluator {
    func state(_ field: FieldID, _ row: Int) -> UnknownCause? {
        let state = columns.states.base[Int(layout.columns(of: field).state) + row]
        if state == UnknownCause.notCalled.rawValue, isAwaited(field, row) {
            columns.noteAwaited()
        }
        return UnknownCause(rawValue: state & ~Columns.wholeCall)
    }

    /// A number out of range is one of another type for all but those who ask for a number; a call
    /// that was not made because of one is not.
    func failing<Value>(
        _ field: FieldID, _ row: Int, asNumber: Bool = false
    ) -> Operand<Value> {
        var cause = state(field, row) ?? .otherType
        if cause == .outOfRange, !asNumber, !lacksCall(field, row) { cause = .otherType }
        return .unknown(Reason(cause: cause, field: field))
    }

    /// Whether there is no answer that the field could stand in.
    private func lacksCall(_ field: FieldID, _ row: Int) -> Bool {
        let state = columns.states.base[Int(layout.columns(of: field).state) + row]
        return state & Columns.wholeCall != 0
    }

    func number(_ field: FieldID, _ row: Int) -> Operand<ExactDecimal> {
        let places = layout.columns(of: field)
        guard state(field, row) == nil, let value = columns.number(places, row: row) else {
            return failing(field, row, asNumber: places.number != places.moment)
        }
        return .known(value)
    }

    func boolean(_ field: FieldID, _ row: Int) -> Operand<Bool> {
        switch columns.codes.base[Int(layout.columns(of: field).boolean) + row] {
        case Code.unknown: failing(field, row)
        case let code: .known(code == Code.yes)
        }
    }

    func text(_ field: FieldID, _ row: Int) -> Operand<UnsafeBufferPointer<UInt8>> {
        let slice = columns.texts.base[Int(layout.columns(of: field).text) + row]
        guard let start = slice.start else { return failing(field, row) }
        // SAFETY: the decoder stored the extent of a string of this batch, whose bytes stay until the
        // batch is decided.
        return .known(UnsafeBufferPointer(start: start, count: slice.count))
    }

    /// The code of a field's string; 0 if it has none.
    private func code(_ field: FieldID, _ row: Int) -> UInt32 {
        let places = layout.columns(of: field)
        return places.code >= 0
            ? UInt32(columns.codes.base[Int(places.code) + row])
            : columns.largeCodes.base[Int(places.largeCode) + row]
    }

    private func isIn(_ field: FieldID, _ list: [[UInt8]], _ row: Int) -> Answer {
        let code = code(field, row)
        guard code != 0 else { return failing(field, row) }
        guard code >= UInt32(Code.firstConstant) else { return .known(false) }
        return .known(
            list.contains(layout.constants(of: field)[Int(code) - Int(Code.firstConstant)]))
    }

    private func isReadable(_ field: FieldID, _ uses: FieldUses, _ row: Int) -> Bool {
        guard state(field, row) == nil else { return false }
        let places = layout.columns(of: field)
        if uses.contains(.presence) { return true }
        if uses.contains(.number) || uses.contains(.moment),
            columns.number(places, row: row) != nil
        {
            return true
        }
        if uses.contains(.boolean), columns.codes.base[Int(places.boolean) + row] != Code.unknown {
            return true
        }
        return (uses.contains(.text) || uses.contains(.bytes)) && code(field, row) != 0
    }
}
