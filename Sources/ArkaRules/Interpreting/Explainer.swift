import ArkaModel

/// Takes a condition apart for one transaction.
struct Explainer {
    private let walk: TreeWalk
    private let text: RuleText

    init(_ walk: TreeWalk, _ text: RuleText) {
        self.walk = walk
        self.text = text
    }

    // MARK: Conditions

    func explain(_ logic: Logic) -> Explanation {
        let outcome: Explanation.Outcome =
            switch walk.evaluate(logic) {
            case .known(let value): .truth(value)
            case .unknown(let reason): .unknown(reason.cause, field: reason.field)
            }
        return Explanation(text.text(logic), outcome, parts(of: logic))
    }

    private func parts(of logic: Logic) -> [Explanation] {
        switch logic {
        case .truth(let value): isPlain(value) ? callParts(value) : parts([value], as: .boolean)
        case .compare(let a, _, let b, let types): parts(a, b, as: types)
        case .member(let value, _, let types): parts([value], as: types)
        case .listed(let value, _, let types): parts([value], as: types)
        case .textTest(let a, _, let b): parts([a, b], as: .text)
        case .matches(let value, _): parts([value], as: .text)
        case .element(let field, let value, let types):
            [explain(field)] + parts([value], as: types)
        case .known(let field): [explain(field)]
        case .either(let field, let first, let second):
            if case .value(.string) = walk.find(field) {
                parts(of: first)
            } else {
                parts(of: second)
            }
        case .not(let inner): [explain(inner)]
        case .all(let parts), .any(let parts): parts.map(explain)
        }
    }

    /// The right side of a comparison is read as the left one turned out.
    private func parts(_ a: Value, _ b: Value, as types: ValueTypes) -> [Explanation] {
        if case .quotient(let dividend, let divisor) = a {
            return parts([dividend, divisor, b], as: .number, text.unit(of: a, b))
        }
        var right = types
        if case .known(let left) = walk.evaluate(a, as: types) { right = left.type }
        let unit = text.unit(of: a, b)
        return parts([a], as: types, unit) + parts([b], as: right, unit)
    }

    private func parts(
        _ values: [Value], as types: ValueTypes, _ unit: NumberForm = .plain
    ) -> [Explanation] {
        values.filter { !isConstant($0) }.map { explain($0, as: types, unit) }
    }

    // MARK: Values

    private func explain(
        _ value: Value, as types: ValueTypes, _ unit: NumberForm
    ) -> Explanation {
        if case .field(let field) = value { return explain(field) }
        // Moments are written in records: there is nothing in between to show.
        if case .moment(.field(let field)) = value { return explain(field) }
        let unit = text.unit(of: value) ?? unit
        let outcome: Explanation.Outcome =
            switch walk.evaluate(value, as: types) {
            case .known(let constant): .value(constant.recordValue(as: unit))
            case .unknown(let reason): .unknown(reason.cause, field: reason.field)
            }
        return Explanation(text.text(value, unit), outcome, operands(of: value, types))
    }

    private func operands(of value: Value, _ types: ValueTypes) -> [Explanation] {
        switch value {
        case .constant: []
        case .field(let field), .count(let field): [explain(field)]
        case .negate(let operand), .rounded(let operand, _, _), .magnitude(let operand),
            .part(_, let operand):
            parts([operand], as: .number)
        case .length(let operand), .moment(let operand), .cased(_, let operand):
            parts([operand], as: .text)
        case .arithmetic(_, let a, let b), .quotient(let a, let b),
            .roundedQuotient(let a, let b, _, _):
            parts([a, b], as: .number)
        case .extreme(_, let values): parts(values, as: .number)
        case .alternatives(let values): parts(values, as: types)
        case .joined(let pieces): explain(pieces)
        }
    }

    private func explain(_ pieces: [OutputPiece]) -> [Explanation] {
        pieces.compactMap { piece in
            guard case .value(let output) = piece else { return nil }
            return explain(output)
        }
    }

    private func explain(_ output: Output) -> Explanation {
        switch output {
        case .field(let field): return explain(field)
        case .truth(let logic): return explain(logic)
        default:
            let outcome: Explanation.Outcome =
                switch walk.value(of: output) {
                case .known(let value): .value(value)
                case .unknown(let reason): .unknown(reason.cause, field: reason.field)
                }
            return Explanation(text.text(output), outcome)
        }
    }

    private func isConstant(_ value: Value) -> Bool {
        guard case .constant = value else { return false }
        return true
    }

    /// Whether a condition is nothing but the value, so that both have one line.
    private func isPlain(_ value: Value) -> Bool {
        switch value {
        case .field, .constant: true
        default: false
        }
    }

    // MARK: Fields

    private func explain(_ index: FieldIndex) -> Explanation {
        let field = walk.fields[index]
        let outcome: Explanation.Outcome =
            switch walk.value(of: .field(index)) {
            case .known(.outOfRange): .unknown(.outOfRange, field: field.name)
            case .known(let value): .value(value)
            case .unknown(let reason): .unknown(reason.cause, field: reason.field)
            }
        return Explanation(field.name, outcome, call(of: index))
    }

    private func callParts(_ value: Value) -> [Explanation] {
        guard case .field(let field) = value else { return [] }
        return call(of: field)
    }

    /// The call that a field is the answer of, with its arguments.
    private func call(of field: FieldIndex) -> [Explanation] {
        guard case .call(let call, _) = walk.fields[field].place else { return [] }
        let outcome: Explanation.Outcome =
            switch walk.answers[call] {
            case .value(let answer): .value(answer)
            case .unknown(let cause): .unknown(cause, field: nil)
            case nil: .unknown(.notCalled, field: nil)
            }
        return [
            Explanation(
                text.text(call: call), outcome,
                text.calls[call].arguments.compactMap { argument in
                    isConstant(argument.value) ? nil : explain(argument.value)
                })
        ]
    }

    private func isConstant(_ output: Output) -> Bool {
        switch output {
        case .null, .constant: true
        default: false
        }
    }
}
