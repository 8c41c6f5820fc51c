import ArkaModel

/// One record under evaluation.
struct TreeWalk {
    let record: RecordValue
    let fields: [CatalogField]

    /// Something, or the reason why it cannot be had.
    enum Outcome<Success> {
        case known(Success)
        case unknown(Reason)
    }

    struct Reason {
        let cause: UnknownCause
        /// `nil` where arithmetic failed.
        var field: String?
    }

    // MARK: Conditions

    /// Evaluates a condition in Kleene's logic. An unknown `and` or `or` has the reason of its
    /// first unknown part.
    func evaluate(_ logic: Logic) -> Outcome<Bool> {
        switch logic {
        case .truth(let value): truth(value)
        case .compare(let a, let comparison, let b, let types): compare(a, comparison, b, types)
        case .member(let value, let constants, let types): member(value, constants, types)
        case .known(let field): .known(isKnown(field))
        case .not(let inner): evaluate(inner).map { !$0 }
        case .all(let parts): join(parts, decidedBy: false)
        case .any(let parts): join(parts, decidedBy: true)
        }
    }

    private func join(_ parts: [Logic], decidedBy decisive: Bool) -> Outcome<Bool> {
        var reason: Reason?
        for part in parts {
            switch evaluate(part) {
            case .known(decisive): return .known(decisive)
            case .known: continue
            case .unknown(let found): reason = reason ?? found
            }
        }
        return reason.map { .unknown($0) } ?? .known(!decisive)
    }

    private func truth(_ value: Value) -> Outcome<Bool> {
        evaluate(value, as: .boolean).map { $0 == .boolean(true) }
    }

    private func compare(
        _ a: Value, _ comparison: Comparison, _ b: Value, _ types: ValueTypes
    ) -> Outcome<Bool> {
        if case .quotient(let dividend, let divisor) = a {
            return compare(dividend, dividedBy: divisor, comparison, b)
        }
        return evaluate(a, as: types).flatMap { left in
            evaluate(b, as: left.type).map { right in
                comparison.holds(left.compared(with: right))
            }
        }
    }

    private func compare(
        _ dividend: Value, dividedBy divisor: Value, _ comparison: Comparison, _ other: Value
    ) -> Outcome<Bool> {
        number(dividend).flatMap { a in
            number(divisor).flatMap { b in
                guard b != .zero else { return .unknown(Reason(cause: .dividedByZero)) }
                return number(other).flatMap { c in
                    guard let ordering = ExactDecimal.compare(quotientOf: a, by: b, with: c) else {
                        return .unknown(Reason(cause: .dividedByZero))
                    }
                    return .known(comparison.holds(ordering))
                }
            }
        }
    }

    private func member(
        _ value: Value, _ constants: [Constant], _ types: ValueTypes
    ) -> Outcome<Bool> {
        if constants.isEmpty { return .known(false) }
        if case .quotient(let dividend, let divisor) = value {
            return constants.reduce(.known(false)) { result, constant in
                guard case .known(false) = result else { return result }
                return compare(dividend, dividedBy: divisor, .equal, .constant(constant))
            }
        }
        return evaluate(value, as: types).map { constants.contains($0) }
    }

    // MARK: Values

    private func evaluate(_ value: Value, as types: ValueTypes) -> Outcome<Constant> {
        switch value {
        case .constant(let constant): return .known(constant)
        case .field(let field): return read(field, as: types)
        case .negate(let operand):
            return number(operand).flatMap { x in
                guard let negated = x.negated else { return .unknown(Reason(cause: .overflow)) }
                return .known(.number(negated))
            }
        case .arithmetic(let symbol, let a, let b):
            return number(a).flatMap { x in number(b).flatMap { y in compute(x, symbol, y) } }
        case .alternatives(let values):
            var result = evaluate(values[0], as: types)
            for value in values.dropFirst() {
                guard case .unknown = result else { return result }
                result = evaluate(value, as: types)
            }
            return result
        case .quotient: preconditionFailure("quotients are compared as a whole")
        }
    }

    private func number(_ value: Value) -> Outcome<ExactDecimal> {
        evaluate(value, as: .number).map { constant in
            guard case .number(let number) = constant else {
                preconditionFailure("read as a number")
            }
            return number
        }
    }

    private func compute(
        _ a: ExactDecimal, _ symbol: ArithmeticOperator, _ b: ExactDecimal
    ) -> Outcome<Constant> {
        do throws(ArithmeticFailure) {
            return .known(.number(try symbol.apply(a, b)))
        } catch {
            return .unknown(Reason(cause: error == .overflow ? .overflow : .inexact))
        }
    }

    // MARK: Fields

    /// Finds what stands at a path; `nil` if nothing does. Nothing stands below a value that is not
    /// an object, and only duplicates below a duplicate.
    private func find(_ index: FieldIndex) -> RecordValue? {
        var value = record
        for name in fields[index].path {
            switch value {
            case .object(let members):
                guard let member = members[Array(name.utf8)] else { return nil }
                value = member
            case .duplicate: return .duplicate
            default: return nil
            }
        }
        return value
    }

    private func isKnown(_ index: FieldIndex) -> Bool {
        switch find(index) {
        case nil, .null, .duplicate, .outOfRange: false
        default: true
        }
    }

    private func read(_ index: FieldIndex, as types: ValueTypes) -> Outcome<Constant> {
        let found: Constant
        switch find(index) {
        case .string(let bytes): found = .text(bytes)
        case .number(let value): found = .number(value)
        case .boolean(let value): found = .boolean(value)
        case .object, .array: return unknown(.otherType, index)
        case .outOfRange: return unknown(types.contains(.number) ? .outOfRange : .otherType, index)
        case .duplicate: return unknown(.duplicate, index)
        case .null: return unknown(.null, index)
        case nil: return unknown(.absent, index)
        }
        return types.contains(found.type) ? .known(found) : unknown(.otherType, index)
    }

    private func unknown(_ cause: UnknownCause, _ index: FieldIndex) -> Outcome<Constant> {
        .unknown(Reason(cause: cause, field: fields[index].name))
    }
}

extension TreeWalk.Outcome {
    func map<Other>(_ transform: (Success) -> Other) -> TreeWalk.Outcome<Other> {
        flatMap { .known(transform($0)) }
    }

    func flatMap<Other>(
        _ transform: (Success) -> TreeWalk.Outcome<Other>
    ) -> TreeWalk.Outcome<Other> {
        switch self {
        case .known(let value): transform(value)
        case .unknown(let reason): .unknown(reason)
        }
    }
}
