import ArkaModel
import ArkaRules
import ArkaText

/// Evaluates a plan the slow way, from what its types say of themselves; written without a look at
/// the tree walk, so that the two can be held against each other.
struct PlanWalk {
    let book: RuleBook
    let inputs: RecordInputs
    /// What each call of the book came to; those that are missing were not made.
    var answers: [CallID: CallAnswer] = [:]

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

    // MARK: Conditions

    func evaluate(_ condition: Condition) -> Reading<Bool> {
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
        case .textTest(let text, let test): return self.text(text).then { ask($0, test) }
        case .listed(let text, let list):
            return self.text(text).then { .value(isListed(.string($0), list)) }
        case .numberListed(let term, let list):
            return self.term(term).then { .value(isListed(.number($0), list)) }
        case .element(let field, let value):
            return array(field).then { elements in
                self.value(of: value).then { .value(elements.contains($0)) }
            }
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

    // MARK: Texts, lists, arrays

    private func ask(_ text: [UInt8], _ test: TextTest) -> Reading<Bool> {
        switch test {
        case .isIn(let constants): .value(constants.contains(text))
        case .matches(let pattern): .value(pattern.pattern.matches(text))
        case .compared(let comparison, let other):
            self.text(other).then { compare(Text(text), comparison, Text($0)) }
        case .contains(let other): self.text(other).then { .value(has(text, $0)) }
        case .startsWith(let other):
            self.text(other).then { .value(Array(text.prefix($0.count)) == $0) }
        case .endsWith(let other):
            self.text(other).then { .value(Array(text.suffix($0.count)) == $0) }
        }
    }

    private func has(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains {
            Array(text[$0..<($0 + part.count)]) == part
        }
    }

    private func isListed(_ value: RecordValue, _ id: ListID) -> Bool {
        switch (book.lists[id.index], value) {
        case (.texts(_, let list), .string(let bytes)): list.contains(bytes)
        case (.numbers(_, let list), .number(let number)): list.contains(number)
        default: preconditionFailure("a list of the other type was planned")
        }
    }

    private func value(of element: ElementValue) -> Reading<RecordValue> {
        switch element {
        case .text(let text): self.text(text).then { .value(.string($0)) }
        case .number(let term): self.term(term).then { .value(.number($0)) }
        case .constant(let value): .value(.boolean(value))
        case .boolean(let field): boolean(field).then { .value(.boolean($0)) }
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

    var isKnown: Bool {
        guard case .value = self else { return false }
        return true
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
