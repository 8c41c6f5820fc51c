import ArkaModel
import ArkaRules

/// Evaluates a plan the slow way, from what its types say of themselves; written without a look at
/// the tree walk, so that the two can be held against each other.
struct PlanWalk {
    let book: RuleBook
    let record: RecordValue

    /// A value, or a cause and the field that has it.
    enum Reading<Value> {
        case value(Value)
        case unknown(UnknownCause, field: String?)
    }

    func result(of rule: PlannedRule) -> RuleOutcome {
        switch evaluate(rule.condition) {
        case .value(let value):
            RuleOutcome(rule: rule.name, truth: Truth(value), cause: nil, field: nil)
        case .unknown(let cause, let field):
            RuleOutcome(rule: rule.name, truth: .unknown, cause: cause, field: field)
        }
    }

    private func evaluate(_ condition: Condition) -> Reading<Bool> {
        switch condition {
        case .leaf(let id, let negated):
            switch evaluate(book.predicates[id.index]) {
            case .value(let value): return .value(value != negated)
            case .unknown(let cause, let field): return .unknown(cause, field: field)
            }
        case .all(let parts): return join(parts, decisive: false)
        case .any(let parts): return join(parts, decisive: true)
        }
    }

    private func join(_ parts: [Condition], decisive: Bool) -> Reading<Bool> {
        let readings = parts.map(evaluate)
        for case .value(decisive) in readings { return .value(decisive) }
        for case .unknown(let cause, let field) in readings { return .unknown(cause, field: field) }
        return .value(!decisive)
    }

    private func evaluate(_ predicate: Predicate) -> Reading<Bool> {
        switch predicate {
        case .constant(let value): return .value(value)
        case .known(let field): return .value(isKnown(field))
        case .readable(let field, let uses): return .value(isReadable(field, uses))
        case .number(let field, let comparison, let constant):
            return number(field).then { compare($0, comparison, constant) }
        case .numberIn(let field, let constants):
            return number(field).then { .value(constants.contains($0)) }
        case .textIn(let field, let constants):
            return text(field).then { .value(constants.contains($0)) }
        case .text(let field, let comparison, let constant):
            precondition(comparison != .equal && comparison != .notEqual)
            return text(field).then { compare(Text($0), comparison, Text(constant)) }
        case .texts(let a, let comparison, let b):
            return text(a).then { x in
                text(b).then { compare(Text(x), comparison, Text($0)) }
            }
        case .isTrue(let field): return boolean(field)
        case .booleansEqual(let a, let b):
            return boolean(a).then { x in boolean(b).then { .value(x == $0) } }
        case .arithmetic(let a, let comparison, let b):
            return term(a).then { x in term(b).then { compare(x, comparison, $0) } }
        case .ratio(let a, let b, let comparison, let c):
            return term(a).then { x in term(b).then { y in ratio(x, y, comparison, c) } }
        }
    }

    private func ratio(
        _ x: ExactDecimal, _ y: ExactDecimal, _ comparison: Comparison, _ c: Term
    ) -> Reading<Bool> {
        if y == .zero { return .unknown(.dividedByZero, field: nil) }
        return term(c).then { z in
            guard let ordering = ExactDecimal.compare(quotientOf: x, by: y, with: z) else {
                return .unknown(.dividedByZero, field: nil)
            }
            return compare(Int(ordering.rawValue), comparison, 0)
        }
    }

    private func compare<Value: Comparable>(
        _ a: Value, _ comparison: Comparison, _ b: Value
    ) -> Reading<Bool> {
        switch comparison {
        case .equal: .value(a == b)
        case .notEqual: .value(a != b)
        case .less: .value(a < b)
        case .lessOrEqual: .value(a <= b)
        case .greater: .value(a > b)
        case .greaterOrEqual: .value(a >= b)
        }
    }

    // MARK: Terms

