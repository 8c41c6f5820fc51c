import ArkaModel
import ArkaRules

/// What is computed of fields.
extension PlanWalk {
    func term(_ term: Term) -> Reading<ExactDecimal> {
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
            let first = self.term(a)
            return first.isKnown ? first : self.term(b)
        case .magnitude(let a):
            return self.term(a).then { $0 < .zero ? exact($0.negated) : .value($0) }
        case .extreme(let extreme, let terms): return self.extreme(extreme, terms)
        case .rounded(let a, let rounding, let decimals):
            return self.term(a).then { exact($0.rounded(rounding, decimals: decimals)) }
        case .roundedQuotient(let a, let b, let rounding, let decimals):
            return self.term(a).then { x in
                self.term(b).then { y in
                    if y == .zero { return .unknown(.dividedByZero, field: nil) }
                    return exact(x.divided(by: y, rounding, decimals: decimals))
                }
            }
        case .length(let text):
            return self.text(text).then { bytes in
                // Every scalar has one byte that does not continue another one.
                .value(ExactDecimal(Int64(bytes.count { $0 & 0xC0 != 0x80 })))
            }
        case .count(let field):
            return array(field).then { .value(ExactDecimal(Int64($0.count))) }
        case .moment(let text): return self.text(text).then { moment($0, field: nil) }
        case .part(let part, let a): return self.term(a).then { self.part(part, of: $0) }
        }
    }

    private func extreme(_ extreme: Extreme, _ terms: [Term]) -> Reading<ExactDecimal> {
        var numbers: [ExactDecimal] = []
        for term in terms {
            switch self.term(term) {
            case .value(let number): numbers.append(number)
            case .unknown(let cause, let field): return .unknown(cause, field: field)
            }
        }
        numbers.sort()
        return .value(extreme == .min ? numbers[0] : numbers[numbers.count - 1])
    }

    private func part(_ part: CivilPart, of seconds: ExactDecimal) -> Reading<ExactDecimal> {
        guard let time = CivilTime(secondsSince1970: seconds) else {
            return .unknown(.outOfRange, field: nil)
        }
        return .value(ExactDecimal(Int64(part.value(of: time))))
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

    private func moment(_ text: [UInt8], field: String?) -> Reading<ExactDecimal> {
        Timestamp.seconds(text).map { .value($0) } ?? .unknown(.otherType, field: field)
    }

    // MARK: Texts

    func text(_ term: TextTerm) -> Reading<[UInt8]> {
        switch term {
        case .constant(let bytes): return .value(bytes)
        case .field(let field): return text(field)
        case .changed(let change, let inner):
            return text(inner).then { .value(change.apply($0)) }
        case .joined(let pieces):
            return pieces.reduce(.value([])) { text, piece in
                text.then { before in self.text(of: piece).then { .value(before + $0) } }
            }
        case .either(let a, let b):
            let first = text(a)
            return first.isKnown ? first : text(b)
        }
    }

    // MARK: Fields

    /// A field that is read as a moment is read as nothing else.
    func number(_ id: FieldID) -> Reading<ExactDecimal> {
        let field = book.fields[id.index]
        guard field.uses.contains(.moment) else {
            return read(id, .number) { value in
                if case .number(let number) = value { number } else { nil }
            }
        }
        precondition(field.uses == .moment, "a moment and something else are one field")
        if case .context = field.origin {
            return read(id, .moment) { value in
                if case .number(let seconds) = value { seconds } else { nil }
            }
        }
        return text(id).then { moment($0, field: field.name) }
    }

    func text(_ id: FieldID) -> Reading<[UInt8]> {
        read(id, [.text, .bytes, .moment]) { value in
            if case .string(let bytes) = value { bytes } else { nil }
        }
    }

    func boolean(_ id: FieldID) -> Reading<Bool> {
        read(id, .boolean) { value in
            if case .boolean(let value) = value { value } else { nil }
        }
    }

    func array(_ id: FieldID) -> Reading<[RecordValue]> {
        read(id, .raw) { value in
            if case .array(let elements) = value { elements } else { nil }
        }
    }

    /// Whatever stands there, as long as it has a value.
    func raw(_ id: FieldID) -> Reading<RecordValue> {
        if case .outOfRange = find(id) {
            return .unknown(.outOfRange, field: book.fields[id.index].name)
        }
        return read(id, .raw) { $0 }
    }

    func isKnown(_ id: FieldID) -> Bool {
        precondition(book.fields[id.index].uses.contains(.presence), "a use was not planned")
        return switch find(id) {
        case nil, .null, .duplicate, .outOfRange: false
        default: true
        }
    }

    func isReadable(_ id: FieldID, _ uses: FieldUses) -> Bool {
        let field = book.fields[id.index]
        precondition(field.uses.isSuperset(of: uses), "a use was not planned")
        if uses == .moment { return number(id).isKnown }
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
        case nil:
            guard case .call(let call) = field.origin, let failure = failure(of: call) else {
                return .unknown(.absent, field: field.name)
            }
            cause = failure
        case .null: cause = .null
        case .duplicate: cause = .duplicate
        case .outOfRange: cause = uses == .number ? .outOfRange : .otherType
        case .some(let value):
            if let result = take(value) { return .value(result) }
            cause = .otherType
        }
        return .unknown(cause, field: field.name)
    }

    private func failure(of call: CallID) -> UnknownCause? {
        switch answers[call] {
        case nil: .notCalled
        case .unknown(let cause): cause
        case .value: nil
        }
    }

    private func find(_ id: FieldID) -> RecordValue? {
        let field = book.fields[id.index]
        let start: RecordValue
        switch field.origin {
        case .record: start = inputs.record
        case .context(let value): return inputs.context[value]
        case .call(let call):
            guard case .value(let answer) = answers[call] else { return nil }
            start = answer
        }
        return field.path.reduce(start) { value, step in
            switch (value, step) {
            case (.object(let members), .property(let name)): members[Array(name.utf8)]
            case (.array(let elements), .element(let index)):
                // A plain nil would be taken for JSON's null.
                index < elements.count ? elements[index] : RecordValue?.none
            case (.duplicate, _): .duplicate
            default: nil
            }
        }
    }
}
