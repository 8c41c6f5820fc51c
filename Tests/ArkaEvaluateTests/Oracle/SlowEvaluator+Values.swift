import ArkaModel
import ArkaRules
import Foundation

// Reading fields, and computing with them.
extension SlowEvaluator {
    struct Unknown: Error {
        let cause: UnknownCause
        var field = FieldID(-1)
    }

    /// A record and where it comes from.
    struct Transaction {
        let record: SlowJSON
        let place: Place
    }

    /// The one value at a path; a failure where there is none or more than one.
    static func find(_ path: [PathStep], _ record: SlowJSON) -> Result<SlowJSON, Unknown> {
        var value = record
        for step in path {
            switch (value, step) {
            case (.object(let members), .property(let name)):
                let found = members.filter { $0.key == Array(name.utf8) }
                guard let first = found.first else { return .failure(Unknown(cause: .absent)) }
                guard found.count == 1 else { return .failure(Unknown(cause: .duplicate)) }
                value = first.value
            case (.array(let elements), .element(let index)) where index < elements.count:
                value = elements[index]
            default: return .failure(Unknown(cause: .absent))
            }
        }
        return .success(value)
    }

    /// What stands at a field's place, of whatever type and size; `null` is nothing.
    func standing(_ field: FieldID, _ record: Transaction) throws(Unknown) -> SlowJSON {
        let found: SlowJSON
        switch book.fields[field.index].origin {
        case .call: throw Unknown(cause: .notCalled, field: field)
        case .context(let value):
            guard let value = context(value, record) else {
                throw Unknown(cause: .absent, field: field)
            }
            found = value
        case .record:
            switch Self.find(book.fields[field.index].path, record.record) {
            case .failure(let unknown): throw Unknown(cause: unknown.cause, field: field)
            case .success(let value): found = value
            }
        }
        if case .null = found { throw Unknown(cause: .null, field: field) }
        return found
    }

    private func context(_ value: RuleContext, _ transaction: Transaction) -> SlowJSON? {
        func text(_ text: String) -> SlowJSON { .string(Array(text.utf8), raw: []) }
        switch value {
        case .eventTime:
            guard let time = eventTime(transaction.record, transaction.place) else { return nil }
            return .number(Array("\(time)e-3".utf8))
        case .transactionID:
            switch Self.find(layout.idPath.map { .property($0) }, transaction.record) {
            case .success(.string(let bytes, let raw)): return .string(bytes, raw: raw)
            case .success(.number(let digits)): return .number(digits)
            default: return nil
            }
        case .jurisdiction: return jurisdiction.map(text)
        case .topology: return topology.map(text)
        case .topic: return text(transaction.place.topic)
        case .partition: return .number(Array("\(transaction.place.partition)".utf8))
        case .offset: return .number(Array("\(transaction.place.offset)".utf8))
        }
    }

    /// A field that is known; its type does not matter.
    func known(
        _ field: FieldID, _ record: Transaction, tooLarge: UnknownCause = .outOfRange
    ) throws(Unknown) -> SlowJSON {
        let value = try standing(field, record)
        if case .number(let digits) = value, (try? ExactDecimal(json: digits)) == nil {
            throw Unknown(cause: tooLarge, field: field)
        }
        return value
    }

    func isReadable(_ field: FieldID, _ uses: FieldUses, _ record: Transaction) -> Bool {
        guard let value = try? known(field, record) else { return false }
        if uses.contains(.moment), (try? number(field, record)) != nil { return true }
        switch value {
        case .number: return uses.contains(.number) || uses.contains(.presence)
        case .string:
            return uses.contains(.text) || uses.contains(.bytes) || uses.contains(.presence)
        case .boolean: return uses.contains(.boolean) || uses.contains(.presence)
        default: return uses.contains(.presence)
        }
    }

    func number(_ field: FieldID, _ record: Transaction) throws(Unknown) -> ExactDecimal {
        let planned = book.fields[field.index]
        if planned.uses.contains(.moment), planned.origin != .context(.eventTime) {
            guard let seconds = SlowSchema.seconds(try text(field, record)) else {
                throw Unknown(cause: .otherType, field: field)
            }
            return seconds
        }
        guard case .number(let text) = try known(field, record),
            let value = try? ExactDecimal(json: text)
        else { throw Unknown(cause: .otherType, field: field) }
        return value
    }

    func text(_ field: FieldID, _ record: Transaction) throws(Unknown) -> [UInt8] {
        guard case .string(let bytes, _) = try known(field, record, tooLarge: .otherType) else {
            throw Unknown(cause: .otherType, field: field)
        }
        return bytes
    }

    func boolean(_ field: FieldID, _ record: Transaction) throws(Unknown) -> Bool {
        guard case .boolean(let value) = try known(field, record, tooLarge: .otherType) else {
            throw Unknown(cause: .otherType, field: field)
        }
        return value
    }

