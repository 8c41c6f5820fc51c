import ArkaModel
import ArkaRules

/// Evaluates predicates for single rows, exactly: for rows with wide numbers, for arithmetic that has
/// no quick form, and for telling why something is unknown.
struct RowEvaluator {
    let layout: ColumnLayout
    let columns: Columns

    /// What a predicate is for a row.
    enum Answer {
        case known(Bool)
        case unknown(Reason)

        /// True, false or unknown.
        var truth: Truth {
            switch self {
            case .known(let value): Truth(value)
            case .unknown: .unknown
            }
        }
    }

    /// Why something is unknown, and which field made it so.
    struct Reason {
        let cause: UnknownCause
        let field: FieldID
    }

    /// Evaluates one predicate.
    func answer(_ predicate: Predicate, row: Int) -> Answer {
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
            return text(a, row).with(text(b, row)) { comparison.holds($0, $1) }
        case .isTrue(let field): return boolean(field, row).map { $0 }
        case .booleansEqual(let a, let b): return boolean(a, row).with(boolean(b, row)) { $0 == $1 }
        case .arithmetic(let a, let comparison, let b):
            return value(a, row).with(value(b, row)) { comparison.holds($0, $1) }
        case .ratio(let dividend, let divisor, let comparison, let other):
            return ratio(dividend, divisor, comparison, other, row)
        case .textTest, .listed, .numberListed, .element:
            preconditionFailure("not evaluated yet")
        }
    }

    /// A value, or why there is none.
    enum Operand<Value> {
        case known(Value)
        case unknown(Reason)

        func map(_ body: (Value) -> Bool) -> Answer {
            switch self {
            case .known(let value): .known(body(value))
            case .unknown(let reason): .unknown(reason)
            }
        }

        /// The first unknown of the two counts.
        func with(_ other: Operand<Value>, _ body: (Value, Value) -> Bool) -> Answer {
            switch (self, other) {
            case (.unknown(let reason), _), (_, .unknown(let reason)): .unknown(reason)
            case (.known(let a), .known(let b)): .known(body(a, b))
            }
        }
    }

    private func state(_ field: FieldID, _ row: Int) -> UnknownCause? {
        UnknownCause(
            rawValue: columns.states.base[Int(layout.columns(of: field).state) + row])
    }

    private func failing<Value>(_ field: FieldID, _ row: Int) -> Operand<Value> {
        .unknown(Reason(cause: state(field, row) ?? .otherType, field: field))
    }

    private func number(_ field: FieldID, _ row: Int) -> Operand<ExactDecimal> {
        guard state(field, row) == nil,
            let value = columns.number(layout.columns(of: field), row: row)
        else { return failing(field, row) }
        return .known(value)
    }

    private func boolean(_ field: FieldID, _ row: Int) -> Operand<Bool> {
        switch columns.codes.base[Int(layout.columns(of: field).boolean) + row] {
        case Code.unknown: failing(field, row)
        case let code: .known(code == Code.yes)
        }
    }

    private func text(_ field: FieldID, _ row: Int) -> Operand<UnsafeBufferPointer<UInt8>> {
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
        guard code != 0 else { return failing(field, row).map { (_: Bool) in false } }
        guard code >= UInt32(Code.firstConstant) else { return .known(false) }
        let constants = layout.constants[layout.placeOfField[field.index]]
        return .known(list.contains(constants[Int(code) - Int(Code.firstConstant)]))
    }

    private func isReadable(_ field: FieldID, _ uses: FieldUses, _ row: Int) -> Bool {
        guard state(field, row) == nil else { return false }
        let places = layout.columns(of: field)
        if uses.contains(.presence) { return true }
        if uses.contains(.number), columns.number(places, row: row) != nil { return true }
        if uses.contains(.boolean), columns.codes.base[Int(places.boolean) + row] != Code.unknown {
            return true
        }
        return (uses.contains(.text) || uses.contains(.bytes)) && code(field, row) != 0
    }
}

