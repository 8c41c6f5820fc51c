import ArkaModel
import ArkaText

/// One transaction under evaluation.
struct TreeWalk {
    let inputs: RecordInputs
    /// What the calls came to that were made so far.
    var answers: [CallIndex: CallAnswer] = [:]
    /// Notes the calls that were asked for and have no answer yet; `nil` where nobody makes any.
    var awaited: AwaitedCalls?
    let fields: [CatalogField]
    let lists: [BookList]

    init(_ inputs: RecordInputs, fields: [CatalogField], lists: [BookList]) {
        self.inputs = inputs
        self.fields = fields
        self.lists = lists
    }

    /// Computes what needs no transaction.
    static func constant(_ value: Value) -> Outcome<Constant> {
        TreeWalk(RecordInputs(.null), fields: [], lists: []).evaluate(value, as: .all)
    }

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
        case .listed(let value, let list, let types): listed(value, lists[list], types)
        case .textTest(let text, let test, let other): self.test(text, test, other)
        case .matches(let text, let pattern):
            self.text(text).map { pattern.pattern.matches($0) }
        case .element(let array, let value, let types): element(array, value, types)
        case .known(let field): .known(isKnown(field))
        case .either(let field, let first, let second):
            evaluate(isText(field) ? first : second)
        case .not(let inner): evaluate(inner).map { !$0 }
        case .all(let parts): join(parts, decidedBy: false)
        case .any(let parts): join(parts, decidedBy: true)
        }
    }

    private func join(_ parts: [Logic], decidedBy decisive: Bool) -> Outcome<Bool> {
        if let awaited { return join(parts, decidedBy: decisive, awaited) }
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

    /// The same while calls may be open: a part that decides without them leaves nothing to ask for.
    private func join(
        _ parts: [Logic], decidedBy decisive: Bool, _ awaited: AwaitedCalls
    ) -> Outcome<Bool> {
        var reason: Reason?
        var isGuess = false
        var open: Set<CallIndex> = []
        for part in parts {
            let (outcome, asked) = awaited.asking { evaluate(part) }
            switch outcome {
            case .known(decisive) where asked.isEmpty: return .known(decisive)
            case .known(decisive): isGuess = true
            case .known: break
            case .unknown(let found): reason = reason ?? found
            }
            open.formUnion(asked)
        }
        awaited.note(open)
        if isGuess { return .known(decisive) }
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

    private func listed(
        _ value: Value, _ list: BookList, _ types: ValueTypes
    ) -> Outcome<Bool> {
        evaluate(value, as: types).map { constant in
            switch (list, constant) {
            case (.texts(_, let list), .text(let text)): list.contains(text)
            case (.numbers(_, let list), .number(let number)): list.contains(number)
            default: preconditionFailure("a list is built for the type that is looked up")
            }
        }
    }

    private func test(_ text: Value, _ test: TextOperator, _ other: Value) -> Outcome<Bool> {
        self.text(text).flatMap { text in
            self.text(other).map { test.holds(text, $0) }
        }
    }

    // MARK: Fields

    /// What stands at a place.
    enum Found {
        case value(RecordValue)
        case nothing(UnknownCause)
    }

    /// Finds what stands at a place. Nothing stands below a value that is not an object or an array,
    /// and only duplicates below a duplicate.
    func find(_ index: FieldIndex) -> Found {
        let start: RecordValue
        switch fields[index].place {
        case .record: start = inputs.record
        case .context(let value): start = inputs.context[value] ?? .null
        case .call(let call, _):
            switch answers[call] {
            case .value(let answer): start = answer
            case .unknown(let cause): return .nothing(cause)
            case nil:
                awaited?.note(call)
                return .nothing(.notCalled)
            }
        }
        var value = start
        for step in fields[index].steps {
            guard let next = value.follow(step) else { return .nothing(.absent) }
            value = next
        }
        switch value {
        case .null:
            if case .context = fields[index].place { return .nothing(.absent) }
            return .nothing(.null)
        case .duplicate: return .nothing(.duplicate)
        default: return .value(value)
        }
    }

    private func isKnown(_ index: FieldIndex) -> Bool {
        switch find(index) {
        case .value(.outOfRange), .nothing: false
        default: true
        }
    }

    private func isText(_ index: FieldIndex) -> Bool {
        guard case .value(.string) = find(index) else { return false }
        return true
    }

    func read(_ index: FieldIndex, as types: ValueTypes) -> Outcome<Constant> {
        let found: Constant
        switch find(index) {
        case .value(.string(let bytes)): found = .text(bytes)
        case .value(.number(let value)): found = .number(value)
        case .value(.boolean(let value)): found = .boolean(value)
        case .value(.outOfRange):
            return unknown(types.contains(.number) ? .outOfRange : .otherType, index)
        case .value: return unknown(.otherType, index)
        case .nothing(let cause): return unknown(cause, index)
        }
        return types.contains(found.type) ? .known(found) : unknown(.otherType, index)
    }

    func array(_ index: FieldIndex) -> Outcome<[RecordValue]> {
        switch find(index) {
        case .value(.array(let elements)): .known(elements)
        case .value: unknown(.otherType, index)
        case .nothing(let cause): unknown(cause, index)
        }
    }

    func unknown<Value>(_ cause: UnknownCause, _ index: FieldIndex) -> Outcome<Value> {
        .unknown(Reason(cause: cause, field: fields[index].name))
    }

    private func element(
        _ array: FieldIndex, _ value: Value, _ types: ValueTypes
    ) -> Outcome<Bool> {
        self.array(array).flatMap { elements in
            evaluate(value, as: types).map { wanted in
                elements.contains { $0.constant == wanted }
            }
        }
    }
}

extension RecordValue {
    /// What a step leads to; `nil` if nothing is there.
    fileprivate func follow(_ step: PathStep) -> RecordValue? {
        switch (self, step) {
        case (.object(let members), .property(let name)): members[Array(name.utf8)]
        case (.array(let elements), .element(let index)):
            // A plain nil would be taken for JSON's null.
            elements.indices.contains(index) ? elements[index] : RecordValue?.none
        case (.duplicate, _): .duplicate
        default: nil
        }
    }

    /// The scalar that it is, if a rule can write it.
    var constant: Constant? {
        switch self {
        case .string(let bytes): .text(bytes)
        case .number(let value): .number(value)
        case .boolean(let value): .boolean(value)
        default: nil
        }
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