    func array(_ field: FieldID, _ record: Transaction) throws(Unknown) -> [SlowJSON] {
        guard case .array(let elements) = try known(field, record, tooLarge: .otherType) else {
            throw Unknown(cause: .otherType, field: field)
        }
        return elements
    }

    func compare<Value: Equatable>(
        _ a: Value, _ comparison: Comparison, _ b: Value, _ less: (Value, Value) -> Bool
    ) -> Bool {
        switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .less: less(a, b)
        case .lessOrEqual: a == b || less(a, b)
        case .greater: less(b, a)
        case .greaterOrEqual: a == b || less(b, a)
        }
    }

    // MARK: Numbers

    func value(_ term: Term, _ record: Transaction) throws(Unknown) -> ExactDecimal {
        switch term {
        case .constant(let value): return value
        case .field(let field): return try number(field, record)
        case .negate(let inner):
            return try checked(try value(inner, record).negated, .overflow, term)
        case .add(let a, let b):
            let x = try value(a, record)
            return try checked(x.adding(try value(b, record)), .overflow, term)
        case .subtract(let a, let b):
            let x = try value(a, record)
            return try checked(x.subtracting(try value(b, record)), .overflow, term)
        case .multiply(let a, let b): return try product(a, b, term, record)
        case .either(let a, let b):
            if let value = try? value(a, record) { return value }
            return try value(b, record)
        case .magnitude(let inner):
            let number = try value(inner, record)
            return number < .zero ? try checked(number.negated, .overflow, term) : number
        case .extreme(let extreme, let terms):
            var values: [ExactDecimal] = []
            for term in terms { values.append(try value(term, record)) }
            values.sort()
            return extreme == .min ? values[0] : values[values.count - 1]
        case .rounded(let inner, let rounding, let decimals):
            let number = try value(inner, record)
            return try checked(number.rounded(rounding, decimals: decimals), .overflow, term)
        case .roundedQuotient(let a, let b, let rounding, let decimals):
            let x = try value(a, record)
            let y = try value(b, record)
            if y == .zero { return try checked(nil, .dividedByZero, b) }
            return try checked(
                x.divided(by: y, rounding, decimals: decimals), .overflow, term)
        case .length(let text):
            let string = String(decoding: try self.text(text, record), as: UTF8.self)
            return ExactDecimal(Int64(string.unicodeScalars.count))
        case .count(let field): return ExactDecimal(Int64(try array(field, record).count))
        case .moment(let text):
            let seconds = SlowSchema.seconds(try self.text(text, record))
            guard let seconds else {
                throw Unknown(cause: .otherType, field: text.fields.first ?? FieldID(-1))
            }
            return seconds
        case .part(let part, let inner):
            let time = CivilTime(secondsSince1970: try value(inner, record))
            let number = time.map { ExactDecimal(Int64(part.value(of: $0))) }
            return try checked(number, .outOfRange, inner)
        }
    }

    private func product(
        _ a: Term, _ b: Term, _ whole: Term, _ record: Transaction
    ) throws(Unknown) -> ExactDecimal {
        let x = try value(a, record)
        let y = try value(b, record)
        do {
            return try x.multiplied(by: y)
        } catch {
            let cause: UnknownCause = error == .overflow ? .overflow : .inexact
            return try checked(nil, cause, whole)
        }
    }

    private func checked(
        _ value: ExactDecimal?, _ cause: UnknownCause, _ term: Term
    ) throws(Unknown) -> ExactDecimal {
        guard let value else {
            throw Unknown(cause: cause, field: term.fields.first ?? FieldID(-1))
        }
        return value
    }

    // MARK: Texts

    func text(_ term: TextTerm, _ record: Transaction) throws(Unknown) -> [UInt8] {
        switch term {
        case .constant(let bytes): return bytes
        case .field(let field): return try text(field, record)
        case .changed(let change, let inner): return change.apply(try text(inner, record))
        case .joined(let pieces):
            var text: [UInt8] = []
            for piece in pieces {
                switch piece {
                case .text(let bytes): text += bytes
                case .value(let output): text += Array(try written(output, record).plain.utf8)
                }
            }
            return text
        case .either(let a, let b):
            if let text = try? text(a, record) { return text }
            return try text(b, record)
        }
    }
}

extension SlowSchema {
    /// The exact seconds since 1970 that a date and time, or a date alone, says.
    static func seconds(_ bytes: [UInt8]) -> ExactDecimal? {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.utf8.count == 10, let midnight = milliseconds(text + "T00:00:00Z") {
            return ExactDecimal(midnight / 1000)
        }
        guard milliseconds(text) != nil,
            let match = text.firstMatch(of: /\.([0-9]+)/.asciiOnlyDigits()),
            let whole = milliseconds(text.replacing(match.0, with: ""))
        else { return milliseconds(text).map { ExactDecimal($0 / 1000) } }
        return (try? ExactDecimal("0.\(match.1)")).flatMap { ExactDecimal(whole / 1000).adding($0) }
    }
}