extension RowEvaluator {
    /// Evaluates a term, left to right; the first failure counts.
    private func value(_ term: Term, _ row: Int) -> Operand<ExactDecimal> {
        switch term {
        case .constant(let constant): return .known(constant)
        case .field(let field): return number(field, row)
        case .negate(let inner):
            let operand = value(inner, row)
            guard case .known(let number) = operand else { return operand }
            guard let negated = number.negated else { return failed(.overflow, term) }
            return .known(negated)
        case .add(let a, let b):
            return combined(a, b, term, row) { $0.adding($1) }
        case .subtract(let a, let b):
            return combined(a, b, term, row) { $0.subtracting($1) }
        case .multiply(let a, let b): return product(a, b, term, row)
        case .either(let a, let b):
            if case .known(let value) = value(a, row) { return .known(value) }
            return value(b, row)
        case .magnitude, .extreme, .rounded, .roundedQuotient, .length, .count, .moment, .part:
            preconditionFailure("not evaluated yet")
        }
    }

    private func combined(
        _ a: Term, _ b: Term, _ whole: Term, _ row: Int,
        _ operation: (ExactDecimal, ExactDecimal) -> ExactDecimal?
    ) -> Operand<ExactDecimal> {
        let left = value(a, row)
        guard case .known(let x) = left else { return left }
        let right = value(b, row)
        guard case .known(let y) = right else { return right }
        guard let result = operation(x, y) else { return failed(.overflow, whole) }
        return .known(result)
    }

    private func product(
        _ a: Term, _ b: Term, _ whole: Term, _ row: Int
    ) -> Operand<ExactDecimal> {
        let left = value(a, row)
        guard case .known(let x) = left else { return left }
        let right = value(b, row)
        guard case .known(let y) = right else { return right }
        do {
            return .known(try x.multiplied(by: y))
        } catch {
            return failed(error == .overflow ? .overflow : .inexact, whole)
        }
    }

    private func ratio(
        _ dividend: Term, _ divisor: Term, _ comparison: Comparison, _ other: Term, _ row: Int
    ) -> Answer {
        var values: [ExactDecimal] = []
        for term in [dividend, divisor, other] {
            switch value(term, row) {
            case .known(let value): values.append(value)
            case .unknown(let reason): return .unknown(reason)
            }
        }
        guard
            let ordering = ExactDecimal.compare(
                quotientOf: values[0], by: values[1], with: values[2])
        else {
            return failed(.dividedByZero, divisor).map { (_: ExactDecimal) in false }
        }
        return .known(comparison.holds(ordering))
    }

    /// A failure of arithmetic; it names the first field that the term reads.
    private func failed(_ cause: UnknownCause, _ term: Term) -> Operand<ExactDecimal> {
        .unknown(Reason(cause: cause, field: term.fields.first ?? FieldID(-1)))
    }
}

extension Comparison {
    /// Whether two things that stand like this to each other fulfil the comparison.
    func holds(_ ordering: Ordering) -> Bool {
        switch self {
        case .equal: ordering == .same
        case .notEqual: ordering != .same
        case .less: ordering == .ascending
        case .lessOrEqual: ordering != .descending
        case .greater: ordering == .descending
        case .greaterOrEqual: ordering != .ascending
        }
    }

    /// Compares numbers.
    func holds(_ a: ExactDecimal, _ b: ExactDecimal) -> Bool {
        holds(a < b ? .ascending : a == b ? .same : .descending)
    }

    /// Compares strings by bytes; a string is smaller than one it begins.
    func holds(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        let common = min(a.count, b.count)
        for i in 0..<common where a[i] != b[i] {
            return holds(a[i] < b[i] ? .ascending : .descending)
        }
        return holds(a.count < b.count ? .ascending : a.count == b.count ? .same : .descending)
    }
}