    private func term(_ term: Term) -> Reading<ExactDecimal> {
        switch term {
        case .constant(let value): return .value(value)
        case .field(let field): return number(field)
        case .negate(let a): return self.term(a).then { exact($0.negated) }
        case .add(let a, let b):
            return self.term(a).then { x in self.term(b).then { exact(x.adding($0)) } }
        case .subtract(let a, let b):
            return self.term(a).then { x in self.term(b).then { exact(x.subtracting($0)) } }
        case .multiply(let a, let b):
            return self.term(a).then { x in self.term(b).then { product(x, $0) } }
        case .either(let a, let b):
            if case .value(let value) = self.term(a) { return .value(value) }
            return self.term(b)
        }
    }

    private func exact(_ value: ExactDecimal?) -> Reading<ExactDecimal> {
        value.map { .value($0) } ?? .unknown(.overflow, field: nil)
    }

    private func product(_ a: ExactDecimal, _ b: ExactDecimal) -> Reading<ExactDecimal> {
        do {
            return .value(try a.multiplied(by: b))
        } catch {
            return .unknown(error == .inexact ? .inexact : .overflow, field: nil)
        }
    }

    // MARK: Fields

    private func number(_ id: FieldID) -> Reading<ExactDecimal> {
        read(id, .number) { value in
            if case .number(let number) = value { number } else { nil }
        }
    }

    private func text(_ id: FieldID) -> Reading<[UInt8]> {
        read(id, [.text, .bytes]) { value in
            if case .string(let bytes) = value { bytes } else { nil }
        }
    }

    private func boolean(_ id: FieldID) -> Reading<Bool> {
        read(id, .boolean) { value in
            if case .boolean(let value) = value { value } else { nil }
        }
    }

    private func isKnown(_ id: FieldID) -> Bool {
        precondition(book.fields[id.index].uses.contains(.presence), "a use was not planned")
        return switch find(id) {
        case nil, .null, .duplicate, .outOfRange: false
        default: true
        }
    }

    private func isReadable(_ id: FieldID, _ uses: FieldUses) -> Bool {
        precondition(book.fields[id.index].uses.isSuperset(of: uses), "a use was not planned")
        return switch find(id) {
        case .number: uses.contains(.number)
        case .boolean: uses.contains(.boolean)
        case .string: !uses.isDisjoint(with: [.text, .bytes])
        default: false
        }
    }

    private func read<Value>(
        _ id: FieldID, _ uses: FieldUses, _ take: (RecordValue) -> Value?
    ) -> Reading<Value> {
        let field = book.fields[id.index]
        precondition(!field.uses.isDisjoint(with: uses), "a use was not planned")
        let cause: UnknownCause
        switch find(id) {
        case nil: cause = .absent
        case .null: cause = .null
        case .duplicate: cause = .duplicate
        case .outOfRange: cause = uses == .number ? .outOfRange : .otherType
        case .some(let value):
            if let result = take(value) { return .value(result) }
            cause = .otherType
        }
        return .unknown(cause, field: field.name)
    }

    private func find(_ id: FieldID) -> RecordValue? {
        book.fields[id.index].path.reduce(record) { value, name in
            switch value {
            case .object(let members): members[Array(name.utf8)]
            case .duplicate: .duplicate
            default: nil
            }
        }
    }
}

/// ``RuleResult`` as the plan has it.
struct RuleOutcome: Hashable {
    let rule: String
    let truth: Truth
    let cause: UnknownCause?
    let field: String?
}

extension RuleOutcome {
    init(_ result: RuleResult) {
        self.init(
            rule: result.rule, truth: result.truth, cause: result.cause, field: result.field)
    }
}

extension PlanWalk.Reading {
    func then<Other>(_ next: (Value) -> PlanWalk.Reading<Other>) -> PlanWalk.Reading<Other> {
        switch self {
        case .value(let value): next(value)
        case .unknown(let cause, let field): .unknown(cause, field: field)
        }
    }
}

/// Bytes in their order.
private struct Text: Comparable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func < (a: Text, b: Text) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }
}
